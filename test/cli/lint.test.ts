import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidegate-lint-'));
afterAll(() => rmSync(folder, { recursive: true }));

const rulesWith = (bound: number): string => `version: 1
groups:
  web:
    autoScalingGroup: web-prod
    capacity: { min: 2, max: 10 }
    metrics: { cpu: { preset: asg-cpu } }
    rules:
      up: { when: cpu > 70, then: add 2 }
      down: { when: cpu < ${bound}, then: remove 1 }
notify: { channels: { ops: { email: ops@example.com } } }
`;

beforeAll(() => {
  writeFileSync(join(folder, 'tidegate.yml'), rulesWith(20));
  writeFileSync(join(folder, 'flaps.yml'), rulesWith(40));
  writeFileSync(join(folder, 'broken.yml'), 'version: 2');
});

const run = (...args: string[]) => runCli(args, { cwd: folder });

test('tidegate lint is content with sound rules', async () => {
  expect(await run('lint')).toEqual({
    code: 0,
    stderr: '',
    stdout: 'tidegate.yml: nothing found.\n',
  });
});

test('tidegate lint says what it found, why it matters, with an example, and how to fix it', async () => {
  expect(await run('lint', 'flaps.yml')).toEqual({
    code: 1,
    stderr: '',
    stdout: [
      'web: up sets off down (rules-flap)',
      '  why:     the group goes back and forth, each time starting and ending instances, for the same load',
      '  example: with 2 units at cpu 70, up makes 4; the same load is then 35, below 40, and down makes 3',
      '  fix:     move the two bounds further apart, or let the rules change less at once',
      '',
    ].join('\n'),
  });
});

test('tidegate lint is content with what is only a hint, and shows it', async () => {
  const text = rulesWith(20).replace(
    'metrics: {',
    'metrics: { jobs: { preset: sqs-sent, queue: jobs },',
  );
  writeFileSync(join(folder, 'hint.yml'), text);
  const { code, stdout } = await run('lint', 'hint.yml');

  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^web: cpu moves with the capacity, and the messages sent to jobs would say what comes \(hint, demand-not-followed\)\n {2}why: /,
  );
  expect(JSON.parse((await run('lint', 'hint.yml', '--json')).stdout)).toMatchObject({
    exitCode: 0,
    findings: [{ code: 'demand-not-followed', isHint: true }],
  });
});

test('tidegate lint --json prints one object', async () => {
  const { code, stdout } = await run('lint', 'flaps.yml', '--json');

  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    schemaVersion: 1,
    file: 'flaps.yml',
    findings: [{ code: 'rules-flap', group: 'web', rules: ['up', 'down'] }],
  });
});

test('tidegate lint asks for mistakes to be fixed first', async () => {
  expect(await run('lint', 'broken.yml')).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('broken.yml has 2 mistakes'),
  });
  expect((await run('lint', 'nowhere.yml')).code).toBe(2);
});
