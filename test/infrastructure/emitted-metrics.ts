import { execFileSync } from 'node:child_process';
import type { Note } from '#domain/lane/note.ts';

export type EmittedMetric = Readonly<{
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
}>;

type EmfLine = Readonly<{
  _aws: {
    CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string }[] }[];
  };
}> &
  Readonly<Record<string, unknown>>;

/**
 * The metrics that a function with these variables writes for the notes. In a process of its own: the
 * library reads the variables once, and writes to standard output directly.
 */
export const emittedMetrics = (
  variables: Readonly<Record<string, string>>,
  notes: readonly Note[],
): readonly EmittedMetric[] => {
  const script = `
    import { takeNote } from './shared/lambda/take-note.ts';
    for (const note of ${JSON.stringify(notes)}) takeNote(note);
  `;
  const output = execFileSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', script],
    { env: { PATH: process.env.PATH, ...variables }, encoding: 'utf8', stdio: 'pipe' },
  );

  return output
    .split('\n')
    .filter((line) => line.includes('"_aws"'))
    .map((line) => metricIn(JSON.parse(line) as EmfLine));
};

const metricIn = (line: EmfLine): EmittedMetric => {
  const [directive] = line._aws.CloudWatchMetrics;
  const names = directive?.Dimensions[0] ?? [];

  return {
    namespace: directive?.Namespace ?? '',
    name: directive?.Metrics[0]?.Name ?? '',
    dimensions: Object.fromEntries(names.map((name) => [name, String(line[name])])),
  };
};
