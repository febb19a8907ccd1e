import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Calls, countCalls } from './aws-calls.ts';
import { type Bundles, makeBundles } from './bundles.ts';
import { measureStarts, type Start } from './command-starts.ts';
import { measureDecisions } from './decisions.ts';
import { measureForecasts } from './forecasts.ts';
import { measureGroupDay } from './group-day.ts';
import { measureFinding } from './groups-of-a-batch.ts';
import { measureImports, versionOf } from './import-times.ts';

const ROUNDS = 41;

/** Prints what docs/benchmarks.md tells. Arguments: other Node.js binaries to import with. */
const main = async (otherNodes: readonly string[]): Promise<void> => {
  console.log(`${availableParallelism()} cores, ${process.platform} ${process.arch}`);
  await printEngine();
  printFinding();
  const directory = mkdtempSync(join(tmpdir(), 'tidegate-bench-'));
  try {
    const bundles = await makeBundles(directory);
    printSizes(bundles);
    for (const node of [process.execPath, ...otherNodes]) printImports(node, bundles);
  } finally {
    rmSync(directory, { recursive: true });
  }
  printCalls(await countCalls());
  printStarts(await measureStarts(ROUNDS));
};

/** Before anything else: what the other measurements leave behind slows these down. */
const printEngine = async (): Promise<void> => {
  const day = await measureGroupDay();
  const { cold, warm } = measureForecasts();
  print(
    'The engine and the simulator',
    ['what', 'figure'],
    [
      ['decisions in a second, 1,000 groups with 5 rules each', Math.round(measureDecisions())],
      ['a day of one group, a sweep every minute: the first, in ms', day.first.toFixed(1)],
      ['the median of 31 days, in ms', day.median.toFixed(1)],
      ['processor time of a forecast: the first of a process, in ms', cold.toFixed(1)],
      ['and once it is compiled, in ms', warm.toFixed(2)],
    ],
  );
};

const printFinding = (): void =>
  print(
    'The groups of ten alarm messages',
    ['groups', 'the index, once at start, in ms', 'with it, in µs', 'looking through all, in µs'],
    measureFinding().map(({ groups, indexMs, batchUs, searchUs }) => [
      groups,
      indexMs.toFixed(2),
      batchUs.toFixed(1),
      Math.round(searchUs),
    ]),
  );

type Cell = string | number;

const print = (title: string, head: readonly Cell[], rows: readonly (readonly Cell[])[]): void => {
  const line = (cells: readonly Cell[]): string => `| ${cells.join(' | ')} |`;
  console.log(
    [`\n${title}\n`, line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n'),
  );
};

const kilobytes = (bytes: number): string => (bytes / 1024).toFixed(0);

const printSizes = (bundles: readonly Bundles[]): void =>
  print(
    'Bundles, in KiB',
    ['function', 'bundle', 'compressed', 'clients imported', 'compressed'],
    bundles.map(({ name, whole, clients }) => [
      name,
      ...[whole, clients].flatMap(({ bytes, zippedBytes }) => [bytes, zippedBytes].map(kilobytes)),
    ]),
  );

const printImports = (node: string, bundles: readonly Bundles[]): void =>
  print(
    `Import on Node.js ${versionOf(node)}, in ms, median of ${ROUNDS} fresh processes`,
    ['function', 'bundle', 'clients imported', '**ratio**', 'clients made', 'ratio'],
    measureImports(node, bundles, ROUNDS).map((time) => [
      ...[time.name, time.wholeMs.toFixed(1), time.clientsMs.toFixed(1)],
      ...[`**${time.toClients.toFixed(2)}**`, time.madeMs.toFixed(1), time.toMade.toFixed(2)],
    ]),
  );

const printCalls = (all: readonly Calls[]): void => {
  const commands = [...new Set(all.flatMap(({ counts }) => [...counts.keys()]))];
  print(
    'AWS calls of scale for one batch',
    ['batch', ...commands, 'together'],
    all.map(({ what, counts }) => [
      what,
      ...commands.map((command) => counts.get(command) ?? 0),
      [...counts.values()].reduce((sum, count) => sum + count, 0),
    ]),
  );
};

const printStarts = (starts: readonly Start[]): void =>
  print(
    `Processor time of a command, in ms, of ${ROUNDS} processes`,
    ['command', 'least', 'median'],
    starts.map(({ command, leastMs, medianMs }) => [
      `tidegate ${command}`,
      leastMs.toFixed(0),
      medianMs.toFixed(0),
    ]),
  );

await main(process.argv.slice(2));
