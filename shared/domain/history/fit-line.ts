import { medianOf } from './median.ts';

export type XY = readonly [x: number, y: number];

/** A line, and how well it stands for its points. */
export type FittedLine = Readonly<{
  slope: number;
  intercept: number;
  /** The median of the distances from the line, in units of y. */
  residual: number;
  /** The share of y's spread that the line explains: 1 is all, 0 or less is nothing. */
  explained: number;
}>;

/** So many points give 80,000 slopes: enough for the median, and quick. */
const MOST_POINTS = 400;

/**
 * The line of Theil and Sen: the median of the slopes of all pairs of points. Up to 29 % of the points may be
 * anything at all without moving it far. Of many points it takes evenly spaced ones, in the order of x.
 * P. K. Sen, J. Am. Stat. Assoc. 63 (1968) 1379–1389. Undefined where no two points differ in x.
 *
 * `explained` is 1 − (MAD of the residuals / MAD of y)²: R² with medians in the place of means.
 */
export const fitLine = (points: readonly XY[]): FittedLine | undefined => {
  const chosen = spaced([...points].sort(([a], [b]) => a - b));
  const slopes = chosen.flatMap(([x, y], index) =>
    chosen.slice(index + 1).flatMap(([right, above]) => {
      const run = right - x;
      return run > 0 ? [(above - y) / run] : [];
    }),
  );
  if (slopes.length === 0) return undefined;

  const slope = medianOf(slopes);
  const intercept = medianOf(points.map(([x, y]) => y - slope * x));
  const distances = points.map(([x, y]) => y - slope * x - intercept);
  const residual = medianOf(distances.map(Math.abs));
  const spread = spreadOf(points.map(([, y]) => y));
  return {
    slope,
    intercept,
    residual,
    explained: spread === 0 ? 0 : 1 - (spreadOf(distances) / spread) ** 2,
  };
};

const spaced = (points: readonly XY[]): readonly XY[] => {
  if (points.length <= MOST_POINTS) return points;
  const step = (points.length - 1) / (MOST_POINTS - 1);
  return Array.from({ length: MOST_POINTS }, (_, index) => points[Math.round(index * step)] as XY);
};

/** The median absolute deviation. */
const spreadOf = (numbers: readonly number[]): number => {
  const middle = medianOf(numbers);
  return medianOf(numbers.map((each) => Math.abs(each - middle)));
};
