import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { annotationLine } from '#cli/output/annotation.ts';
import { placeOfKey } from '#cli/output/place-of-key.ts';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidegate-github-'));
afterAll(() => rmSync(folder, { recursive: true }));
const FLAPS = `version: 1
groups:
  web:
    autoScalingGroup: web-prod
    capacity: { min: 2, max: 10 }
    metrics: { cpu: { preset: asg-cpu } }
    rules:
      up: { when: cpu > 70, then: add 2 }
      down: { when: cpu < 40, then: remove 1 }
notify: { channels: { mail: { email: ops@example.com } } }
`;
mkdirSync(join(folder, 'rules'));
writeFileSync(join(folder, 'rules/tidegate.yml'), FLAPS);
writeFileSync(join(folder, 'rules/broken.yml'), FLAPS.replace('cpu > 70', 'cpv > 70'));

const annotations = async (...args: readonly string[]) => {
  const { code, stdout } = await runCli([...args, '--format', 'github'], {
    cwd: join(folder, 'rules'),
    env: { GITHUB_WORKSPACE: folder },
  });
  return { code, lines: stdout.split('\n').filter((line) => line.startsWith('::')) };
};

describe('--format github', () => {
  test('puts each mistake of validate on its line, by the path from the root of the checkout', async () => {
    expect(await annotations('validate', 'broken.yml')).toEqual({
      code: 1,
      lines: [
        '::error file=rules/broken.yml,line=8,col=19,title=tidegate validate::' +
          'no metric of this group is named "cpv"%0Aexpected one of cpu%0Adid you mean "cpu"?',
      ],
    });
  });

  test.each([['--format', 'github'], ['--json'], ['--format', 'text']])(
    'shows no secret that stands in the file, with %s',
    async (...format) => {
      const token = 'xoxb-123456789012-canary';
      const told = FLAPS.replace('{ email: ops@example.com }', `{ slackBot: ${token} }`);
      writeFileSync(join(folder, 'rules/secret.yml'), told);
      const { stdout, stderr } = await runCli(['validate', 'secret.yml', ...format], {
        cwd: join(folder, 'rules'),
      });

      expect(stdout).toContain('found a token of Slack');
      expect(stdout + stderr).not.toContain('canary');
    },
  );

  test('says nothing of a file without mistakes', async () => {
    expect(await annotations('validate')).toEqual({ code: 0, lines: [] });
  });

  test('puts each finding of lint on its rule', async () => {
    const { code, lines } = await annotations('lint');

    expect(code).toBe(1);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /^::warning file=rules\/tidegate\.yml,line=8,col=7,title=web%3A rules-flap::up sets off down%0A/,
    );
  });

  test.each(['lint', 'plan', 'backtest'])(
    '%s tells of a file with mistakes likewise',
    async (command) => {
      const { code, lines } = await annotations(command, 'broken.yml');

      expect(code).toBe(1);
      expect(lines).toEqual([
        expect.stringContaining(`file=rules/broken.yml,line=8,col=19,title=tidegate ${command}::`),
      ]);
    },
  );

  test('tells a failure that is about no line', async () => {
    expect((await annotations('lint', 'nowhere.yml')).lines).toEqual([
      '::error title=tidegate lint::cannot read nowhere.yml (as asked): there is no such file%0A' +
        'name another: --config FILE, or export TIDEGATE_CONFIG',
    ]);
  });

  test('json is the same as --json, and text the same as nothing', async () => {
    const run = (...args: readonly string[]) =>
      runCli(['lint', ...args], { cwd: join(folder, 'rules') });

    expect(await run('--format', 'json')).toEqual(await run('--json'));
    expect(await run('--format', 'text')).toEqual(await run());
  });
});

describe('an annotation', () => {
  test('keeps what could end it from ending it', () => {
    const said = annotationLine(
      {
        level: 'notice',
        file: 'a,b:c.yml',
        line: 1,
        title: '5 %: on, off',
        message: '50 %\r\nof it: a, b',
      },
      { cwd: '/here', env: {} },
    );

    expect(said).toBe(
      '::notice file=a%2Cb%3Ac.yml,line=1,title=5 %25%3A on%2C off::50 %25%0D%0Aof it: a, b',
    );
  });
});

describe('the place of a key', () => {
  test.each([
    [['groups', 'web', 'rules', 'down'], { line: 9, column: 7 }],
    [['notify'], { line: 10, column: 1 }],
    [['groups', 'web', 'rules', 'gone'], { line: 7, column: 5 }],
    [['alerts', 'gone'], { line: 1, column: 1 }],
  ])('%j is %j', (path, place) => {
    expect(placeOfKey(FLAPS, path)).toEqual(place);
  });

  test('of what is no YAML is its begin', () => {
    expect(placeOfKey('{', ['groups'])).toEqual({ line: 1, column: 1 });
  });
});
