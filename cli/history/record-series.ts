import type { MetricPoints } from '#aws/cloudwatch/read-ranges.ts';
import { failure } from '#cli/output/failure.ts';
import type { StatMetric } from '#domain/configuration/metric.ts';
import type { TimeRange } from '#domain/history/record-plan.ts';
import type { WantedSeries } from '#domain/history/wanted-series.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import type { Instant } from '#domain/time/instant.ts';
import { isoSeconds } from '#parse/history/launches.ts';
import type { ManifestSeries } from '#parse/history/manifest.ts';
import { readPoints } from '#parse/history/read-points.ts';
import { writePoints } from '#parse/history/write-points.ts';
import type { HistoryFolder } from './history-folder.ts';

/** A series while it is recorded. */
export type SeriesInWork = {
  readonly group: string;
  readonly wanted: WantedSeries;
  readonly file: string;
  /** All points so far, those of the folder included. */
  readonly points: Map<Instant, number>;
  /** The time of which the folder has all that there is. */
  covered: TimeRange | undefined;
};

/** A series that is to be recorded, and the period that CloudWatch is asked for. */
type SeriesPlace = Readonly<{ group: string; wanted: WantedSeries; askedSeconds: number }>;

/**
 * Opens a series: with the points that the folder has of the same metrics, else with none. Nothing for one that
 * was written by hand. Throws where the folder has other periods, or a file that cannot be read: nothing that
 * CloudWatch no longer has is ever written over.
 */
export const openSeries = (
  folder: HistoryFolder,
  { group, wanted, askedSeconds }: SeriesPlace,
  entry: ManifestSeries | undefined,
): SeriesInWork | undefined => {
  const file = entry?.file ?? `${fileNameOf(group)}/${wanted.name}.csv.gz`;
  const opened = { group, wanted, file, points: new Map(), covered: undefined };
  if (entry === undefined) return opened;
  if (entry.metrics === undefined) return undefined;
  if (!isSame(entry, wanted)) return opened;
  if (entry.askedSeconds !== askedSeconds) {
    throw failure(
      'usage',
      `${file} has periods of ${describeSeconds(entry.askedSeconds ?? 0)}, and so long ago CloudWatch has periods of ${describeSeconds(askedSeconds)}`,
      'use a shorter --since, or another directory: --out DIR',
    );
  }
  const { from, to } = entry;
  return {
    ...opened,
    points: pointsIn(folder, file, wanted.name),
    covered:
      from === undefined || to === undefined
        ? undefined
        : { from: Date.parse(from), to: Date.parse(to) },
  };
};

const pointsIn = (folder: HistoryFolder, file: string, name: string): Map<Instant, number> => {
  const text = folder.read(file);
  const read = text.ok ? readPoints({ file, text: text.value }, name) : undefined;
  if (read?.ok) return new Map(read.value.map(({ at, value }) => [at, value]));
  const [first] = read?.problem ?? [];
  const why = first === undefined ? text.ok || text.problem : `${first.place}: ${first.message}`;
  throw failure(
    'invalid-file',
    `cannot go on with ${file}: ${why}`,
    'put the file back as it was, or remove it from manifest.json to fetch it anew',
  );
};

/** A name for a folder: groups may be called anything. That of a member lies within that of its fleet. */
export const fileNameOf = (group: string): string =>
  group
    .split('/')
    .map((part) => part.replace(/[^\w.-]|^\.|^$/g, '_'))
    .join('/');

const isSame = (entry: ManifestSeries | undefined, wanted: WantedSeries): boolean =>
  JSON.stringify(entry?.metrics) === JSON.stringify(wanted.metrics.map(sourceOf));

const sourceOf = ({ namespace, metricName, dimensions, statistic }: StatMetric) => ({
  namespace,
  metricName,
  dimensions,
  statistic,
});

/** Adds what a call has brought for a series, whose metrics come in their order. */
export const addPoints = (
  { wanted, points }: SeriesInWork,
  found: readonly MetricPoints[],
): void => {
  if (wanted.combine === 'first') {
    for (const [at, value] of found.find(({ size }) => size > 0) ?? []) points.set(at, value);
    return;
  }
  const sums = new Map<Instant, number>();
  for (const each of found) {
    for (const [at, value] of each) sums.set(at, (sums.get(at) ?? 0) + value);
  }
  for (const [at, value] of sums) points.set(at, value);
};

/** Widens the time that a series covers by a span beside it. */
export const cover = (series: SeriesInWork, span: TimeRange): void => {
  const { covered = span } = series;
  series.covered = {
    from: Math.min(covered.from, span.from),
    to: Math.max(covered.to, span.to),
  };
};

/** Writes the points of a series; the answer is its entry in the manifest. */
export const closeSeries = (
  folder: HistoryFolder,
  { file, points, wanted, covered }: SeriesInWork,
  askedSeconds: number,
): ManifestSeries => {
  folder.write(file, writePoints(points));
  return {
    file,
    // A metric with gaps by its nature would be taken for one of longer periods.
    ...(wanted.isSilentAtZero ? { periodSeconds: askedSeconds, silentAtZero: true } : {}),
    askedSeconds,
    ...(covered === undefined
      ? {}
      : { from: isoSeconds(covered.from), to: isoSeconds(covered.to) }),
    metrics: wanted.metrics.map(sourceOf),
  };
};
