import { execFileSync } from 'node:child_process';
import type { Bundles, FunctionName } from './bundles.ts';
import { ENVIRONMENT } from './environment.ts';

/** Medians: milliseconds, and ratios of runs that were close to each other in time. */
export type ImportTime = Readonly<{
  name: FunctionName;
  wholeMs: number;
  clientsMs: number;
  madeMs: number;
  toClients: number;
  toMade: number;
}>;

/**
 * Imports every bundle in fresh processes, all in turn in each round, so that a machine that gets
 * slower or faster meanwhile does so for all of them alike.
 */
export const measureImports = (
  node: string,
  bundles: readonly Bundles[],
  rounds: number,
): readonly ImportTime[] => {
  // One round more: the first fills the caches of the file system.
  const all = Array.from({ length: rounds + 1 }, (_, round) =>
    bundles.map((each) => importEach(node, each, round)),
  );

  return bundles.map(({ name }, index) => {
    const mine = all.slice(1).flatMap((round) => round[index] ?? []);
    return {
      name,
      wholeMs: median(mine.map(({ whole }) => whole)),
      clientsMs: median(mine.map(({ clients }) => clients)),
      madeMs: median(mine.map(({ made }) => made)),
      toClients: median(mine.map(({ whole, clients }) => whole / clients)),
      toMade: median(mine.map(({ whole, made }) => whole / made)),
    };
  });
};

const KINDS = ['clients', 'whole', 'made'] as const;

/** The order changes from round to round, so that none always follows the same one. */
const importEach = (node: string, bundles: Bundles, round: number) => {
  const ms = { clients: 0, whole: 0, made: 0 };
  for (const [index] of KINDS.entries()) {
    const kind = KINDS[(index + round) % KINDS.length] ?? 'whole';
    ms[kind] = importMs(node, bundles[kind].path);
  }
  return ms;
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

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;

  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
};
