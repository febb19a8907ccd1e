import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The Chromium of this system; in CI it is installed where it is missing and may be. */
const findChromium = (): string | undefined => {
  const found = onPath();
  if (found !== undefined || process.env.CI === undefined) return found;
  try {
    execFileSync('apt-get', ['install', '--yes', '--quiet', 'chromium'], { stdio: 'ignore' });
  } catch {
    // Whoever asks says what is missing.
  }
  return onPath();
};

const onPath = (): string | undefined =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((path) => existsSync(path));

/** Starts Chromium. Nothing where there is none, but in CI, where it throws: nothing is left out there. */
export const startChromium = async (): Promise<Browser | undefined> => {
  const executablePath = findChromium();
  if (executablePath !== undefined) {
    return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  }
  if (process.env.CI === undefined) return undefined;
  throw new Error('there is no Chromium on the PATH: apt-get install chromium');
};
