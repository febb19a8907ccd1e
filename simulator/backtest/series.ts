/** Numbers side by side in memory: what a backtest reads and writes a million times. */
export type Series = Float64Array | Int32Array | Uint8Array;

const { NaN: NOWHERE } = Number;

/** The value at a place; NaN beyond the ends. */
export const at = (values: Series, index: number): number => values[index] ?? NOWHERE;

/** Adds to the value at a place. */
export const add = (values: Float64Array, index: number, amount: number): void => {
  values[index] = at(values, index) + amount;
};

export const sumOf = (values: Series, from = 0, to = values.length): number => {
  let sum = 0;
  for (let index = from; index < to; index += 1) sum += at(values, index);
  return sum;
};

/** The largest value; values that are NaN count for nothing, and of none at all it is 0. */
export const largestOf = (values: Series, from = 0, to = values.length): number => {
  let largest = 0;
  for (let index = from; index < to; index += 1) {
    const value = at(values, index);
    if (value > largest) largest = value;
  }
  return largest;
};
