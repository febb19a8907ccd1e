import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { runCommand } from './run-command.ts';
import { logFile } from './work-directory.ts';

const MOTO_VERSION = '5.2.1';
const DIRECTORY = resolve('.tidegate/venv');
const execute = promisify(execFile);

/** A Python virtual environment with moto in it; an earlier one is used again when it is right. */
export const preparePython = async (): Promise<string> => {
  if ((await motoVersionIn(DIRECTORY)) === MOTO_VERSION) return DIRECTORY;

  await requirePython();
  await rm(DIRECTORY, { recursive: true, force: true });
  const log = logFile('python');
  try {
    const args = ['-m', 'venv', DIRECTORY];
    await runCommand({ file: 'python3', args, log, timeoutMs: 180_000 });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Python made no virtual environment: ${why}. ${INSTALL}`, { cause });
  }

  const options = ['--quiet', '--no-input', '--no-compile', '--disable-pip-version-check'];
  const args = ['-m', 'pip', 'install', ...options, `moto[server]==${MOTO_VERSION}`];
  await runCommand({ file: pythonIn(DIRECTORY), args, log, timeoutMs: 180_000 });
  return DIRECTORY;
};

export const pythonIn = (directory: string): string => join(directory, 'bin', 'python');

const INSTALL =
  'The wire test runs against moto, which needs Python 3.9 or later with venv and pip: ' +
  'on Debian and Ubuntu "apt-get install python3 python3-venv", on macOS "brew install python3".';

const requirePython = async (): Promise<void> => {
  try {
    await execute('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']);
  } catch (cause) {
    throw new Error(`No python3 of version 3.9 or later was found on the PATH. ${INSTALL}`, {
      cause,
    });
  }
};

const motoVersionIn = async (directory: string): Promise<string | undefined> => {
  const code = 'from importlib.metadata import version; print(version("moto"))';
  try {
    const { stdout } = await execute(pythonIn(directory), ['-c', code], { timeout: 20_000 });
    return stdout.trim();
  } catch {
    return undefined;
  }
};
