import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bug } from './planted/bug.ts';
import { BUGS } from './planted/bugs.ts';

const ROOT = join(import.meta.dirname, '..');
const CODE = ['shared', 'simulator', 'package.json', 'tsconfig.json'];
/** Numbers of seeds that are tried, one after the other, until a checker notices. */
const ROUNDS = [10, 60, 300, 1_000];

type Noticed = Readonly<{ seed: number; violations: readonly Readonly<{ checker: string }>[] }>;

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Plants a bug in a copy of the code and looks for a seed that shows it. */
const hunt = (bug: Bug): Noticed | undefined => {
  const copy = mkdtempSync(join(tmpdir(), 'tidegate-planted-'));
  try {
    for (const path of CODE) cpSync(join(ROOT, path), join(copy, path), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'dir');
    plant(copy, bug);
    return firstOf(ROUNDS, (seeds) => run(copy, seeds));
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

const firstOf = (
  rounds: readonly number[],
  look: (seeds: number) => Noticed | undefined,
): Noticed | undefined => {
  for (const seeds of rounds) {
    const noticed = look(seeds);
    if (noticed) return noticed;
  }
  return undefined;
};

const run = (copy: string, seeds: number): Noticed | undefined => {
  const script = join(copy, 'simulator/simulate.ts');
  const jobs = String(Math.min(seeds, availableParallelism()));
  const args = ['--import', 'tsx', script, '--seeds', String(seeds), '--jobs', jobs, '--json'];
  const { stdout } = spawnSync(process.execPath, args, {
    ...{ cwd: copy, encoding: 'utf8', maxBuffer: 2 ** 28 },
  });
  const { broken } = JSON.parse(stdout) as { broken: readonly Noticed[] };
  return broken[0];
};

const only = process.argv[2];
let missed = 0;
const chosen = BUGS.filter(({ name }) => only === undefined || name.includes(only));
for (const bug of chosen) {
  const noticed = hunt(bug);
  if (noticed === undefined) missed += 1;
  const checkers = [...new Set(noticed?.violations.map(({ checker }) => checker))].join(', ');
  print(
    noticed ? `✓ ${bug.name}: ${checkers}, seed ${noticed.seed}` : `✗ ${bug.name}: nobody noticed`,
  );
}
print(`planted: ${chosen.length - missed} noticed, ${missed} missed`);
process.exitCode = missed === 0 ? 0 : 1;
