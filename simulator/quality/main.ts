import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { describeFileTrouble } from '#domain/basics/file-trouble.ts';
import { ENDS, Misuse, runProgram } from '#simulator/command-line.ts';
import { type Arguments, readArguments, USAGE } from './arguments.ts';
import { FAMILIES } from './families.ts';
import type { Family } from './family.ts';
import { boundsOver, judgeField, type Line, STATIC } from './field.ts';
import { nameOf, openKept } from './kept.ts';
import { BOUNDS, LEVELS, type Measured, type Order, traceIn } from './measure.ts';
import { measureAll } from './pool.ts';
import { compareRoads } from './roads.ts';
import {
  boundsLine,
  duelTable,
  effortTable,
  heldOutTable,
  oneSettingByTrace,
  oneSettingTable,
  traceTable,
  tunedTable,
  variantLines,
} from './tables.ts';

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const filesIn = (option: string, directory: string): readonly string[] => {
  try {
    const files = readdirSync(directory).filter((file) => file.endsWith('.csv'));
    if (files.length === 0) {
      throw new Misuse(`${option}: found no file NAME.csv in ${directory}, expected traces`);
    }
    const paths = files.sort().map((file) => join(directory, file));
    for (const path of paths) traceIn(path);
    return paths;
  } catch (thrown) {
    if (thrown instanceof Misuse) throw thrown;
    const trouble = describeFileTrouble(thrown);
    throw new Misuse(`${option}: cannot read ${directory}: ${trouble}`, { cause: thrown });
  }
};

const ordersFor = (
  { sizes, seeds }: Arguments,
  files: readonly string[],
  families: readonly string[],
): readonly Order[] =>
  files.flatMap((file) =>
    sizes.flatMap((size) =>
      Array.from({ length: seeds }, (_, index) => index + 1).flatMap((seed) =>
        families.map((family) => ({ file, size, seed, family })),
      ),
    ),
  );

/** Runs the orders, the largest fleets first, with a count for whoever waits. */
const run = async (
  orders: readonly Order[],
  { jobs, keep }: Arguments,
): Promise<readonly Measured[]> => {
  const kept = openKept(keep);
  const all = orders.flatMap((order) => kept.of(order) ?? []);
  const open = orders.filter((order) => kept.of(order) === undefined);
  const inOrder = open.toSorted((a, b) => b.size - a.size);
  await measureAll(inOrder, jobs, (measured) => {
    all.push(measured);
    kept.add(measured);
    if (process.stderr.isTTY) process.stderr.write(`\r${all.length} of ${orders.length} `);
  });
  if (process.stderr.isTTY) process.stderr.write('\r');
  const places = new Map(orders.map((order, place) => [nameOf(order), place]));
  const placeOf = (measured: Measured): number => places.get(nameOf(measured)) ?? 0;
  return all.toSorted((a, b) => placeOf(a) - placeOf(b));
};

const isOf = (only: Arguments['only'], { name }: Family): boolean =>
  only === undefined || name === STATIC || only.some((text) => name.includes(text));

const main = async (wanted: Arguments): Promise<number> => {
  const families = FAMILIES.filter((family) => isOf(wanted.only, family));
  const names = families.map(({ name }) => name);
  const files = filesIn('--traces', wanted.traces);
  const tuningFiles = wanted.tune === undefined ? [] : filesIn('--tune', wanted.tune);
  const orders = [
    ...ordersFor(wanted, files, names),
    ...ordersFor({ ...wanted, seeds: 1 }, files, [BOUNDS]),
    ...ordersFor(wanted, tuningFiles, names),
  ];
  const all = await run(orders, wanted);
  const measured = all.filter(({ file }) => files.includes(file));
  const tuning = all.filter(({ file }) => tuningFiles.includes(file));
  const isApart = ({ trace }: Measured): boolean => wanted.apart.includes(trace);
  const counted = measured.filter((each) => !isApart(each));
  const lines = judgeField({
    families,
    measured: counted,
    ...(tuning.length > 0 ? { tuning } : {}),
  });
  const apart = wanted.apart.length === 0 ? [] : judgeField({ families, measured });

  if (wanted.isJson) {
    print(
      JSON.stringify({
        schemaVersion: 1,
        lines: lines.map(asJson),
        bounds: boundsOver(counted),
        measured,
      }),
    );
    return ENDS.well;
  }
  const traces = files.map((file) => basename(file, '.csv'));
  print(
    `Cost over the optimum on ${traces.length} traces, fleets of ${wanted.sizes.join(', ')} at the peak, ${wanted.seeds} seeds.\n`,
  );
  print(boundsLine(boundsOver(counted)));
  for (const [title, text] of sectionsOf(lines, apart.length > 0 ? apart : lines)) {
    print(`\n${title}:\n\n${text}`);
  }
  return ENDS.well;
};

/** The tables with their titles; those by trace have the traces that are left out of the means, too. */
const sectionsOf = (
  lines: readonly Line[],
  withApart: readonly Line[],
): readonly (readonly [title: string, text: string])[] => [
  ['The target turned for each trace, by the share of violated requests', tunedTable(lines)],
  ['One setting for all traces, by the mean share of violated requests', oneSettingTable(lines)],
  ['The setting that keeps the mean on the other traces', heldOutTable(lines)],
  ['Against the cheapest peer with the same metrics, one setting', duelTable(lines, 'oneSetting')],
  ['Against the cheapest peer with the same metrics, target turned', duelTable(lines, 'tuned')],
  ...LEVELS.flatMap((level) => {
    const share = `${100 * level} % of requests violated`;
    return [
      [`By trace, ${share}, one setting`, oneSettingByTrace(lines, level)],
      [`By trace, ${share}, target turned`, traceTable(withApart, level)],
      [`What is done, ${share}, one setting`, effortTable(lines, level)],
      [`Chosen with ${share}`, variantLines(lines, level)],
    ] as const;
  }),
];

const tellRoads = async (days: number): Promise<number> => {
  const partings = await compareRoads(days);
  for (const { seed, text } of partings) print(`day ${seed} differs, with these rules:\n${text}`);
  print(`${days - partings.length} of ${days} days: the same changes on both roads`);
  return partings.length === 0 ? ENDS.well : ENDS.withFindings;
};

const asJson = ({ byTrace, oneSetting, ...line }: Line) => ({
  ...line,
  byTrace: Object.fromEntries(byTrace),
  ...(oneSetting === undefined
    ? {}
    : { oneSetting: { ...oneSetting, byTrace: Object.fromEntries(oneSetting.byTrace) } }),
});

await runProgram(process, (words) => {
  if (words.includes('--help')) {
    print(USAGE);
    return ENDS.well;
  }
  const wanted = readArguments(words, availableParallelism());
  if (typeof wanted === 'string') throw new Misuse(`${wanted}\n\n${USAGE}`);
  return 'roads' in wanted ? tellRoads(wanted.roads) : main(wanted);
});
