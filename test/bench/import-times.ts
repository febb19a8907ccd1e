import { execFileSync } from 'node:child_process';
import type { FunctionName, Pair } from './bundles.ts';

export type ImportTime = Readonly<{
  name: FunctionName;
  /** Medians, in milliseconds. */
  wholeMs: number;
  clientsMs: number;
  /** The median of the ratios of runs that followed each other at once. */
  ratio: number;
}>;

/**
 * Imports every bundle in fresh processes, all in turn in each round, so that a machine that gets
 * slower or faster meanwhile does so for all of them alike.
 */
export const measureImports = (
  node: string,
  pairs: readonly Pair[],
  rounds: number,
): readonly ImportTime[] => {
  const runs = Array.from({ length: rounds + 1 }, (_, round) =>
    pairs.map(({ whole, clients }) => {
      const paths = round % 2 === 0 ? [whole, clients] : [clients, whole];
      const [first = 0, second = 0] = paths.map(({ path }) => importMs(node, path));
      return round % 2 === 0
        ? { whole: first, clients: second }
        : { whole: second, clients: first };
    }),
  );
  // The first round fills the caches of the file system.
  const counted = runs.slice(1);

  return pairs.map(({ name }, index) => {
    const mine = counted.flatMap((round) => round[index] ?? []);
    return {
      name,
      wholeMs: median(mine.map(({ whole }) => whole)),
      clientsMs: median(mine.map(({ clients }) => clients)),
      ratio: median(mine.map(({ whole, clients }) => whole / clients)),
    };
  });
};

export const versionOf = (node: string): string =>
  execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();

const SCRIPT = `
  const before = performance.now();
  require(process.argv[1]);
  process.stdout.write(String(performance.now() - before));
`;

const importMs = (node: string, path: string): number =>
  Number(execFileSync(node, ['--eval', SCRIPT, path], { encoding: 'utf8', env: ENVIRONMENT }));

/** What the functions read when they are imported. */
const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  POWERTOOLS_SERVICE_NAME: 'tidegate-bench',
  POWERTOOLS_METRICS_NAMESPACE: 'Tidegate',
  TABLE_NAME: 'table',
  ALARM_TOPIC_ARN: 'arn:aws:sns:us-east-1:123456789012:alarms',
  OUTCOME_TOPIC_ARN: 'arn:aws:sns:us-east-1:123456789012:outcomes',
  QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/123456789012/queue',
  QUARANTINE_QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/123456789012/quarantine',
  SCALE_QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/123456789012/scale',
  HEAL_QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/123456789012/heal',
  MAIL_TOPIC_ARNS: '{}',
};

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;

  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
};
