import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ENDS, Misuse, runProgram } from './command-line.ts';
import { type Arguments, readArguments, USAGE } from './run/arguments.ts';
import { explain } from './run/explain.ts';
import { type Figures, figureLines, neverStruck, neverTested } from './run/figures.ts';
import { runSeeds } from './run/pool.ts';
import { runSeed, type SeedRun } from './run/run-seed.ts';
import { traceLine } from './run/trace-line.ts';
import { withFigures } from './run/written-tables.ts';

const PAGE = join(import.meta.dirname, '../docs/simulator.md');

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const traceOne = async ({ seed, kinds }: Arguments): Promise<readonly SeedRun[]> => [
  await runSeed({ seed, kinds, listen: (event) => print(traceLine(event)) }),
];

const runAll = async (wanted: Arguments): Promise<readonly SeedRun[]> => {
  const { seeds, seed, kinds, jobs, isFirstOnly } = wanted;
  const runs: SeedRun[] = [];
  const orders = Array.from({ length: seeds }, (_, index) => ({ seed: seed + index, kinds }));
  await runSeeds(orders, jobs, (run) => {
    runs.push(run);
    return !(isFirstOnly && run.violations.length > 0);
  });
  return runs.toSorted((a, b) => a.seed - b.seed);
};

const figuresOf = (runs: readonly SeedRun[], seconds: number): Figures => {
  const counts = new Map<string, number>();
  for (const [key, value] of runs.flatMap((run) => [...run.counts])) {
    counts.set(key, (counts.get(key) ?? 0) + value);
  }
  const violations = runs.reduce((sum, run) => sum + run.violations.length, 0);
  return { seeds: runs.length, violations, seconds, counts };
};

/** To explain a broken seed takes many runs of it; of more of them the first sentence is told. */
const EXPLAINED = 3;

const tell = async (broken: readonly SeedRun[], figures: Figures): Promise<void> => {
  for (const run of broken.slice(0, EXPLAINED)) {
    for (const line of await explain(run)) print(line);
  }
  for (const { seed, violations } of broken.slice(EXPLAINED)) {
    const [first] = violations;
    print(`✗ seed ${seed}, ${first?.checker}: ${first?.sentence}`);
  }
  for (const line of figureLines(figures)) print(line);
  print(`simulate: ${figures.seeds - broken.length} passed, ${broken.length} failed`);
};

const tellAsJson = (broken: readonly SeedRun[], figures: Figures): void => {
  const counts = Object.fromEntries(figures.counts);
  const runs = broken.map(({ seed, kinds, violations }) => ({ seed, kinds, violations }));
  print(JSON.stringify({ ...figures, counts, broken: runs }));
};

const main = async (wanted: Arguments): Promise<number> => {
  const started = performance.now();
  const runs = await (wanted.isTraced ? traceOne(wanted) : runAll(wanted));
  const figures = figuresOf(runs, (performance.now() - started) / 1_000);
  const broken = runs.filter(({ violations }) => violations.length > 0);

  if (wanted.isJson) tellAsJson(broken, figures);
  else await tell(broken, figures);
  if (wanted.mustWrite) writeFileSync(PAGE, withFigures(readFileSync(PAGE, 'utf8'), figures));
  const untested = [...neverTested(figures.counts), ...neverStruck(figures.counts)];
  const isUntested = wanted.needsAllTested && untested.length > 0;
  return broken.length === 0 && !isUntested ? 0 : 1;
};

await runProgram(process, (words) => {
  if (words.includes('--help')) {
    print(USAGE);
    return ENDS.well;
  }
  const wanted = readArguments(words, availableParallelism());
  if (typeof wanted === 'string') throw new Misuse(`${wanted}\n\n${USAGE}`);
  return main(wanted);
});
