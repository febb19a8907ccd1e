import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Account } from './fake-account.ts';
import { type Measured, measureSweep, type Way } from './one-sweep.ts';

const ACCOUNTS: readonly Account[] = [
  { groups: 1_000, instances: 10, firing: 0 },
  { groups: 1_000, instances: 10, firing: 200 },
  { groups: 10_000, instances: 10, firing: 0 },
  { groups: 10_000, instances: 10, firing: 2_000 },
  { groups: 10_000, instances: 100, firing: 0 },
];

/** Measures in a process of its own; with `weighed` the collector runs at answers, which costs time and shows memory. */
const measured = (account: Account, way: Way, weighed: boolean): Measured => {
  const flags = weighed ? ['--expose-gc'] : [];
  const words = [JSON.stringify(account), way];
  const output = execFileSync(
    process.execPath,
    [...flags, '--import', 'tsx', fileURLToPath(import.meta.url), ...words],
    { encoding: 'utf8' },
  );
  return JSON.parse(output) as Measured;
};

const COLUMNS = ['DescribeAutoScalingGroups', 'DescribeAlarms', 'BatchGetItem', 'Query'];

const rowsFor = (account: Account): readonly string[] =>
  (['whole', 'shards'] as const).map((way) => {
    const { seconds, longest, invocations, calls } = measured(account, way, false);
    const parts: readonly Way[] = way === 'whole' ? ['whole'] : ['coordinator', 'shard'];
    const peaks = parts.map((part) => measured(account, part, true).peakMb.toFixed(0));
    const sent = (calls.SendMessage ?? 0) + (calls.SendMessageBatch ?? 0);
    return row([
      account.groups.toLocaleString('en'),
      account.instances,
      account.firing.toLocaleString('en'),
      way === 'whole' ? 'no' : 'yes',
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
  const [account, way] = process.argv.slice(2);
  if (account !== undefined) {
    process.stdout.write(JSON.stringify(await measureSweep(JSON.parse(account), way as Way)));
    return;
  }
  const head = [
    'groups',
    'instances of each',
    'alarms that fire',
    'shards',
    'invocations',
    'all, s',
    'the longest, s',
    ...COLUMNS,
    'sends',
    'peak heap, MB',
  ];
  console.log([row(head), row(head.map(() => '---'))].join('\n'));
  for (const account of ACCOUNTS) for (const line of rowsFor(account)) console.log(line);
};

await main();
