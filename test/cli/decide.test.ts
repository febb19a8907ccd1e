import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import type { Rule } from '#domain/configuration/rule.ts';
import { decideRemovals } from '#domain/health/decide-removals.ts';
import {
  aGroup,
  aHealthObservation,
  anObservation,
  anOverride,
  CPU_HIGH,
  firing,
  NOON,
} from '#test/support/builders.ts';
import { CPU, reading } from '#test/support/readings.ts';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidegate-decide-'));
afterAll(() => rmSync(folder, { recursive: true }));

const OFFICE: Rule = {
  kind: 'schedule',
  name: 'office',
  min: 6,
  window: { kind: 'recurring', start: '0 8 * * *', end: '0 18 * * *', timezone: 'UTC' },
};

const fileOf = (name: string, value: unknown): string => {
  writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));
  return name;
};
const recordOf = (observation: Parameters<typeof decideCapacity>[0]) => ({
  schemaVersion: 1,
  decision: decideCapacity(observation),
  observation,
});
const run = (...args: string[]) => runCli(args, { cwd: folder });

describe('tidegate replay', () => {
  test('proves that the engine makes the same decision of the same observation', async () => {
    fileOf('record.json', recordOf(firing(CPU_HIGH)));

    expect(await run('replay', 'record.json')).toEqual({
      code: 0,
      stderr: '',
      stdout:
        'web-1: the same decision, byte for byte: web 4 → 6: cpu-high: cpu > 70 for 5m (in ALARM for 12 s): add 2 to 4 makes 6\n',
    });
  });

  test('takes an entry of the table as aws dynamodb get-item prints it', async () => {
    const record = { S: JSON.stringify(recordOf(firing(CPU_HIGH))) };
    fileOf('item.json', { Item: { pk: { S: 'GROUP#web' }, record } });

    expect((await run('replay', 'item.json')).code).toBe(0);
  });

  test('takes a decision on targets', async () => {
    const observation = aHealthObservation({ 'i-3': 200 });
    fileOf('health.json', {
      schemaVersion: 1,
      decision: decideRemovals(observation),
      observation,
    });
    const { code, stdout } = await run('replay', 'health.json');

    expect(code).toBe(0);
    expect(stdout).toContain('web replaces unhealthy targets: i-3');
  });

  test('says what differs', async () => {
    const record = recordOf(firing(CPU_HIGH));
    const decision = { ...record.decision, to: 7, reason: 'Steady' };
    fileOf('other.json', { ...record, decision });
    const { code, stdout } = await run('replay', 'other.json');

    expect(code).toBe(1);
    expect(stdout).toContain('web-1: another decision\n');
    expect(stdout).toContain('  to: 7 → 6\n');
    expect(stdout).toContain('  reason: "Steady" → "ScaledOut"\n');
  });

  test('names the gates that an earlier version did not have, and calls the decision the same', async () => {
    const record = recordOf(firing(CPU_HIGH));
    const trace = record.decision.trace.filter(({ stage }) => stage !== 'roll-back');
    fileOf('earlier.json', { ...record, decision: { ...record.decision, trace } });
    const { code, stdout } = await run('replay', 'earlier.json');

    expect(code).toBe(0);
    expect(stdout).toContain(
      'web-1: the same decision, but for gates that came after the record and let it pass (roll-back): web 4 → 6',
    );
  });

  test('tells another decision from one to which a gate was added that holds it', async () => {
    const record = recordOf({ ...firing(CPU_HIGH), override: anOverride() });
    const trace = record.decision.trace.filter(({ verdict }) => verdict !== 'hold');
    fileOf('held.json', { ...record, decision: { ...record.decision, trace } });
    const { code, stdout } = await run('replay', 'held.json', '--json');

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      isSame: false,
      laterGates: [],
      differences: [{ field: 'trace', was: trace, is: record.decision.trace }],
    });
  });

  test('needs a decision to compare with', async () => {
    fileOf('bare.json', { schemaVersion: 1, observation: firing(CPU_HIGH) });

    expect(await run('replay', 'bare.json')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('try: tidegate decide bare.json'),
    });
  });
});

describe('tidegate decide', () => {
  test('shows the decision, and what each stage saw', async () => {
    fileOf('record.json', recordOf(firing(CPU_HIGH)));
    const { code, stdout } = await run('decide', 'record.json');

    expect(code).toBe(0);
    expect(stdout.split('\n').slice(0, 5)).toEqual([
      'web 4 → 6: cpu-high: cpu > 70 for 5m (in ALARM for 12 s): add 2 to 4 makes 6',
      'ScaledOut, decision web-1 at 2026-03-02T09:00:00.000Z',
      '',
      'rule                 cpu-high  recommend 6  cpu > 70 for 5m (in ALARM for 12 s): add 2 to 4 makes 6 (ThresholdMet)',
      'rule                 cpu-low   abstain      cpu < 30 for 10m is not met (ThresholdNotMet)',
    ]);
    expect(stdout).toContain('bounds                         pass 6       6 is within 2 to 10');
  });

  test('prints the same as JSON', async () => {
    fileOf('record.json', recordOf(firing(CPU_HIGH)));
    const { stdout } = await run('decide', 'record.json', '--json');

    expect(JSON.parse(stdout)).toEqual({
      schemaVersion: 1,
      command: 'decide',
      exitCode: 0,
      ...decideCapacity(firing(CPU_HIGH)),
    });
  });

  test('takes an observation written by hand, of which much may be left out', async () => {
    const { now, group, state } = anObservation();
    fileOf('hand.json', { schemaVersion: 1, observation: { now, group, state } });

    expect(await run('decide', 'hand.json')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(
        'there is no alarm named tidegate-dev-web-cpu-high (MissingData)',
      ),
    });
  });

  test('decides as at another time, to which schedules are held', async () => {
    const observation = anObservation({ group: aGroup({ rules: [OFFICE] }) });
    fileOf('office.json', recordOf(observation));
    const at = async (time: string) =>
      JSON.parse((await run('decide', 'office.json', '--json', '--at', time)).stdout);

    expect(await at('2026-03-02T09:00:00Z')).toMatchObject({ to: 6, reason: 'BelowMinimum' });
    expect(await at('2026-03-02T18:00:00Z')).toMatchObject({ to: 4, reason: 'Steady' });
  });

  test('decides by the rules of another file', async () => {
    const group = aGroup({ metrics: { cpu: CPU } });
    const observation = { ...anObservation({ group }), readings: { cpu: reading(90) } };
    fileOf('record.json', recordOf(observation));
    fileOf(
      'new.yml',
      [
        'version: 1',
        'groups:',
        '  web:',
        '    autoScalingGroup: web-prod',
        '    metrics: { cpu: { preset: asg-cpu } }',
        '    rules: { load: { track: cpu, target: 60 } }',
      ].join('\n'),
    );
    const { stdout } = await run('decide', 'record.json', '--rules', 'new.yml', '--json');

    expect(JSON.parse(stdout)).toMatchObject({
      at: NOON,
      from: 4,
      to: 6,
      summary: 'web 4 → 6: load: cpu is 90 for a target of 60, which needs 6',
    });
  });

  test('decides on targets at another time', async () => {
    const observation = aHealthObservation({ 'i-3': 60 });
    fileOf('health.json', { schemaVersion: 1, observation });
    const later = await run('decide', 'health.json', '--at', '2026-03-02T09:02:00Z');

    expect((await run('decide', 'health.json')).stdout).toContain('web keeps its targets');
    expect(later.stdout).toContain('web replaces unhealthy targets: i-3');
  });
});

describe('a record that is none', () => {
  const VALID = { schemaVersion: 1, observation: firing(CPU_HIGH) };

  test.each([
    ['nonsense.json', 'not JSON', 1, 'nonsense.json:1:1 this is no JSON'],
    ['list.json', [], 1, 'list.json:1:1 found a list'],
    [
      'version.json',
      { ...VALID, schemaVersion: 9 },
      1,
      'version.json:1:18 schemaVersion: found the number 9',
    ],
    ['unversioned.json', {}, 1, 'schemaVersion: found nothing'],
    ['empty.json', { schemaVersion: 1, observation: {} }, 1, 'observation.now: "now" is missing'],
    ['decision.json', { ...VALID, decision: 7 }, 1, 'decision: found the number 7'],
  ])('%s: says what is wrong', async (name, value, code, words) => {
    fileOf(name, value);
    const result = await run('decide', name);

    expect(result).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(words) });
    expect((await run('replay', name)).code).toBe(code);
  });

  test.each([
    [['decide', 'nowhere.json'], 2, 'cannot read nowhere.json'],
    [
      ['decide', 'record.json', '--at', 'noon'],
      2,
      '--at: found "noon"; expected a time with its zone',
    ],
    [['decide', 'record.json', '--rules', 'nowhere.yml'], 2, 'cannot read nowhere.yml'],
    [['decide', 'record.json', '--rules', 'wrong.yml'], 1, 'see also: tidegate validate wrong.yml'],
    [
      ['decide', 'record.json', '--rules', 'api.yml'],
      1,
      'api.yml has no group named web; it has api',
    ],
  ])('%j exits with %d', async (args, code, words) => {
    fileOf('record.json', recordOf(firing(CPU_HIGH)));
    fileOf('wrong.yml', 'version: 2');
    fileOf('api.yml', 'version: 1\ngroups: { api: { autoScalingGroup: api } }');

    expect(await run(...args)).toMatchObject({ code, stderr: expect.stringContaining(words) });
  });
});

test('tidegate schema --record prints what a record looks like', async () => {
  const { code, stdout } = await run('schema', '--record');

  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    title: 'A record of a decision of Tidegate, version 1',
    required: expect.arrayContaining(['schemaVersion', 'observation']),
  });
});
