import { err, ok, type Result } from '#domain/basics/result.ts';
import { ascending } from '#domain/history/median.ts';
import { describeExactly } from '#domain/time/describe-instant.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { DAY_SECONDS, type Instant, SECOND_MS } from '#domain/time/instant.ts';
import type { HistoryProblem, Point } from './points.ts';

/** Points in the order of time, on a grid of equal periods. */
export type Grid = Readonly<{
  start: Instant;
  periodSeconds: number;
  /** Undefined is a hole. */
  values: readonly (number | undefined)[];
  /** Points that did not lie on the grid, and the first of them. */
  offGrid: Readonly<{ count: number; first?: Point }>;
  repeated: Readonly<{ count: number; first?: Point }>;
}>;

type Gridded = Result<Grid, readonly HistoryProblem[]>;

/** Longer gaps are a wrong year, not an outage. */
const LONGEST_GAP_SECONDS = 35 * DAY_SECONDS;
const MOST_PERIODS = 2_000_000;

/**
 * Puts points on a grid. The period is the one that is said, else the most common distance between two
 * points. Files may be in the order of time or against it, as CloudWatch answers by default.
 * A clock that goes back, two values for one time, and a jump over more than five weeks are mistakes.
 */
export const onGrid = (file: string, points: readonly Point[], said?: number): Gridded => {
  const ordered = inOrder(file, points);
  if (!ordered.ok) return ordered;
  const distinct = withoutRepeats(file, ordered.value);
  if (!distinct.ok) return distinct;

  const { kept } = distinct.value;
  const [first] = kept as [Point];
  const periodMs = said === undefined ? usualStep(kept) : said * SECOND_MS;
  const jump = jumpIn(file, kept, periodMs);
  if (jump) return err([jump]);

  const phase = mostCommon(kept.map(({ at }) => at % periodMs));
  const placed = inPeriods(file, kept, { periodMs, phase });
  return placed.ok
    ? ok({
        start: Math.floor((first.at - phase) / periodMs) * periodMs + phase,
        periodSeconds: periodMs / SECOND_MS,
        values: placed.value,
        offGrid: counted(kept.filter(({ at }) => at % periodMs !== phase)),
        repeated: counted(distinct.value.repeated),
      })
    : placed;
};

type Periods = Readonly<{ periodMs: number; phase: number }>;
type InPeriods = Result<readonly (number | undefined)[], readonly HistoryProblem[]>;

/** The value of each period from the first point on; two points in one period are a mistake. */
const inPeriods = (
  file: string,
  points: readonly Point[],
  { periodMs, phase }: Periods,
): InPeriods => {
  const periodOf = ({ at }: Point): number => Math.floor((at - phase) / periodMs);
  const [first, last] = [points[0] as Point, points.at(-1) as Point];
  const count = periodOf(last) - periodOf(first) + 1;
  const taken = new Array<Point | undefined>(count).fill(undefined);
  const clashes: HistoryProblem[] = [];
  for (const point of points) {
    const period = periodOf(point) - periodOf(first);
    const other = taken[period];
    taken[period] = point;
    if (other !== undefined) {
      clashes.push({
        code: 'clock-jump',
        file,
        place: point.place,
        message: `${describeExactly(point.at)} and ${describeExactly(other.at)} (${other.place}) lie in one period of ${describeSeconds(periodMs / SECOND_MS)}`,
        help: 'did the clock jump, or does the period change? Write one point for each period',
      });
    }
  }
  const values = taken.map((point) =>
    point === undefined || Number.isNaN(point.value) ? undefined : point.value,
  );
  return clashes.length === 0 ? ok(values) : err(clashes);
};

const counted = (points: readonly Point[]): Readonly<{ count: number; first?: Point }> => ({
  count: points.length,
  ...(points[0] === undefined ? {} : { first: points[0] }),
});

type Ordered = Result<readonly Point[], readonly HistoryProblem[]>;

const inOrder = (file: string, points: readonly Point[]): Ordered => {
  if (points.length === 0) {
    return err([
      {
        code: 'no-points',
        file,
        message: 'it has no points',
        help: 'was the right time asked for? A file with a header alone has nothing to go by',
      },
    ]);
  }
  const steps = points.slice(1).map(({ at }, index) => at - (points[index] as Point).at);
  if (steps.every((step) => step <= 0)) return ok([...points].reverse());
  const back = steps.findIndex((step) => step < 0);
  if (back === -1) return ok(points);

  const [before, after] = [points[back] as Point, points[back + 1] as Point];
  return err([
    {
      code: 'clock-jump',
      file,
      place: after.place,
      message: `the clock goes back: ${describeExactly(before.at)} is followed by ${describeExactly(after.at)}`,
      help: 'sort the file by time; were the times written by a local clock that was set back, write them as UTC',
    },
  ]);
};

type Distinct = Readonly<{ kept: readonly Point[]; repeated: readonly Point[] }>;

/** A point that comes twice with one value is one point; with two values it is a mistake. */
const withoutRepeats = (
  file: string,
  points: readonly Point[],
): Result<Distinct, readonly HistoryProblem[]> => {
  const kept: Point[] = [];
  const repeated: Point[] = [];
  const problems: HistoryProblem[] = [];
  for (const point of points) {
    const before = kept.at(-1);
    if (before?.at !== point.at) {
      kept.push(point);
    } else if (Object.is(before.value, point.value)) {
      repeated.push(point);
    } else {
      problems.push({
        code: 'duplicate',
        file,
        place: point.place,
        message: `${describeExactly(point.at)} has two values: ${before.value} (${before.place}) and ${point.value}`,
        help: 'keep one of them; are two series in one file?',
      });
    }
  }
  return problems.length === 0 ? ok({ kept, repeated }) : err(problems);
};

/** A minute where there is one point alone. */
const usualStep = (points: readonly Point[]): number => {
  const steps = points.slice(1).map(({ at }, index) => at - (points[index] as Point).at);
  return steps.length === 0 ? 60 * SECOND_MS : mostCommon(steps);
};

/** The number that comes most often; the smallest of several. */
const mostCommon = (numbers: readonly number[]): number => {
  const counts = new Map<number, number>();
  for (const each of [...numbers].sort(ascending)) counts.set(each, (counts.get(each) ?? 0) + 1);
  return [...counts].reduce((most, each) => (each[1] > most[1] ? each : most))[0];
};

const jumpIn = (
  file: string,
  points: readonly Point[],
  periodMs: number,
): HistoryProblem | undefined => {
  const limit = Math.max(LONGEST_GAP_SECONDS * SECOND_MS, 2 * periodMs);
  const index = points.findIndex(({ at }, place) => at - (points[place - 1]?.at ?? at) > limit);
  if (index > 0) {
    const [before, after] = [points[index - 1] as Point, points[index] as Point];
    return {
      code: 'clock-jump',
      file,
      place: after.place,
      message: `the clock jumps: ${describeExactly(before.at)} is followed by ${describeExactly(after.at)}`,
      help: 'is the year right, and are seconds and milliseconds mixed? Cut the file at the jump otherwise',
    };
  }
  const span = (points.at(-1) as Point).at - (points[0] as Point).at;
  return span / periodMs < MOST_PERIODS
    ? undefined
    : {
        code: 'too-large',
        file,
        message: `it spans ${describeSeconds(span / SECOND_MS)} in periods of ${periodMs / SECOND_MS} s, and ${MOST_PERIODS} periods are the most`,
        help: 'take a part of it, or longer periods',
      };
};
