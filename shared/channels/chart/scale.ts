import { LARGE_UNITS, NAMELESS } from '#domain/notify/chart.ts';

/** The smallest and the largest of what an axis shows. */
export type ValueRange = Readonly<{ low: number; high: number }>;

/** A scale of round values: it begins and ends with a tick. */
export type ValueScale = ValueRange & Readonly<{ ticks: readonly Tick[] }>;
export type Tick = Readonly<{ value: number; label: string }>;

/** The smallest and the largest of some values; at least one, or it spans nothing. */
export const spanOf = (values: readonly number[]): ValueRange => ({
  low: values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY),
  high: values.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY),
});

/** Computes the pixel of a value between the low and the high end of a span. */
export const place = (value: number, { low, high }: ValueRange, [from, to]: Pixels): number =>
  from + ((value - low) / (high - low)) * (to - from);

export type Pixels = readonly [from: number, to: number];

/** A scale of values with about five ticks. It begins at zero unless that would flatten the line. */
export const valueScale = (values: ValueRange): ValueScale => {
  const { low, high } = widened(values);
  const step = roundStep((high - low) / 4);
  const first = Math.floor(low / step + TOLERANCE);
  const last = Math.ceil(high / step - TOLERANCE);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
  const label = labeller(Math.max(Math.abs(first), Math.abs(last)) * step, step);

  return {
    low: first * step,
    high: last * step,
    ticks: ticks.map((value) => ({ value, label: value === 0 ? '0' : label(value) })),
  };
};

const TOLERANCE = 1e-6;

const widened = ({ low, high }: ValueRange): ValueRange => {
  const largest = Math.max(Math.abs(low), Math.abs(high));
  if (largest < SMALLEST) return { low: 0, high: 1 };

  const isFlat = high - low < largest * FLAT;
  return {
    low: low > 0 && (isFlat || low < high * FAR) ? 0 : low,
    high: high < 0 && (isFlat || high > low * FAR) ? 0 : high,
  };
};

/** Below this a number has no precision left to part it. */
const SMALLEST = 1e-300;
/** Values that differ by less, as a share of the largest, are the same to the eye. */
const FLAT = 1e-9;
/** Values whose smallest is a larger share of the largest would be a flat line above zero. */
const FAR = 0.9;

/** 1, 2, 2.5 or 5 times a power of ten, not below the value. */
const roundStep = (value: number): number => {
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 2.5, 5].find((each) => each * power >= value * (1 - TOLERANCE)) ?? 10;
  return factor * power;
};

/** Writes ticks with the same unit and as many decimals, so that no two look alike. */
const labeller = (largest: number, step: number): ((value: number) => string) => {
  if (largest >= NAMELESS || step < SHORTEST) {
    const decimals = decimalsOf(step / 10 ** Math.floor(Math.log10(largest)));
    return (value) => value.toExponential(decimals).replace('+', '');
  }

  const { size, name } =
    LARGE_UNITS.find((unit) => unit.size <= largest && decimalsOf(step / unit.size) <= 2) ?? ONE;
  const decimals = decimalsOf(step / size);
  return (value) => `${(value / size).toFixed(decimals)}${name}`;
};

const ONE = { size: 1, name: '' } as const;
/** Smaller steps are written with a power of ten. */
const SHORTEST = 1e-4;

/** Counts the decimals of a round number. */
const decimalsOf = (step: number): number =>
  Math.max(0, Math.ceil(-Math.log10(step) - TOLERANCE)) + (isQuarter(step) ? 1 : 0);

/** 2.5, 25, 0.25 and the like, which have a digit more than others of their size. */
const isQuarter = (step: number): boolean => {
  const digits = step / 10 ** Math.floor(Math.log10(step) + TOLERANCE);
  return Math.abs(digits - 2.5) < 0.1 && step < 10;
};
