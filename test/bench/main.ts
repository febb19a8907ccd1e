import { availableParallelism } from 'node:os';
import { type Calls, countCalls } from './aws-calls.ts';
import { makeBundles, type Pair } from './bundles.ts';
import { measureImports, versionOf } from './import-times.ts';

const ROUNDS = 25;

/** Prints what docs/benchmarks.md tells. Arguments: other Node.js binaries to import with. */
const main = async (otherNodes: readonly string[]): Promise<void> => {
  console.log(`${availableParallelism()} cores, ${process.platform} ${process.arch}`);
  const pairs = await makeBundles();
  printSizes(pairs);
  for (const node of [process.execPath, ...otherNodes]) printImports(node, pairs);
  printCalls(await countCalls());
};

type Cell = string | number;

const print = (title: string, head: readonly Cell[], rows: readonly (readonly Cell[])[]): void => {
  const line = (cells: readonly Cell[]): string => `| ${cells.join(' | ')} |`;
  console.log(
    [`\n${title}\n`, line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n'),
  );
};

const kilobytes = (bytes: number): string => (bytes / 1024).toFixed(0);

const printSizes = (pairs: readonly Pair[]): void =>
  print(
    'Bundles, in KiB',
    ['function', 'bundle', 'compressed', 'SDK clients alone', 'compressed'],
    pairs.map(({ name, whole, clients }) => [
      name,
      ...[whole, clients].flatMap(({ bytes, zippedBytes }) => [bytes, zippedBytes].map(kilobytes)),
    ]),
  );

const printImports = (node: string, pairs: readonly Pair[]): void =>
  print(
    `Import on Node.js ${versionOf(node)}, median of ${ROUNDS} fresh processes`,
    ['function', 'bundle, ms', 'SDK clients alone, ms', 'ratio'],
    measureImports(node, pairs, ROUNDS).map(({ name, wholeMs, clientsMs, ratio }) => [
      ...[name, wholeMs.toFixed(1), clientsMs.toFixed(1), ratio.toFixed(2)],
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

await main(process.argv.slice(2));
