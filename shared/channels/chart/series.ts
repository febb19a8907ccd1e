import type { Chart, ChartPoint } from '#domain/notify/chart.ts';
import { oneLine } from '../safe-text.ts';

/** The chart with nothing in it that could not be drawn: one line of title, and numbers within reach. */
export const drawable = ({ title, points, threshold, mark }: Chart): Chart => ({
  title: oneLine(title),
  points: points
    .filter(({ at, value }) => Number.isFinite(at) && Number.isFinite(value))
    .map(({ at, value }) => ({ at: within(at, LATEST), value: within(value, LARGEST) }))
    .toSorted((one, other) => one.at - other.at),
  ...(isNumber(threshold) ? { threshold: within(threshold, LARGEST) } : {}),
  ...(isNumber(mark) ? { mark: within(mark, LATEST) } : {}),
});

const isNumber = (value: number | undefined): value is number => Number.isFinite(value);

const within = (value: number, limit: number): number => Math.min(limit, Math.max(-limit, value));

/** As far as ECMAScript reckons time, in milliseconds. */
const LATEST = 8.64e15;
/** So that the difference of two values is a number too. */
const LARGEST = 1e300;

/** The points in stretches without a gap: where values are missing no line should pretend to know them. */
export const stretches = (points: readonly ChartPoint[]): readonly (readonly ChartPoint[])[] => {
  const steps = points.slice(1).map(({ at }, index) => at - (points[index]?.at ?? at));
  const usual =
    steps.toSorted((one, other) => one - other)[Math.floor((steps.length - 1) / 2)] ?? 0;
  const ends = steps.flatMap((step, index) => (step > usual * GAP ? [index + 1] : []));

  return [0, ...ends].map((start, index) => points.slice(start, ends[index]));
};

/** A gap is longer than so many usual distances: one value may be late. */
const GAP = 2.5;
