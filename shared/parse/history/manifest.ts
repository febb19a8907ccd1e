import * as z from 'zod';
import { err, ok, type Result } from '#domain/basics/result.ts';
import { SERIES_NAMES, type SeriesName } from '#domain/history/series.ts';
import { didYouMean, nearest } from '#parse/configuration/nearest.ts';
import type { HistoryProblem, NamedText } from './points.ts';

/** The file that says what a history has. */
export const MANIFEST = 'manifest.json';
/** The version of the format; a change that breaks readers raises it. */
const HISTORY_VERSION = 1;

/** A path within the folder: a history may come from anybody, and must not lead elsewhere. */
const file = z
  .string()
  .regex(/^(?![/\\])(?!.*(?:^|[/\\])\.\.(?:[/\\]|$))(?!.*[\0:])./, 'a path within the folder');
const instant = z.iso.datetime({ offset: true });

const metric = z.strictObject({
  namespace: z.string(),
  metricName: z.string(),
  dimensions: z.record(z.string(), z.string()),
  statistic: z.string(),
});

const series = z.strictObject({
  file,
  unit: z.string().optional(),
  periodSeconds: z.number().int().min(1).max(86_400).optional(),
  silentAtZero: z.boolean().optional(),
  askedSeconds: z.number().int().min(1).optional(),
  from: instant.optional(),
  to: instant.optional(),
  metrics: z.array(metric).optional(),
});

const group = z.strictObject({
  autoScalingGroup: z.string().optional(),
  series: z.partialRecord(z.enum(SERIES_NAMES as [SeriesName, ...SeriesName[]]), series),
  launches: z.strictObject({ file, to: instant.optional() }).optional(),
});

const manifest = z.strictObject({
  schemaVersion: z.literal(HISTORY_VERSION),
  region: z.string().optional(),
  groups: z.record(z.string(), group),
});

/** The manifest of a history: its groups, and the file of each series. */
export type Manifest = Readonly<z.infer<typeof manifest>>;
export type ManifestGroup = Manifest['groups'][string];
export type ManifestSeries = NonNullable<ManifestGroup['series'][SeriesName]>;

/** Reads a manifest; the answer is what it says, or every mistake with its path. */
export const parseManifest = ({
  file: name,
  text,
}: NamedText): Result<Manifest, readonly HistoryProblem[]> => {
  const parsed = manifest.safeParse(jsonIn(text));
  if (parsed.success) return ok(parsed.data);
  return err(
    parsed.error.issues.map((issue) => ({
      code: 'not-a-history',
      file: name,
      ...(issue.path.length === 0 ? {} : { place: issue.path.join('.') }),
      message: messageOf(issue),
      help: helpFor(issue),
    })),
  );
};

/** The manifest as a file. */
export const writeManifest = (value: Manifest): string => `${JSON.stringify(value, null, 2)}\n`;

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

type ManifestIssue = z.core.$ZodIssue;

const messageOf = (issue: ManifestIssue): string =>
  issue.path.length === 0 && issue.code === 'invalid_type'
    ? 'it is no JSON object'
    : issue.message.replace(/^./, (letter) => letter.toLowerCase());

const helpFor = (issue: ManifestIssue): string => {
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : issue.path.at(-1);
  const meant =
    issue.path.at(-2) === 'series' || issue.path.at(-1) === 'series'
      ? nearest(String(unknown), [...SERIES_NAMES])
      : undefined;
  const { suggestion } = didYouMean(meant);
  return suggestion ?? 'docs/history.md has the format';
};
