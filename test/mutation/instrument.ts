import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

export type Mutant = Readonly<{
  id: string;
  fileName: string;
  mutatorName: string;
  replacement: string;
  location: Readonly<{ start: Readonly<{ line: number; column: number }> }>;
}>;

type Instrumented = Readonly<{
  files: readonly Readonly<{ name: string; content: string }>[];
  mutants: readonly Mutant[];
}>;

const PACKAGE = '@stryker-mutator/instrumenter@9.6.1';
const HOME = resolve('.tidegate/mutation');
const COPIED = ['shared', 'simulator', 'infrastructure', 'test', 'examples', 'events', 'docs'];
const MORE = ['package.json', 'tsconfig.json', 'tidegate.yml', 'README.md', 'cli', 'functions'];

/** A copy of the project in which every mutant of the files sleeps until it is called. */
export const instrument = async (
  fileNames: readonly string[],
): Promise<Readonly<{ directory: string; mutants: readonly Mutant[] }>> => {
  const directory = join(HOME, 'work');
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  for (const path of [...COPIED, ...MORE]) {
    cpSync(path, join(directory, path), { recursive: true });
  }
  symlinkSync(resolve('node_modules'), join(directory, 'node_modules'), 'dir');

  const { Instrumenter } = await load();
  const { files, mutants } = await new Instrumenter(SILENT).instrument(
    fileNames.map((name) => ({ name, content: readFileSync(name, 'utf8'), mutate: true })),
    { plugins: null, excludedMutations: [], ignorers: [] },
  );
  // A file of types is left as it was: a test reads one.
  const changed = new Set(mutants.map(({ fileName }) => fileName));
  for (const { name, content } of files) {
    if (changed.has(name)) writeFileSync(join(directory, name), content);
  }
  return { directory, mutants };
};

type Loaded = Readonly<{
  Instrumenter: new (
    log: typeof SILENT,
  ) => Readonly<{ instrument: (...args: readonly unknown[]) => Promise<Instrumented> }>;
}>;

/** It is installed when it is first needed: nothing else of the project needs it. */
const load = async (): Promise<Loaded> => {
  const entry = 'node_modules/@stryker-mutator/instrumenter/dist/src/index.js';
  if (!existsSync(join(HOME, entry))) {
    mkdirSync(HOME, { recursive: true });
    const args = ['install', '--prefix', HOME, '--no-audit', '--no-fund', '--no-save', PACKAGE];
    const { status } = spawnSync('npm', args, { stdio: 'inherit' });
    if (status !== 0) throw new Error(`npm ${args.join(' ')} ended with ${status}`);
  }
  return import(pathToFileURL(join(HOME, entry)).href);
};

const say = (): void => undefined;
const SILENT = {
  trace: say,
  debug: say,
  info: say,
  warn: say,
  error: say,
  fatal: say,
  isTraceEnabled: () => false,
  isDebugEnabled: () => false,
  isInfoEnabled: () => false,
};
