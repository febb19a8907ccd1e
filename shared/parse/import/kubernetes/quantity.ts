/** Suffixes of quantities (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/). */
const FACTORS: Readonly<Record<string, number>> = {
  m: 0.001,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** Reads `100m` as 0.1 and `1Ki` as 1024; nothing for what is no quantity. */
export const readQuantity = (text: string | number | undefined): number | undefined => {
  const [, digits, suffix = ''] = /^(\d+(?:\.\d+)?)([kKmMGT]i?)?$/.exec(String(text)) ?? [];
  const factor = FACTORS[suffix];
  return digits === undefined || factor === undefined
    ? undefined
    : Number((Number(digits) * factor).toPrecision(12));
};
