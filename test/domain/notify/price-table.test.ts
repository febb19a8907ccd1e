import { describe, expect, test } from '@jest/globals';
import { hourlyPrice, PRICES_OF } from '#domain/notify/price-table.ts';

/** As published on the day of the table, one of every family at least, and every size at least once. */
// biome-ignore format: a line for each of so many types would hide what is tested
const PUBLISHED: Readonly<Record<string, number>> = {
  'a1.medium': 0.0255, 'c4.large': 0.1, 'c4.xlarge': 0.199, 'c5.2xlarge': 0.34, 'c5.large': 0.085,
  'c5a.4xlarge': 0.616, 'c5ad.8xlarge': 1.376, 'c5d.9xlarge': 1.728, 'c5n.18xlarge': 3.888,
  'c6a.12xlarge': 1.836, 'c6g.16xlarge': 2.176, 'c6gd.medium': 0.0384, 'c6gn.xlarge': 0.1728,
  'c6i.24xlarge': 4.08, 'c6id.32xlarge': 6.4512, 'c6in.2xlarge': 0.4536, 'c7a.48xlarge': 9.85344,
  'c7g.4xlarge': 0.58, 'c7g.large': 0.0725, 'c7gd.8xlarge': 1.4515, 'c7gn.12xlarge': 2.9952,
  'c7i-flex.xlarge': 0.16958, 'c7i.16xlarge': 2.856, 'c8a.24xlarge': 5.17296,
  'c8g.48xlarge': 7.65696, 'c8gb.medium': 0.05925, 'c8gd.2xlarge': 0.39192, 'c8gn.4xlarge': 0.948,
  'c8i-flex.8xlarge': 1.42432, 'c8i.96xlarge': 17.99232, 'c8id.32xlarge': 7.09632,
  'd3.xlarge': 0.499, 'd3en.6xlarge': 3.154, 'i3.16xlarge': 4.992, 'i3en.3xlarge': 1.356,
  'i4g.2xlarge': 0.61776, 'i4i.12xlarge': 4.118, 'i4i.large': 0.172, 'i7i.24xlarge': 9.0605,
  'i7ie.3xlarge': 1.5594, 'i8g.48xlarge': 16.4736, 'i8ge.6xlarge': 2.8476, 'im4gn.4xlarge': 1.45517,
  'is4gen.medium': 0.14408, 'm4.10xlarge': 2, 'm5.8xlarge': 1.536, 'm5.large': 0.096,
  'm5a.12xlarge': 2.064, 'm5ad.16xlarge': 3.296, 'm5d.24xlarge': 5.424, 'm5dn.xlarge': 0.272,
  'm5n.2xlarge': 0.476, 'm5zn.3xlarge': 0.991, 'm6a.32xlarge': 5.5296, 'm6g.medium': 0.0385,
  'm6gd.4xlarge': 0.7232, 'm6i.32xlarge': 6.144, 'm6id.8xlarge': 1.8984, 'm6idn.12xlarge': 3.81888,
  'm6in.16xlarge': 4.45536, 'm7a.48xlarge': 11.12832, 'm7g.large': 0.0816, 'm7g.medium': 0.0408,
  'm7g.xlarge': 0.1632, 'm7gd.xlarge': 0.2136, 'm7i-flex.2xlarge': 0.38304, 'm7i.24xlarge': 4.8384,
  'm8a.48xlarge': 11.68512, 'm8g.4xlarge': 0.71808, 'm8gb.8xlarge': 2.328, 'm8gd.12xlarge': 2.76768,
  'm8gn.16xlarge': 4.656, 'm8i-flex.xlarge': 0.2011, 'm8i.96xlarge': 20.32128,
  'm8id.96xlarge': 25.05984, 'r4.2xlarge': 0.532, 'r5.24xlarge': 6.048, 'r5a.4xlarge': 0.904,
  'r5ad.8xlarge': 2.096, 'r5b.12xlarge': 3.576, 'r5d.16xlarge': 4.608, 'r5dn.24xlarge': 8.016,
  'r5n.xlarge': 0.298, 'r6a.32xlarge': 7.2576, 'r6g.large': 0.1008, 'r6g.medium': 0.0504,
  'r6gd.medium': 0.0576, 'r6i.32xlarge': 8.064, 'r6id.32xlarge': 9.6768, 'r6idn.2xlarge': 0.78156,
  'r6in.4xlarge': 1.39464, 'r7a.48xlarge': 14.6064, 'r7g.8xlarge': 1.7136, 'r7gd.12xlarge': 3.2659,
  'r7i.48xlarge': 12.7008, 'r7iz.16xlarge': 5.952, 'r8a.24xlarge': 7.66848,
  'r8g.48xlarge': 11.31072, 'r8gb.medium': 0.09109, 'r8gd.xlarge': 0.29392, 'r8gn.2xlarge': 0.7287,
  'r8i-flex.4xlarge': 1.05576, 'r8i.96xlarge': 26.67264, 'r8id.96xlarge': 31.93344,
  't2.nano': 0.0058, 't2.small': 0.023, 't3.large': 0.0832, 't3.medium': 0.0416, 't3.micro': 0.0104,
  't3.nano': 0.0052, 't3.small': 0.0208, 't3a.small': 0.0188, 't4g.large': 0.0672,
  't4g.nano': 0.0042, 'x1.32xlarge': 13.338, 'x1e.8xlarge': 6.672, 'x2gd.12xlarge': 4.008,
  'x2idn.16xlarge': 6.669, 'x2iedn.24xlarge': 20.007, 'x2iezn.6xlarge': 5.004,
  'x8g.48xlarge': 18.7584, 'x8i.64xlarge': 28.01024, 'x8i.96xlarge': 48.74438, 'z1d.3xlarge': 1.116,
};

const partsOf = (at: 0 | 1): string[] => [
  ...new Set(Object.keys(PUBLISHED).map((type) => type.split('.')[at]!)),
];

describe('the hourly price', () => {
  test.each(Object.entries(PUBLISHED))('of %s is within 0.2 %% of $%d', (type, published) => {
    expect(Math.abs(hourlyPrice(type)! / published - 1)).toBeLessThan(0.002);
  });

  test.each([
    { type: 'c4.large', price: 0.1 },
    { type: 'i4i.large', price: 0.172 },
    { type: 't2.small', price: 0.023 },
    { type: 'x8i.96xlarge', price: 48.74438 },
  ])('of $type, which is not in line with its family, is what is published', ({ type, price }) => {
    expect(hourlyPrice(type)).toBe(price);
  });

  test('goes with the size', () => {
    expect(
      ['medium', 'large', 'xlarge', '12xlarge'].map((size) => hourlyPrice(`m7g.${size}`)),
    ).toEqual([0.0408, 0.0816, 0.1632, expect.closeTo(1.9584, 10)]);
  });

  test('is positive for every family in every size', () => {
    const types = partsOf(0).flatMap((family) => partsOf(1).map((size) => `${family}.${size}`));

    expect(types.filter((type) => !(hourlyPrice(type)! > 0))).toEqual([]);
  });

  test.each([
    { what: 'a family that is not known', types: ['z9.large', 'm7.large', 'p5.48xlarge'] },
    { what: 'a size that is not known', types: ['m7g.5xlarge', 'm7g.1xlarge', 'm7g.huge'] },
    { what: 'metal', types: ['m7g.metal', 'c7i.metal-24xl'] },
    { what: 'half a name', types: ['', '.', 'm7g', 'large', 'm7g.', '.large', 'm7glarge'] },
    { what: 'more than a name', types: ['m7g.large.', 'm7g..large', 'db.m7g.large', ' m7g.large'] },
    { what: 'another spelling', types: ['M7G.large', 'm7g.LARGE', 'm7g-large'] },
    {
      what: 'a name that every object knows',
      types: [
        'constructor.large',
        '__proto__.large',
        'm7g.constructor',
        'm7g.__proto__',
        '__proto__',
      ],
    },
  ])('of $what is not known', ({ types }) => {
    expect(types.map(hourlyPrice)).toEqual(types.map(() => undefined));
  });
});

test('the table tells its day', () => {
  expect(new Date(PRICES_OF).toISOString()).toBe(`${PRICES_OF}T00:00:00.000Z`);
});
