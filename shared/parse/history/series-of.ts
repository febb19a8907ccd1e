import { err, ok, type Result } from '#domain/basics/result.ts';
import { SATURATED_CPU_PERCENT } from '#domain/history/demand.ts';
import type { HistoryFinding } from '#domain/history/group-history.ts';
import { type RecordedSeries, SERIES, type SeriesName } from '#domain/history/series.ts';
import { describeInstant } from '#domain/time/describe-instant.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { SECOND_MS } from '#domain/time/instant.ts';
import { type Grid, onGrid } from './on-grid.ts';
import { firstOfEach, type HistoryProblem, type Point } from './points.ts';
import { factorOf } from './unit-of.ts';

/** The series that points are meant for; what is absent is taken from them. */
export type SeriesSpec = Readonly<{
  name: SeriesName;
  file: string;
  /** As the manifest says it; the unit of the series when absent. */
  unit?: string | undefined;
  periodSeconds?: number | undefined;
  /** A hole means that nothing came, and is no gap worth telling. */
  isSilentAtZero?: boolean | undefined;
}>;

type Examined = Result<
  Readonly<{ series: RecordedSeries; findings: readonly HistoryFinding[] }>,
  readonly HistoryProblem[]
>;

/** Makes a series of points, with what its reader should know; or says each mistake. Holes stay holes. */
export const seriesOf = (spec: SeriesSpec, points: readonly Point[]): Examined => {
  const { name, file, unit = SERIES[name].unit } = spec;
  const grid = onGrid(file, points, spec.periodSeconds);
  if (!grid.ok) return err(firstOfEach(grid.problem));

  const { start, periodSeconds } = grid.value;
  const factor = factorOf(name, unit, periodSeconds);
  if (!factor.ok) {
    return err([
      {
        code: 'wrong-unit',
        file,
        message: factor.problem,
        help: 'say its unit in manifest.json, or convert the values',
      },
    ]);
  }
  const problems = [...negatives(file, points), ...above(spec, points, factor.value)];
  if (problems.length > 0) return err(firstOfEach(problems));

  const values = grid.value.values.map((value) =>
    value === undefined ? undefined : value * factor.value,
  );
  const series = { unit: SERIES[name].unit, periodSeconds, start, values };
  return ok({ series, findings: findingsOf(spec, points, { grid: grid.value, series }) });
};

const negatives = (file: string, points: readonly Point[]): readonly HistoryProblem[] =>
  points
    .filter(({ value }) => value < 0)
    .map(({ value, place }) => ({
      code: 'negative',
      file,
      place,
      message: `found ${value}, and nothing that a history has is below zero`,
      help: 'a counter that was reset? Take its rate; leave the value empty where nothing is known',
    }));

/** Half a percent is rounding; more is another unit. */
const MOST_PERCENT = 100.5;

const above = (
  { name, file }: SeriesSpec,
  points: readonly Point[],
  factor: number,
): readonly HistoryProblem[] =>
  SERIES[name].unit === 'Percent'
    ? points
        .filter(({ value }) => value * factor > MOST_PERCENT)
        .map(({ value, place }) => ({
          code: 'wrong-unit',
          file,
          place,
          message: `found ${value} for ${name}, which is a percentage from 0 to 100`,
          help: 'a sum over processors or instances? Take the mean of them',
        }))
    : [];

type Made = Readonly<{ grid: Grid; series: RecordedSeries }>;

const findingsOf = (
  { name, file, isSilentAtZero = false }: SeriesSpec,
  points: readonly Point[],
  { grid, series }: Made,
): readonly HistoryFinding[] => {
  const subject = file;
  const period = describeSeconds(series.periodSeconds);
  const unknown = points.filter(({ value }) => Number.isNaN(value));
  const known = series.values.filter((value) => value !== undefined);
  const saturated = name === 'cpu' ? known.filter((value) => value >= SATURATED_CPU_PERCENT) : [];
  const told = (
    code: HistoryFinding['code'],
    count: number,
    message: string,
  ): readonly HistoryFinding[] => (count === 0 ? [] : [{ code, subject, message }]);

  return [
    ...(isSilentAtZero ? [] : gapsIn(subject, series)),
    ...told(
      'not-a-number',
      unknown.length,
      `${unknown.length} values are none (the first: ${unknown[0]?.place}); they are kept as holes`,
    ),
    ...told(
      'duplicate',
      grid.repeated.count,
      `${grid.repeated.count} points come twice with the same value (the first: ${grid.repeated.first?.place}); each counts once`,
    ),
    ...told(
      'off-grid',
      grid.offGrid.count,
      `${grid.offGrid.count} points lie off the grid of ${period} (the first: ${grid.offGrid.first?.place}); each counts for the period that it lies in`,
    ),
    ...told(
      'saturated',
      saturated.length,
      `the CPU is at ${SATURATED_CPU_PERCENT} % or above in ${saturated.length} periods of ${period}: the demand was perhaps larger than what was served`,
    ),
    ...(name === 'cpu' && known.length > 0 && Math.max(...known.slice(0, 100_000)) <= 1
      ? told('small-unit', 1, 'no CPU is above 1 %: is it a share from 0 to 1? Say "unit": "Share"')
      : []),
  ];
};

/** Holes within a series, in one sentence: how many, how long, and where the longest is. */
const gapsIn = (
  subject: string,
  { values, start, periodSeconds }: RecordedSeries,
): readonly HistoryFinding[] => {
  let [holes, gaps, run] = [0, 0, 0];
  let longest = { length: 0, end: 0 };
  for (const [index, value] of values.entries()) {
    if (value !== undefined) {
      run = 0;
      continue;
    }
    holes += 1;
    gaps += run === 0 ? 1 : 0;
    run += 1;
    if (run > longest.length) longest = { length: run, end: index + 1 };
  }
  if (holes === 0) return [];
  const from = start + (longest.end - longest.length) * periodSeconds * SECOND_MS;
  const share = (100 * holes) / values.length;
  return [
    {
      code: 'gap',
      subject,
      message: `${gaps === 1 ? 'a gap' : `${gaps} gaps`} of ${describeSeconds(holes * periodSeconds)} in all, ${share.toPrecision(2)} % of the time; the longest lasts ${describeSeconds(longest.length * periodSeconds)} from ${describeInstant(from)}`,
    },
  ];
};
