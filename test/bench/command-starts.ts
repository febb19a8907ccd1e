import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildPackage } from '#infrastructure/package/build-package.ts';
import { PACKAGE_ROOT } from '#infrastructure/package-root.ts';

/** Processor time of a whole process, in ms. */
export type Start = Readonly<{ command: string; leastMs: number; medianMs: number }>;

/** Commands that reach no AWS, as the package has them. */
const COMMANDS = ['--help', 'validate', 'lint'] as const;

/** Tells at its end what the process has spent; the commands write nothing of the kind to stderr. */
const METER =
  "process.on('exit', () => { const { user, system } = process.cpuUsage(); process.stderr.write('spent ' + (user + system)); })";

/** Starts each command so many times, all in turn, once `dist` is built of the sources as they are. */
export const measureStarts = async (rounds: number): Promise<readonly Start[]> => {
  await buildPackage();
  const all = Array.from({ length: rounds }, () => COMMANDS.map(spentBy));
  return COMMANDS.map((command, index) => {
    const sorted = all.map((round) => round[index] ?? 0).toSorted((a, b) => a - b);
    return { command, leastMs: sorted[0] ?? 0, medianMs: sorted[(rounds - 1) / 2] ?? 0 };
  });
};

const spentBy = (command: string): number => {
  const words = [
    ...['--import', `data:text/javascript,${METER}`],
    ...[join(PACKAGE_ROOT, 'dist/tidegate.mjs'), command],
  ];
  const { stderr } = spawnSync(process.execPath, words, { cwd: PACKAGE_ROOT, encoding: 'utf8' });
  return Number(/spent (\d+)/.exec(stderr)?.[1] ?? Number.NaN) / 1_000;
};
