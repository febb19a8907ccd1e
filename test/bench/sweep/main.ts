import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Measured, measureSweep, type Way } from './one-sweep.ts';

const SIZES = [1_000, 10_000];

/** Measures in a process of its own; with `weighed` the collector runs at answers, which costs time and shows memory. */
const measured = (groups: number, firing: number, way: Way, weighed: boolean): Measured => {
  const flags = weighed ? ['--expose-gc'] : [];
  const words = [String(groups), String(firing), way];
  const output = execFileSync(
    process.execPath,
    [...flags, '--import', 'tsx', fileURLToPath(import.meta.url), ...words],
    { encoding: 'utf8' },
  );
  return JSON.parse(output) as Measured;
};

const COLUMNS = ['DescribeAutoScalingGroups', 'DescribeAlarms', 'BatchGetItem', 'Query'];

const rowsFor = (groups: number, firing: number): readonly string[] =>
  (['whole', 'shards'] as const).map((way) => {
    const { seconds, longest, invocations, calls } = measured(groups, firing, way, false);
    const parts: readonly Way[] = way === 'whole' ? ['whole'] : ['coordinator', 'shard'];
    const peaks = parts.map((part) => measured(groups, firing, part, true).peakMb.toFixed(0));
    const sent = (calls.SendMessage ?? 0) + (calls.SendMessageBatch ?? 0);
    return row([
      `${groups.toLocaleString('en')}, ${firing.toLocaleString('en')} firing, ${way}`,
      invocations,
      seconds.toFixed(1),
      longest.toFixed(1),
      ...COLUMNS.map((action) => calls[action] ?? 0),
      sent,
      peaks.join(' and '),
    ]);
  });

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

const main = async (): Promise<void> => {
  const [groups, firing, way] = process.argv.slice(2);
  if (groups !== undefined) {
    process.stdout.write(
      JSON.stringify(
        await measureSweep({ groups: Number(groups), firing: Number(firing) }, way as Way),
      ),
    );
    return;
  }
  const head = [
    'groups',
    'invocations',
    'all, s',
    'the longest, s',
    ...COLUMNS,
    'sent',
    'peak, MB',
  ];
  console.log([row(head), row(head.map(() => '---'))].join('\n'));
  for (const size of SIZES) {
    for (const firingNow of [0, size / 5]) {
      for (const line of rowsFor(size, firingNow)) console.log(line);
    }
  }
};

await main();
