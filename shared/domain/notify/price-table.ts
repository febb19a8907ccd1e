/**
 * The day that the prices are of: on demand, for Linux, in us-east-1, in US dollars.
 *
 * The figures are those of AWS's price list, as the table shows them that is generated from it at
 * `pkg/providers/pricing/zz_generated.pricing_aws.go` in https://github.com/aws/karpenter-provider-aws
 * (commit 265ee0ba, generated at 2026-02-09T13:43:35Z).
 */
export const PRICES_OF = '2026-02-09';

/**
 * Tells what an instance costs per hour, in US dollars; nothing for a type that the table does not know.
 * Within a family the price goes with the size: each published one lies within 0.2 % of what this says.
 */
export const hourlyPrice = (instanceType: string): number | undefined => {
  const dot = instanceType.indexOf('.');
  const large = figureOf(LARGE_USD, instanceType.slice(0, dot));
  const larges = figureOf(LARGES, instanceType.slice(dot + 1));
  if (large === undefined || larges === undefined) return undefined;

  return figureOf(OWN_USD, instanceType) ?? large * larges;
};

type Figures = Readonly<Record<string, number>>;

/** The names come from outside: `constructor` is none that a table knows. */
const figureOf = (figures: Figures, name: string): number | undefined =>
  Object.hasOwn(figures, name) ? figures[name] : undefined;

/** The size in `large`. The metal sizes are left out: some cost more than their share. */
// biome-ignore format: a row for each step in scale reads better than a line for each size
const LARGES: Figures = {
  nano: 1 / 16, micro: 1 / 8, small: 1 / 4, medium: 1 / 2, large: 1, xlarge: 2,
  '2xlarge': 4, '3xlarge': 6, '4xlarge': 8, '6xlarge': 12, '8xlarge': 16, '9xlarge': 18,
  '10xlarge': 20, '12xlarge': 24, '16xlarge': 32, '18xlarge': 36, '24xlarge': 48,
  '32xlarge': 64, '48xlarge': 96, '64xlarge': 128, '96xlarge': 192,
};

/** Types that do not cost their share of the family's price, with their published prices. */
const OWN_USD: Figures = {
  'c4.large': 0.1,
  'i4i.large': 0.172,
  't2.small': 0.023,
  'x8i.96xlarge': 48.74438,
};

/**
 * The price of a `large` of each family per hour, in US dollars. A family that has none, or whose `large` is rounded
 * too far, is here with its share of a bigger size. Left out are families with accelerators, those of
 * a single size, those whose price does not go with the size, and what was superseded long ago.
 */
// biome-ignore format: a line for each of a hundred families would hide everything else
const LARGE_USD: Figures = {
  a1: 0.051,
  c4: 0.0995, c5: 0.085, c5a: 0.077, c5ad: 0.086, c5d: 0.096, c5n: 0.108, c6a: 0.0765, c6g: 0.068,
  c6gd: 0.0768, c6gn: 0.0864, c6i: 0.085, c6id: 0.1008, c6in: 0.1134, c7a: 0.10264, c7g: 0.0725,
  c7gd: 0.0907, c7gn: 0.1248, c7i: 0.08925, 'c7i-flex': 0.08479, c8a: 0.10777, c8g: 0.07976,
  c8gb: 0.1185, c8gd: 0.09798, c8gn: 0.1185, c8i: 0.09371, 'c8i-flex': 0.08902, c8id: 0.11088,
  d3: 0.24972, d3en: 0.26286,
  i3: 0.156, i3en: 0.226, i4g: 0.15444, i4i: 0.1716, i7i: 0.1888, i7ie: 0.2599, i8g: 0.1716,
  i8ge: 0.2373, im4gn: 0.1819, is4gen: 0.28815,
  m4: 0.1, m5: 0.096, m5a: 0.086, m5ad: 0.103, m5d: 0.113, m5dn: 0.136, m5n: 0.119, m5zn: 0.1652,
  m6a: 0.0864, m6g: 0.077, m6gd: 0.0904, m6i: 0.096, m6id: 0.11865, m6idn: 0.15912, m6in: 0.13923,
  m7a: 0.11592, m7g: 0.0816, m7gd: 0.1068, m7i: 0.1008, 'm7i-flex': 0.09576, m8a: 0.12172,
  m8g: 0.08976, m8gb: 0.1455, m8gd: 0.11532, m8gn: 0.1455, m8i: 0.10584, 'm8i-flex': 0.10055,
  m8id: 0.13052,
  r4: 0.133, r5: 0.126, r5a: 0.113, r5ad: 0.131, r5b: 0.149, r5d: 0.144, r5dn: 0.167, r5n: 0.149,
  r6a: 0.1134, r6g: 0.1008, r6gd: 0.1152, r6i: 0.126, r6id: 0.1512, r6idn: 0.19539, r6in: 0.17433,
  r7a: 0.15215, r7g: 0.1071, r7gd: 0.1361, r7i: 0.1323, r7iz: 0.186, r8a: 0.15976, r8g: 0.11782,
  r8gb: 0.18218, r8gd: 0.14696, r8gn: 0.1822, r8i: 0.13892, 'r8i-flex': 0.13197, r8id: 0.16632,
  t2: 0.0928, t3: 0.0832, t3a: 0.0752, t4g: 0.0672,
  x1: 0.20840625, x1e: 0.417, x2gd: 0.167, x2idn: 0.20840625, x2iedn: 0.4168125, x2iezn: 0.417,
  x8g: 0.1954, x8i: 0.21883,
  z1d: 0.186,
};
