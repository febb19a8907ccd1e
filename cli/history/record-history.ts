import type { MetricPoints } from '#aws/cloudwatch/read-ranges.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { Metric } from '#domain/configuration/metric.ts';
import type { Launch } from '#domain/history/group-history.ts';
import {
  type FetchCall,
  missingSpans,
  planCalls,
  type TimeRange,
} from '#domain/history/record-plan.ts';
import { wantedSeries } from '#domain/history/wanted-series.ts';
import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';
import { isoSeconds, parseLaunches, writeLaunches } from '#parse/history/launches.ts';
import { MANIFEST, type Manifest, parseManifest, writeManifest } from '#parse/history/manifest.ts';
import { historyFailure } from './history-failure.ts';
import type { HistoryFolder } from './history-folder.ts';
import {
  addPoints,
  closeSeries,
  cover,
  fileNameOf,
  openSeries,
  type SeriesInWork,
} from './record-series.ts';

/** The calls that a recording makes. */
export type RecordPorts = Readonly<{
  readRanges: (
    metrics: readonly Metric[],
    from: Instant,
    to: Instant,
  ) => Promise<readonly MetricPoints[]>;
  readLaunchHistory: (autoScalingGroup: string, since: Instant) => Promise<readonly Launch[]>;
  /** Hears of each call before it is made. */
  onCall: (done: number, all: number, until: Instant) => void;
}>;

export type Recording = Readonly<{
  groups: readonly Group[];
  /** The time that is wanted, in whole periods. */
  wanted: TimeRange;
  periodSeconds: number;
  region: string;
}>;

/** The result of a recording: what each group has now. */
export type Recorded = Readonly<{
  /** Calls of GetMetricData, without their further pages. */
  calls: number;
  groups: readonly RecordedGroup[];
}>;

export type RecordedGroup = Readonly<{
  group: string;
  autoScalingGroup: string;
  series: Readonly<Record<string, number>>;
  launches: number;
}>;

/**
 * Fetches what a folder lacks of a time, the earliest first, and writes after each call: whatever ends it, the
 * next run goes on from there.
 */
export const recordHistory = async (
  folder: HistoryFolder,
  { groups, wanted, periodSeconds, region }: Recording,
  ports: RecordPorts,
): Promise<Recorded> => {
  const before = manifestIn(folder);
  const all = groups.flatMap((group) =>
    wantedSeries(group).flatMap(
      (series) =>
        openSeries(
          folder,
          { group: group.name, wanted: series, askedSeconds: periodSeconds },
          before.groups[group.name]?.series[series.name],
        ) ?? [],
    ),
  );
  const calls = planCalls(
    all.flatMap((what) =>
      missingSpans(what.covered, wanted).map((span) => ({
        what,
        metrics: what.wanted.metrics.length,
        span,
      })),
    ),
    periodSeconds,
  );

  const work: Work = { folder, periodSeconds, region, manifest: before, groups };
  for (const [index, call] of calls.entries()) {
    ports.onCall(index, calls.length, call.span.from);
    await fetchCall(call, periodSeconds, ports);
    work.manifest = save(work, call.whats);
  }
  for (const group of groups) await recordLaunches(work, group, { wanted, ports });

  return {
    calls: calls.length,
    groups: groups.map(({ name, autoScalingGroup }) => ({
      group: name,
      autoScalingGroup,
      series: Object.fromEntries(
        all
          .filter(({ group }) => group === name)
          .map((each) => [each.wanted.name, each.points.size]),
      ),
      launches: launchesIn(folder, work.manifest, name).length,
    })),
  };
};

type Work = Readonly<{
  folder: HistoryFolder;
  periodSeconds: number;
  region: string;
  groups: readonly Group[];
}> & { manifest: Manifest };

const EMPTY: Manifest = { schemaVersion: 1, groups: {} };

/** A folder without a manifest has nothing yet. Throws the mistakes of one that there is. */
const manifestIn = (folder: HistoryFolder): Manifest => {
  const text = folder.read(MANIFEST);
  if (!text.ok) return EMPTY;
  const parsed = parseManifest({ file: MANIFEST, text: text.value });
  if (parsed.ok) return parsed.value;
  throw historyFailure(parsed.problem);
};

const fetchCall = async (
  { span, whats }: FetchCall<SeriesInWork>,
  periodSeconds: number,
  { readRanges }: RecordPorts,
): Promise<void> => {
  const metrics = whats.flatMap(({ wanted }) =>
    wanted.metrics.map((metric) => ({ ...metric, periodSeconds })),
  );
  const found = await readRanges(metrics, span.from, span.to);
  let place = 0;
  for (const series of whats) {
    const { length } = series.wanted.metrics;
    addPoints(series, found.slice(place, place + length));
    cover(series, span);
    place += length;
  }
};

/** Writes the files that changed, then the manifest that says so. */
const save = (
  { folder, manifest, region, periodSeconds, groups }: Work,
  changed: readonly SeriesInWork[],
): Manifest => {
  const next = { ...structuredClone(manifest), region };
  for (const series of changed) {
    const { group: name, wanted } = series;
    const autoScalingGroup = groups.find((each) => each.name === name)?.autoScalingGroup;
    const group = next.groups[name] ?? { autoScalingGroup, series: {} };
    group.series[wanted.name] = closeSeries(folder, series, periodSeconds);
    next.groups[name] = group;
  }
  folder.write(MANIFEST, writeManifest(next));
  return next;
};

/** A launch that began before the last recording may have ended since. */
const OVERLAP_MS = 60 * MINUTE_MS;

const recordLaunches = async (
  work: Work,
  { name, autoScalingGroup }: Group,
  { wanted, ports }: Readonly<{ wanted: TimeRange; ports: RecordPorts }>,
): Promise<void> => {
  const { folder, manifest } = work;
  const entry = manifest.groups[name]?.launches;
  const known = launchesIn(folder, manifest, name);
  const since =
    known.length > 0 && entry?.to !== undefined
      ? Math.max(wanted.from, Date.parse(entry.to) - OVERLAP_MS)
      : wanted.from;
  const found = await ports.readLaunchHistory(autoScalingGroup, since);
  const file = entry?.file ?? `${fileNameOf(name)}/launches.csv`;
  folder.write(
    file,
    writeLaunches([...known.filter(({ startedAt }) => startedAt < since), ...found]),
  );
  const next = structuredClone(manifest);
  next.groups[name] = {
    ...(next.groups[name] ?? { autoScalingGroup, series: {} }),
    launches: { file, to: isoSeconds(wanted.to) },
  };
  folder.write(MANIFEST, writeManifest(next));
  work.manifest = next;
};

const launchesIn = (folder: HistoryFolder, manifest: Manifest, name: string): readonly Launch[] => {
  const file = manifest.groups[name]?.launches?.file;
  const text = file === undefined ? undefined : folder.read(file);
  const parsed = file !== undefined && text?.ok ? parseLaunches({ file, text: text.value }) : text;
  return parsed?.ok && typeof parsed.value !== 'string' ? parsed.value : [];
};
