import { err, ok, type Result } from '#domain/basics/result.ts';
import type { GroupHistory, HistoryFinding, Launch } from '#domain/history/group-history.ts';
import { SERIES_NAMES, type SeriesName } from '#domain/history/series.ts';
import { parseLaunches } from './launches.ts';
import { MANIFEST, type ManifestGroup, type ManifestSeries, parseManifest } from './manifest.ts';
import type { HistoryProblem } from './points.ts';
import { readPoints } from './read-points.ts';
import { seriesOf } from './series-of.ts';

/** Groups as they were recorded, and what their reader should know. */
export type RecordedHistory = Readonly<{
  groups: readonly GroupHistory[];
  findings: readonly HistoryFinding[];
}>;

type Parsed<T> = Result<T, readonly HistoryProblem[]>;

/** Reads a file of the folder as text, unpacked; or says why it cannot. */
export type ReadFileOf = (file: string) => Result<string, string>;

/** Reads a history: the manifest, and the files that it names. The answer has every mistake in all of them. */
export const parseHistory = (read: ReadFileOf): Parsed<RecordedHistory> => {
  const text = textOf(read, MANIFEST);
  const manifest = text.ok ? parseManifest({ file: MANIFEST, text: text.value }) : text;
  if (!manifest.ok) return manifest;

  const groups = allOf(
    Object.entries(manifest.value.groups).map(([name, group]) => groupOf(name, group, read)),
  );
  return groups.ok
    ? ok({
        groups: groups.value.map(({ group }) => group),
        findings: groups.value.flatMap(({ findings }) => findings),
      })
    : groups;
};

/** All values, or all problems. */
const allOf = <T>(parsed: readonly Parsed<T>[]): Parsed<readonly T[]> => {
  const values: T[] = [];
  const problems: HistoryProblem[] = [];
  for (const each of parsed) {
    if (each.ok) values.push(each.value);
    else problems.push(...each.problem);
  }
  return problems.length === 0 ? ok(values) : err(problems);
};

/** A history of requests alone, from one file. */
export const parseDemandFile = (
  file: string,
  text: string,
  { name, unit }: Readonly<{ name: string; unit?: string | undefined }>,
): Parsed<RecordedHistory> => {
  const requests = readSeries('requests', { file, unit }, () => ok(text));
  if (!requests.ok) return requests;
  const { series, findings } = requests.value;
  return ok({
    groups: [{ name, series: { requests: series }, silentAtZero: [], launches: [] }],
    findings,
  });
};

type OneGroup = Readonly<{ group: GroupHistory; findings: readonly HistoryFinding[] }>;

const groupOf = (name: string, group: ManifestGroup, read: ReadFileOf): Parsed<OneGroup> => {
  const entries = SERIES_NAMES.flatMap(
    (each): readonly (readonly [SeriesName, ManifestSeries])[] => {
      const entry = group.series[each];
      return entry === undefined || isEmpty(entry, read) ? [] : [[each, entry]];
    },
  );
  const parsed = allOf(entries.map(([each, entry]) => readSeries(each, entry, read)));
  const launches = launchesOf(group, read);
  if (!(parsed.ok && launches.ok)) {
    return err([parsed, launches].flatMap((each) => (each.ok ? [] : each.problem)));
  }

  const { autoScalingGroup } = group;
  return ok({
    group: {
      name,
      series: Object.fromEntries(
        entries.map(([each], place) => [each, parsed.value[place]?.series]),
      ),
      silentAtZero: entries.flatMap(([each, { silentAtZero }]) => (silentAtZero ? [each] : [])),
      launches: launches.value,
      ...(autoScalingGroup === undefined ? {} : { autoScalingGroup }),
    },
    findings: parsed.value.flatMap(({ findings }) => findings),
  });
};

/**
 * Tells whether a series was recorded and CloudWatch had nothing of it, so that its file has a header alone: no request
 * was turned away, no answer was an error, or the group counts no instances. In a file that somebody wrote it is a mistake.
 */
const isEmpty = ({ file, metrics }: ManifestSeries, read: ReadFileOf): boolean => {
  if (metrics === undefined) return false;
  const text = read(file);
  return text.ok && !text.value.trim().includes('\n');
};

const readSeries = (
  name: SeriesName,
  { file, unit, periodSeconds, silentAtZero }: ManifestSeries,
  read: ReadFileOf,
): ReturnType<typeof seriesOf> => {
  const text = textOf(read, file);
  const points = text.ok ? readPoints({ file, text: text.value }, name) : text;
  return points.ok
    ? seriesOf({ name, file, unit, periodSeconds, isSilentAtZero: silentAtZero }, points.value)
    : points;
};

const launchesOf = ({ launches }: ManifestGroup, read: ReadFileOf): Parsed<readonly Launch[]> => {
  if (launches === undefined) return ok([]);
  const text = textOf(read, launches.file);
  return text.ok ? parseLaunches({ file: launches.file, text: text.value }) : text;
};

const textOf = (read: ReadFileOf, file: string): Parsed<string> => {
  const text = read(file);
  return text.ok
    ? text
    : err([
        {
          code: 'not-a-history',
          file,
          message: `it cannot be read: ${text.problem}`,
          help:
            file === MANIFEST
              ? 'a history is a folder with a manifest.json: npx tidegate record makes one'
              : 'manifest.json names it; is the folder whole?',
        },
      ]);
};
