import type { Chart } from './data.ts';

type Scaled = Pick<Chart, 'lines' | 'thresholds' | 'isLogarithmic'>;

/** A metric whose largest value is so many times its highest threshold would press it to the floor. */
const STEEP = 8;

/** Tells apart a metric whose peaks would hide the values at which rules act; it is drawn on a log scale. */
export const isSteep = ({ lines, thresholds }: Pick<Chart, 'lines' | 'thresholds'>): boolean => {
  const values = valuesIn(lines);
  const limit = Math.max(0, ...thresholds.map(({ value }) => value));
  return limit > 0 && largestOf(values) > STEEP * limit && values.every((value) => value > 0);
};

/**
 * The lowest and the highest value of a chart's axis. A linear one begins at zero, or at the lowest value below
 * it, and leaves a tenth of room above; a logarithmic one has whole powers of ten below, and never less than one.
 */
export const rangeOf = ({
  lines,
  thresholds,
  isLogarithmic,
}: Scaled): readonly [number, number] => {
  const limits = thresholds.filter(({ isBound }) => isBound !== true);
  const values = [...valuesIn(lines), ...limits.map(({ value }) => value)];
  const largest = largestOf(values);
  if (isLogarithmic !== true) {
    const least = values.reduce((low, value) => Math.min(low, value), 0);
    return [least, Math.max(largest * 1.1, least + 1)];
  }
  const smallest = values
    .filter((value) => value > 0)
    .reduce((low, value) => Math.min(low, value), largest > 0 ? largest : 1);
  const low = 10 ** Math.floor(Math.log10(smallest));
  return [low, Math.max(largest * 1.3, low * 10)];
};

/** Round values for the ticks of a logarithmic axis: powers of ten, with 2 and 5 between where there is room. */
export const logTicks = ([low, high]: readonly [number, number]): readonly number[] => {
  const powers = Math.ceil(Math.log10(high / low) - 1e-9);
  const factors = powers <= 2 ? [1, 2, 5] : [1];
  return Array.from({ length: powers + 1 }, (_, power) => low * 10 ** power)
    .flatMap((power) => factors.map((factor) => Number((factor * power).toPrecision(1))))
    .filter((tick) => tick <= high);
};

const valuesIn = (lines: Chart['lines']): readonly number[] =>
  lines.flatMap(({ values }) => values.flatMap((value) => value ?? []));

const largestOf = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, value), 0);
