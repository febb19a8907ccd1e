import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { EXIT } from '#cli/exit-codes.ts';
import { ENDS, Misuse, runProgram } from '#simulator/command-line.ts';
import { loadNamed } from '#simulator/day/load-of.ts';
import { ROOT } from '#test/cli/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidegate-day-'));
afterAll(() => rmSync(folder, { recursive: true }));
const fileOf = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

type Ended = Readonly<{ code: number | null; stdout: string; stderr: string }>;

const run = (script: string, words: readonly string[], isCutOff = false): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', join(ROOT, 'simulator', script), ...words],
      { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data) => {
      stdout += data;
    });
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    if (isCutOff) child.stdout.destroy();
    child.once('error', reject).once('close', (code) => resolve({ code, stdout, stderr }));
  });

test('programs of the simulator end by the table of the command line', () => {
  expect(ENDS).toEqual({
    well: EXIT.ok,
    withFindings: EXIT.invalid,
    misused: EXIT.usage,
    broken: EXIT.bug,
  });
});

describe('npm start', () => {
  const broken = fileOf('broken.yml', 'version: 2\n');

  test.each([
    {
      words: ['--rules', 'nowhere.yml'],
      code: 2,
      says: '--rules: cannot read nowhere.yml: there is no such file',
    },
    { words: ['--rules', broken], code: 1, says: 'has 2 mistakes; fix it first' },
    { words: ['--load', 'nowhere.csv'], code: 2, says: '--load: cannot read nowhere.csv' },
    { words: ['--out', 'package.json'], code: 2, says: 'it is a file, not a directory' },
    { words: ['--seed', 'x'], code: 2, says: '--seed: found "x"' },
  ])(
    'tells $words without a stack',
    async ({ words, code, says }) => {
      const ended = await run('main.ts', [...words, '--json']);

      expect(ended.code).toBe(code);
      expect(ended.stderr).toContain(says);
      expect(ended.stderr).not.toMatch(/^\s+at /m);
      expect(JSON.parse(ended.stdout)).toMatchObject({
        exitCode: code,
        error: { message: expect.stringContaining(says) },
      });
    },
    60_000,
  );

  test('goes on without a word when whoever reads has stopped', async () => {
    expect(await run('main.ts', ['--out', folder, '--load', 'constant'], true)).toMatchObject({
      code: 0,
      stderr: '',
    });
  }, 60_000);
});

test('npm run simulate tells a wrong option without a stack', async () => {
  const { code, stderr } = await run('simulate.ts', ['--seeds', 'many']);

  expect(code).toBe(2);
  expect(stderr).toMatch(/^--seeds: found "many"/);
}, 60_000);

describe('a load that is none', () => {
  test('has its way out', () => {
    expect(() => loadNamed('load.csv', 0, () => 'hello')).toThrow(
      'found no line of the form seconds,requestsPerSecond such as 60,120.5; or name one of day, constant',
    );
  });
});

describe('a program', () => {
  const hostOf = (words: readonly string[]) => {
    const said: string[] = [];
    const stream = { write: (text: string) => said.push(text), on: () => undefined };
    return {
      said,
      host: {
        argv: ['node', 'x', ...words],
        stdout: stream,
        stderr: stream,
        exitCode: undefined as number | undefined,
      },
    };
  };

  test('ends as it answers, as misuse says, or as broken', async () => {
    const end = async (main: () => number) => {
      const { host } = hostOf([]);
      await runProgram(host, main);
      return host.exitCode;
    };

    expect(await end(() => 1)).toBe(1);
    expect(
      await end(() => {
        throw new Misuse('x');
      }),
    ).toBe(2);
    expect(
      await end(() => {
        throw new TypeError('x');
      }),
    ).toBe(70);
  });
});
