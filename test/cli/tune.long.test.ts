import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { lineDiff } from '#cli/tune/line-diff.ts';
import { writePoints } from '#parse/history/write-points.ts';
import { minutes, NOON } from '#test/support/builders.ts';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidegate-tune-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FILE = `version: 1
groups:
  web:
    autoScalingGroup: web-prod
    capacity: { min: 2, max: 30 }
    metrics: { cpu: { preset: asg-cpu } }
    rules:
      load: { track: cpu, target: 30 } # far too low
`;
writeFileSync(join(folder, 'tidegate.yml'), FILE);
/** Quarters of an hour, so that four days are few. */
const days = (count: number) =>
  writePoints(
    new Map(
      Array.from({ length: 96 * count }, (_, quarter) => [
        NOON + minutes(15 * quarter),
        15 * 60 * (60 + 40 * Math.sin((2 * Math.PI * quarter) / 96)),
      ]),
    ),
  );
writeFileSync(join(folder, 'four.csv'), days(4));
writeFileSync(join(folder, 'three.csv'), days(3));
const SAID = ['--per-instance', '10rps', '--boot', '2m'];
const tune = (...args: string[]) => runCli(['tune', ...SAID, ...args], { cwd: folder });

describe('tidegate tune', () => {
  test('prints the diff that would have saved most, and writes nothing', async () => {
    const { code, stdout, stderr } = await tune('--history', 'four.csv', '--budget', '7');

    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^7 settings tried on 4\.00 days, for at most 0\.10 % violated\nas it is: cost \d/,
    );
    expect(stdout).toMatch(
      /\ntuned: +cost [\d.]+ \(−[\d.]+ %\), .* on days that it was not tuned on\n/,
    );
    expect(stdout).toMatch(
      /\n- {6}load: \{ track: cpu, target: 30 \} # far too low\n\+ {6}load: \{ track: cpu, target: \d+ \} # far too low\n/,
    );
    expect(stderr).toContain('tidegate: nothing was written');
    expect(readFileSync(join(folder, 'tidegate.yml'), 'utf8')).toBe(FILE);
  }, 60_000);

  test('takes four days that lack their newest minutes, as CloudWatch gives them', async () => {
    const fewer = days(4).trimEnd().split('\n').slice(0, -1);
    writeFileSync(join(folder, 'fewer.csv'), `${fewer.join('\n')}\n`);
    const { code, stdout } = await tune('--history', 'fewer.csv', '--budget', '2');

    expect([code, stdout.split('\n')[0]]).toEqual([
      0,
      '2 settings tried on 3.99 days, for at most 0.10 % violated',
    ]);
  }, 60_000);

  test('is one object for programs', async () => {
    const { stdout } = await tune('--history', 'four.csv', '--budget', '7', '--json');

    expect(JSON.parse(stdout)).toMatchObject({
      command: 'tune',
      exitCode: 0,
      tried: 7,
      allowed: 0.001,
      isBetter: true,
      changes: [{ path: 'groups.web.rules.load.target', from: '30' }],
    });
  }, 60_000);

  test('says when nothing beats what there is', async () => {
    const { stdout, stderr } = await tune(
      ...['--history', 'four.csv', '--budget', '2', '--violated', '100%', '--json'],
    );
    const { isBetter, diff, changes } = JSON.parse(stdout);

    // The second setting that is tried is a lower target, which costs more.
    expect({ isBetter, diff, changes, stderr }).toEqual({
      isBetter: false,
      diff: '',
      changes: [],
      stderr: '',
    });
    const told = await tune('--history', 'four.csv', '--budget', '2', '--violated', '100%');
    expect(told.stdout).toContain('Nothing that was tried beats what there is: leave it.');
  }, 60_000);

  test.each([
    [['--history', 'three.csv'], 'the history has 3.00 days'],
    [['--violated', '0.1'], '--violated: found "0.1"'],
    [['--violated', '101%'], '--violated: found "101%"'],
    [['--budget', '1'], '--budget: found "1"'],
    [['--history', 'nowhere'], 'cannot read the history nowhere'],
  ])('%j is told', async (args, says) => {
    const { code, stderr } = await tune(...args);

    expect(code).toBe(2);
    expect(stderr).toContain(says);
  });
});

describe('the difference of two texts', () => {
  test.each([
    ['a\nb\nc', 'a\nB\nc', ['--- f', '+++ f', ' a', '-b', '+B', ' c']],
    ['a\nb', 'a\nb\nc', ['--- f', '+++ f', ' a', ' b', '+c']],
    ['a\nb\nc', 'b\nc', ['--- f', '+++ f', '-a', ' b', ' c']],
    ['1\n2\n3\n4\n5', '1\n2\n3\n4\nx', ['--- f', '+++ f', ' 3', ' 4', '-5', '+x']],
  ])('of %j and %j has its lines and two around them', (before, after, lines) => {
    expect(lineDiff(before, after, 'f').split('\n')).toEqual(lines);
  });

  test('is empty where they are alike', () => {
    expect(lineDiff('a', 'a', 'f')).toBe('');
  });
});
