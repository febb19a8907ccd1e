import { mkdir, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * Everything that a run writes: logs, the configuration, the code that it downloads. The folder is named as that of the
 * program (test/e2e, test/drill), so that one run wipes nothing of another.
 */
export const WORK_DIRECTORY = resolve('.tidegate', basename(dirname(process.argv[1] ?? 'e2e/.')));

export const prepareWorkDirectory = async (): Promise<void> => {
  await rm(WORK_DIRECTORY, { recursive: true, force: true });
  await mkdir(WORK_DIRECTORY, { recursive: true });
};

export const logFile = (name: string): string => join(WORK_DIRECTORY, `${name}.log`);
