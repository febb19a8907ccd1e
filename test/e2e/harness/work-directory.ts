import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Everything that a run writes: logs, the configuration, the code that it downloads. */
export const WORK_DIRECTORY = resolve('.tidegate/e2e');

export const prepareWorkDirectory = async (): Promise<void> => {
  await rm(WORK_DIRECTORY, { recursive: true, force: true });
  await mkdir(WORK_DIRECTORY, { recursive: true });
};

export const logFile = (name: string): string => join(WORK_DIRECTORY, `${name}.log`);
