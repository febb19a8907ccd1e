import type { Instant } from '#domain/time/instant.ts';

/**
 * A metric as people see it in a message: where it was, where its threshold is, and when something
 * was decided.
 */
export type Chart = Readonly<{
  /** The metric's name in tidegate.yml, or its formula. */
  title: string;
  /** In order of time, one at least; CloudWatch dates a value by the begin of its period. */
  points: readonly ChartPoint[];
  threshold?: number;
  /** The time of the decision. */
  mark?: Instant;
}>;

export type ChartPoint = Readonly<{ at: Instant; value: number }>;

/** The chart in one line of text: `cpu ▁▂▃▅▇█ 41 → 87 (threshold 70)`; without values there is none. */
export const sparkline = ({ title, points, threshold }: Chart): string => {
  const values = points.map(({ value }) => value).filter((value) => Number.isFinite(value));
  const [first] = values;
  const last = values.at(-1);
  if (first === undefined || last === undefined) return '';

  const limits = [threshold ?? Number.NaN].filter((value) => Number.isFinite(value));
  const way = values.length === 1 ? [first] : [first, last];
  const parts = [
    title.replace(/\s+/g, ' ').trim(),
    barsOf(highest(values), limits),
    way.map(shortNumber).join(' → '),
    ...limits.map((limit) => `(threshold ${shortNumber(limit)})`),
  ];
  return parts.filter((part) => part !== '').join(' ');
};

/** Each bucket's largest value, since a peak is what a threshold is for. */
const highest = (values: readonly number[]): readonly number[] => {
  const count = Math.min(values.length, BARS_MAX);
  const border = (bucket: number): number => Math.floor((bucket * values.length) / count);

  return Array.from({ length: count }, (_, bucket) =>
    Math.max(...values.slice(border(bucket), border(bucket + 1))),
  );
};

const barsOf = (values: readonly number[], limits: readonly number[]): string => {
  const low = Math.min(...values, ...limits);
  const high = Math.max(...values, ...limits);
  if (low === high) return MIDDLE.repeat(values.length);

  // The way between two numbers may be longer than the longest number.
  const shrink = Number.isFinite(high - low) ? 1 : 0.5;
  const span = high * shrink - low * shrink;
  return values
    .map((value) => (value * shrink - low * shrink) / span)
    .map((share) => BARS[Math.round(share * (BARS.length - 1))])
    .join('');
};

const BARS_MAX = 24;
const BARS = '▁▂▃▄▅▆▇█';
const MIDDLE = '▄';

/** A number with three significant digits at most: `0.125`, `87`, `12.3k`, `4.5M`, `6.02e23`. */
export const shortNumber = (value: number): string => {
  const rounded = Number(value.toPrecision(3));
  const size = Math.abs(rounded);
  if (size >= NAMELESS) return withPower(value);

  const unit = LARGE_UNITS.find((each) => size >= each.size);
  return unit === undefined
    ? String(rounded)
    : `${Number((rounded / unit.size).toPrecision(3))}${unit.name}`;
};

/** Its digits are rounded apart from its power: the largest numbers would round to infinity. */
const withPower = (value: number): string => {
  const [digits, power] = value.toExponential(2).split('e');
  return `${Number(digits)}e${Number(power)}`;
};

/** From here on numbers are written with a power of ten. */
export const NAMELESS = 1e15;

export const LARGE_UNITS = [
  { size: 1e12, name: 'T' },
  { size: 1e9, name: 'G' },
  { size: 1e6, name: 'M' },
  { size: 1e3, name: 'k' },
] as const;
