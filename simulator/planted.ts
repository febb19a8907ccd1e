import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bug } from './planted/bug.ts';
import { BUGS } from './planted/bugs.ts';
import { type Noticed, rowOf, rowsOn, seedsOn, withTable } from './planted/table.ts';
import { themeOf } from './run/theme.ts';

const ROOT = join(import.meta.dirname, '..');
const CODE = ['shared', 'simulator', 'package.json', 'tsconfig.json'];
const PAGE = join(ROOT, 'docs/simulator.md');
/** A mistake that this many seeds do not show counts as missed. */
const MOST_SEEDS = 1_500;

const USAGE = `npm run simulate:planted -- [NAME] [--jobs J] [--write]

  NAME      only the mistakes whose name contains it
  --jobs J  how many are looked for side by side (default: one for each core)
  --write   write each row into the table of docs/simulator.md as soon as it is known; a run that is broken off keeps its rows`;

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/**
 * Plants a bug into a copy of the code and looks for a seed that shows it: first the one that the page names, then those
 * of the bug's theme, then from the first seed on. A seed that breaks a promise without the bug, too, shows nothing: the bug counts as missed then,
 * and the seed is to be mended first.
 */
const hunt = async (bug: Bug, known: number | undefined): Promise<Noticed | undefined> => {
  const copy = mkdtempSync(join(tmpdir(), 'tidegate-planted-'));
  try {
    for (const path of CODE) cpSync(join(ROOT, path), join(copy, path), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'dir');
    plant(copy, bug);
    const noticed =
      (await firstOf(copy, [...(known === undefined ? [] : [known]), ...seedsOf(bug)])) ??
      (await firstBroken(copy, { seed: 1, seeds: MOST_SEEDS }));
    if (noticed === undefined) return undefined;

    const { seed } = noticed;
    const isSound = (await firstBroken(ROOT, { seed, seeds: 1 })) === undefined;
    if (isSound) return noticed;
    print(`seed ${seed} breaks a promise without any bug; mend that first`);
    return undefined;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
};

const plant = (copy: string, { file, find, replace, name }: Bug): void => {
  const path = join(copy, file);
  const parts = readFileSync(path, 'utf8').split(find);
  if (parts.length !== 2) throw new Error(`"${name}" fits ${parts.length - 1} times into ${file}`);
  writeFileSync(path, parts.join(replace));
};

/** The seeds of the theme that shows a bug; none of a bug that any run can show. */
const seedsOf = ({ theme }: Bug): readonly number[] =>
  theme === undefined
    ? []
    : Array.from({ length: MOST_SEEDS }, (_, index) => index + 1).filter(
        (seed) => themeOf(seed).kind === theme,
      );

/** The first of some seeds with which the code breaks a promise. */
const firstOf = async (root: string, seeds: readonly number[]): Promise<Noticed | undefined> => {
  for (const seed of seeds) {
    const noticed = await firstBroken(root, { seed, seeds: 1 });
    if (noticed !== undefined) return noticed;
  }
  return undefined;
};

type Range = Readonly<{ seed: number; seeds: number }>;

/** The first seed of a range with which the code breaks a promise. Code that crashes was noticed by nobody. */
const firstBroken = async (root: string, { seed, seeds }: Range): Promise<Noticed | undefined> => {
  const script = join(root, 'simulator/simulate.ts');
  const range = ['--seed', String(seed), '--seeds', String(seeds)];
  const words = [...range, '--first', '--jobs', '1', '--json'];
  const printed = await outputOf(['--import', 'tsx', script, ...words], root);
  const { broken } = JSON.parse(printed) as { broken: readonly Noticed[] };
  return broken[0];
};

const outputOf = (words: readonly string[], cwd: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, words, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    child.once('error', reject);
    child.once('close', () => resolve(printed));
  });

/** Looks for the mistakes, some side by side, and prints each as soon as it is known. */
const huntAll = async (
  bugs: readonly Bug[],
  { jobs, mustWrite }: Readonly<{ jobs: number; mustWrite: boolean }>,
): Promise<ReadonlyMap<string, Noticed | undefined>> => {
  const found = new Map<string, Noticed | undefined>();
  const open = [...bugs];
  const seeds = seedsOn(readFileSync(PAGE, 'utf8'));
  const work = async (): Promise<void> => {
    for (let bug = open.shift(); bug !== undefined; bug = open.shift()) {
      const noticed = await hunt(bug, seeds.get(bug.name));
      found.set(bug.name, noticed);
      print(rowOf(bug, noticed));
      if (mustWrite) writeRow(bug, noticed);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return found;
};

/** Puts a row into the table of the page, in the order of the list; rows of bugs that are gone leave it. */
const writeRow = (bug: Bug, noticed: Noticed | undefined): void => {
  const page = readFileSync(PAGE, 'utf8');
  const rows = new Map(rowsOn(page)).set(bug.name, rowOf(bug, noticed));
  const kept = BUGS.flatMap(({ name }) => rows.get(name) ?? []);
  writeFileSync(PAGE, withTable(page, kept));
};

const main = async (name: string, jobs: number, mustWrite: boolean): Promise<number> => {
  const chosen = BUGS.filter((bug) => bug.name.includes(name));
  const found = await huntAll(chosen, { jobs, mustWrite });
  const missed = [...found.values()].filter((noticed) => noticed === undefined).length;
  print(`planted: ${chosen.length - missed} noticed, ${missed} missed`);
  return missed === 0 ? 0 : 1;
};

const flag = { type: 'boolean', default: false } as const;
const { values, positionals } = parseArgs({
  options: { jobs: { type: 'string' }, write: flag, help: flag },
  allowPositionals: true,
});
const [name = ''] = positionals;
if (values.help) {
  print(USAGE);
} else {
  const jobs = Number(values.jobs ?? availableParallelism());
  process.exitCode = await main(name, jobs, values.write);
}
