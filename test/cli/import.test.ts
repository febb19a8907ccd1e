import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidegate-import-'));
afterAll(() => rmSync(folder, { recursive: true }));

const policyOf = (name: string, type: string) => ({
  AutoScalingGroupName: 'web-prod',
  PolicyName: name,
  PolicyType: 'TargetTrackingScaling',
  TargetTrackingConfiguration: {
    TargetValue: 50,
    PredefinedMetricSpecification: { PredefinedMetricType: type },
  },
});
const write = (name: string, ...policies: readonly object[]): void =>
  writeFileSync(join(folder, name), JSON.stringify({ ScalingPolicies: policies }));
write('policies.json', policyOf('cpu', 'ASGAverageCPUUtilization'), policyOf('tables', 'Tables'));
write('cpu.json', policyOf('cpu', 'ASGAverageCPUUtilization'));
write('tables.json', policyOf('tables', 'Tables'));
write('none.json');
write('broken.json', { PolicyName: 7 }, { PolicyName: 8 });

const run = (...args: readonly string[]) => runCli(['import', ...args], { cwd: folder });

const NOTE =
  'policies.json, tables is left out: Tables has no equal\n  why: it is no measure of the load of a fleet of instances\n';

test('tidegate import prints the file, and says what has no equal', async () => {
  const { code, stdout, stderr } = await run('policies.json');

  expect(code).toBe(0);
  expect(stdout).toContain('      cpu: { track: cpu, target: 50, mode: shadow }\n');
  expect(stdout).toMatch(/example\.com \}\n$/);
  expect(stderr).toBe(
    `${NOTE}tidegate: next, write it to a file with -o tidegate.yml, then check it: npx tidegate validate\n`,
  );
});

test('tidegate import -o writes a file that validates, and nothing over one that is there', async () => {
  expect(await run('policies.json', '-o', 'made.yml')).toEqual({
    code: 0,
    stdout: 'made.yml has 1 rule for web-prod\n',
    stderr: `${NOTE}tidegate: next, check it: npx tidegate validate made.yml\n`,
  });
  const made = readFileSync(join(folder, 'made.yml'), 'utf8');
  expect((await runCli(['validate', 'made.yml'], { cwd: folder })).code).toBe(0);
  expect((await runCli(['lint', 'made.yml'], { cwd: folder })).code).toBe(0);

  expect(await run('cpu.json', '-o', 'made.yml')).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'tidegate: made.yml is there already, and nothing is written over\n  name another file: -o FILE\n',
  });
  expect(readFileSync(join(folder, 'made.yml'), 'utf8')).toBe(made);
  expect((await run('cpu.json', '-o', 'nowhere/made.yml')).stderr).toContain(
    'cannot write nowhere/made.yml: there is no such file',
  );
  expect(existsSync(join(folder, 'nowhere'))).toBe(false);
});

test('tidegate import --json prints one object', async () => {
  const { stdout } = await run('policies.json', '--json', '--group', 'web', '-o', 'json.yml');

  expect(JSON.parse(stdout)).toEqual({
    schemaVersion: 1,
    command: 'import',
    exitCode: 0,
    file: 'json.yml',
    groups: [{ name: 'web', autoScalingGroup: 'web-prod', rules: ['cpu'] }],
    notes: [
      {
        kind: 'left-out',
        file: 'policies.json',
        about: 'tables',
        message: 'Tables has no equal',
        why: 'it is no measure of the load of a fleet of instances',
      },
    ],
    yaml: readFileSync(join(folder, 'json.yml'), 'utf8'),
  });
});

test.each([
  { args: ['tables.json'], says: ['tables is left out', 'nothing in it becomes a rule'] },
  { args: ['none.json'], says: ['tidegate: nothing in it becomes a rule'] },
  {
    args: ['broken.json'],
    says: ['broken.json, ScalingPolicies[0].PolicyName: found the number 7', 'they cannot be'],
  },
  {
    args: ['cpu.json', '--asg', 'api'],
    says: ['cpu.json: nothing in it is about the Auto Scaling group api', 'it cannot be imported'],
  },
])('tidegate import ends with 1 for $args', async ({ args, says }) => {
  const { code, stdout, stderr } = await run(...args);
  const json = await run(...args, '--json');

  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  for (const each of says) expect(stderr).toContain(each);
  expect(JSON.parse(json.stdout)).toMatchObject({ exitCode: 1, error: { code: 'invalid-file' } });
});

test('tidegate import ends with 2 where there is no such file', async () => {
  expect((await run('nowhere.json')).code).toBe(2);
  expect((await run()).code).toBe(2);
});
