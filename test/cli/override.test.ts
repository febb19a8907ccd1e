import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Account } from '#cli/terminal.ts';
import type { Override } from '#domain/ledger/override.ts';
import { accountWith, aDeployment, PLACE } from '#test/support/a-deployment.ts';
import { anOverride, minutes, NOON } from '#test/support/builders.ts';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidegate-override-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(
  join(folder, 'tidegate.yml'),
  `version: 1
groups:
  web:
    autoScalingGroup: web-prod
    capacity: { min: 2, max: 10 }
    metrics: { cpu: { preset: asg-cpu } }
    rules: { cpu-high: { when: cpu > 70 for 5m, then: add 2 } }
  batch:
    autoScalingGroup: batch-prod
    metrics: { cpu: { preset: asg-cpu } }
    rules: { cpu-high: { when: cpu > 70 for 5m, then: add 2 } }
`,
);

/** An account with one deployed stack, whose ledger is in memory. */
const anAccount = (stored: Readonly<Record<string, Override>> = {}) => {
  const overrides = new Map(Object.entries(stored));
  const asked: string[] = [];
  const account = accountWith([aDeployment()], {
    tableOf: async (stack) => {
      asked.push(`stack ${stack}`);
      return stack === 'tidegate-dev' ? 'the-table' : undefined;
    },
    overridesIn: (table) => {
      asked.push(`table ${table}`);
      return {
        read: async (group) => overrides.get(group),
        write: async (group, override, read) => {
          if (overrides.get(group)?.id !== read?.id) return false;
          overrides.set(group, override);
          return true;
        },
      };
    },
  });
  return { account, overrides, asked };
};

const run = (account: Account | undefined, ...args: string[]) =>
  runCli(args, { cwd: folder, ...(account ? { account } : {}) });

test('a file with a mistake keeps nobody from pausing a group: the deployed one will do', async () => {
  writeFileSync(join(folder, 'broken.yml'), 'version: 2\n');
  const pause = (...named: string[]) =>
    runCli(['pause', 'web', '--for', '1h', '--reason', 'x', '--config', 'broken.yml', ...named], {
      cwd: folder,
    });

  expect(await pause()).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('tidegate rules > deployed.yml, then --config deployed.yml'),
  });
  expect((await pause('--stage', 'prod', '--region', 'eu-west-1')).stderr).toContain(
    'tidegate rules --stage prod --region eu-west-1 > deployed.yml, then --config deployed.yml',
  );
});

describe('tidegate pause', () => {
  test('writes who paused the group, why and until when, and says what that means', async () => {
    const { account, overrides, asked } = anAccount();
    const result = await run(account, 'pause', 'web', '--for', '2h', '--reason', 'moving');

    expect(result).toEqual({
      code: 0,
      stdout: `${PLACE}web is paused by ann until 2026-03-02 11:00 UTC: moving\n`,
      stderr:
        '  it holds within a minute and ends by itself; to end it sooner: tidegate resume web --stage dev --region eu-central-1\n',
    });
    expect(asked).toEqual(['stack tidegate-dev', 'table the-table']);
    expect(overrides.get('web')).toEqual({
      id: 'web-pause-20260302T090000Z',
      kind: 'pause',
      by: 'ann',
      reason: 'moving',
      since: NOON,
      until: NOON + minutes(120),
    });
  });

  test('says what it takes the place of', async () => {
    const { account } = anAccount({ web: anOverride({ by: 'bob' }) });
    const { stderr } = await run(account, 'pause', 'web', '--for', '2h', '--reason', 'moving');

    expect(stderr).toContain('before, it was paused by bob until 2026-03-02 09:59 UTC');
  });

  test('takes the table that is named, and asks for no stack', async () => {
    const { account, asked } = anAccount();
    await run(account, 'pause', 'web', '--for', '2h', '--reason', 'x', '--table', 'mine');

    expect(asked).toEqual(['table mine']);
  });

  test('changes nothing when somebody else changed the same override at the same time', async () => {
    const { account } = anAccount();
    const racing: Account = {
      ...account,
      overridesIn: (table) => ({ ...account.overridesIn(table), write: async () => false }),
    };
    const { code, stderr } = await run(racing, 'pause', 'web', '--for', '2h', '--reason', 'x');

    expect({ code, stderr }).toEqual({
      code: 3,
      stderr:
        'tidegate: somebody else changed the same override at the same time\n  nothing was written; see what holds now: tidegate overrides\n',
    });
  });
});

describe('tidegate pin and cap', () => {
  test.each(['pin', 'cap'] as const)('%s keeps the capacity', async (kind) => {
    const { account, overrides } = anAccount();
    const until = ['--until', '2026-03-02T18:00:00Z', '--reason', 'sale', '--by', 'bob'];
    const { stdout } = await run(account, kind, 'web', '8', ...until);

    expect(stdout).toBe(
      `${PLACE}web is ${kind === 'pin' ? 'pinned to' : 'capped at'} 8 by bob until 2026-03-02 18:00 UTC: sale\n`,
    );
    expect(overrides.get('web')).toMatchObject({ kind, capacity: 8 });
  });

  test('a group without bounds of its own may be pinned to anything', async () => {
    const { account } = anAccount();
    const { code } = await run(account, 'pin', 'batch', '999', '--for', '1h', '--reason', 'x');

    expect(code).toBe(0);
  });
});

describe('what cannot be done is refused before anything is asked of AWS', () => {
  const WEB = ['--reason', 'x', '--for', '2h'];

  test.each([
    {
      args: ['pause', 'wbe', ...WEB],
      says: 'there is no group named "wbe" in the configuration\n  did you mean "web"?',
    },
    {
      args: ['pause', 'nothing-like-it', ...WEB],
      says: 'there is no group named "nothing-like-it" in the configuration\n  there are web, batch',
    },
    { args: ['pin', 'web', '12', ...WEB], says: '12 is above the maximum of 10' },
    { args: ['cap', 'web', '1', ...WEB], says: '1 is below the minimum of 2' },
    { args: ['pin', 'web', '-3', ...WEB], says: 'expected a whole number of units' },
    { args: ['pin', 'web', 'many', ...WEB], says: 'expected a whole number of units, such as 12' },
    { args: ['pause', 'web', '--for', '2h'], says: "required option '--reason <text>'" },
    { args: ['pause', 'web', '--reason', 'x'], says: 'no end was given: use --for 2h, or --until' },
    {
      args: ['pause', 'web', '--reason', 'x', '--for', '2 hours'],
      says: '--for: "2 hours" is not a duration; expected a whole number with its unit: 90s, 5m, 1h or 2d\n  did you mean "2h"?',
    },
    {
      args: ['pause', 'web', '--reason', 'x', '--until', 'tomorrow'],
      says: '--until: found "tomorrow"; expected a time with its zone, such as 2026-03-02T18:00:00Z',
    },
    {
      args: ['pause', 'web', '--reason', 'x', '--until', '2026-03-02T08:00:00Z'],
      says: 'found an end at 2026-03-02T08:00:00.000Z; an override lasts from 1m to 30d, counted from now',
    },
    { args: ['pause', 'web', '--reason', 'x', '--for', '31d'], says: 'from 1m to 30d' },
    { args: ['pause', 'web', ...WEB, '--config', 'no.yml'], says: 'cannot read no.yml' },
  ])('$args', async ({ args, says }) => {
    const { code, stderr, stdout } = await run(undefined, ...args);

    expect(stderr).toContain(says);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

describe('tidegate resume', () => {
  test('ends what holds the group, and keeps who did it', async () => {
    const { account, overrides } = anAccount({ web: anOverride() });
    const { code, stdout } = await run(account, 'resume', 'web', '--reason', 'done', '--by', 'bob');

    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `${PLACE}web is under its rules again; it was paused by ann until 2026-03-02 09:59 UTC: moving the database\n`,
    });
    expect(overrides.get('web')?.ended).toEqual({ by: 'bob', at: NOON, reason: 'done' });
  });

  test('of a group that nothing holds says so', async () => {
    const { account } = anAccount({ web: anOverride({ until: NOON }) });

    expect(await run(account, 'resume', 'web')).toEqual({
      code: 0,
      stderr: '',
      stdout: `${PLACE}web is under its rules already: nothing holds it\n`,
    });
  });

  test('changes nothing when somebody else changed the same override at the same time, or the group is unknown', async () => {
    const { account } = anAccount({ web: anOverride() });
    const racing: Account = {
      ...account,
      overridesIn: (table) => ({ ...account.overridesIn(table), write: async () => false }),
    };

    expect((await run(racing, 'resume', 'web')).code).toBe(3);
    expect((await run(account, 'resume', 'wbe')).code).toBe(2);
  });
});

describe('tidegate overrides', () => {
  test('lists every group, and what holds it', async () => {
    const { account } = anAccount({ web: anOverride() });
    const { stdout } = await run(account, 'overrides');

    expect(stdout).toBe(
      `${PLACE}web is paused by ann until 2026-03-02 09:59 UTC: moving the database\nbatch is under its rules\n`,
    );
  });

  test('lists them for programs', async () => {
    const override = anOverride();
    const { account } = anAccount({ web: override });
    const { stdout } = await run(account, 'overrides', '--json');

    expect(JSON.parse(stdout)).toEqual({
      schemaVersion: 1,
      command: 'overrides',
      exitCode: 0,
      deployment: aDeployment(),
      groups: [{ group: 'web', override }, { group: 'batch' }],
    });
  });

  test('needs a configuration', async () => {
    expect((await run(undefined, 'overrides', '--config', 'no.yml')).code).toBe(2);
  });
});

describe('an account that cannot be reached', () => {
  const failing = (error: Error): Account =>
    accountWith([], { deployments: () => Promise.reject(error) });
  const named = (name: string, message: string) => Object.assign(new Error(message), { name });

  test.each([
    {
      error: named('Error', 'Region is missing'),
      exit: 2,
      says: 'no AWS Region is set',
      hint: 'export AWS_REGION',
    },
    {
      error: named('CredentialsProviderError', 'Could not load'),
      exit: 3,
      says: 'Could not load',
      hint: 'aws sso login',
    },
    {
      error: named('AccessDenied', 'no'),
      exit: 3,
      says: 'AWS does not allow it: AccessDenied: no',
      hint: 'docs/cli.md lists the permissions',
    },
    {
      error: named('ValidationError', 'Stack x does not exist'),
      exit: 3,
      says: 'Stack x does not exist',
      hint: '--stage, --service, --region',
    },
    {
      error: named('MissingResource', 'the stack tidegate-dev has no AlarmTopic'),
      exit: 3,
      says: 'what is deployed is not whole, or is of another version: MissingResource: the stack tidegate-dev has no AlarmTopic',
      hint: 'npx serverless deploy --force',
    },
    {
      error: named('TimeoutError', 'slow'),
      exit: 3,
      says: 'AWS gave no answer: TimeoutError: slow',
      hint: 'check the network and the Region',
    },
    {
      error: Object.assign(named('Odd', 'who knows'), { $fault: 'server' }),
      exit: 3,
      says: 'AWS refused: Odd: who knows',
      hint: 'the answer of AWS',
    },
    {
      error: Object.assign(named('Error', '<html>\n  Deserialization error: to see …'), {
        $metadata: { httpStatusCode: 500 },
      }),
      exit: 3,
      says: 'the answer cannot be read: <html>\n  it is no answer',
      hint: 'it is no answer of AWS: look for a proxy between',
    },
    {
      error: named('TypeError', 'x is undefined'),
      exit: 70,
      says: 'a bug in Tidegate: TypeError: x is undefined',
      hint: 'TIDEGATE_DEBUG=1',
    },
  ])('says what may help: $hint', async ({ error, exit, says, hint }) => {
    for (const args of [
      ['overrides'],
      ['resume', 'web'],
      ['pause', 'web', '--for', '1h', '--reason', 'x'],
      ['doctor'],
    ]) {
      const { code, stderr, stdout } = await run(failing(error), ...args);

      expect({ args, code, stdout }).toEqual({ args, code: exit, stdout: '' });
      expect(stderr).toContain(says);
      expect(stderr).toContain(hint);
    }
  });

  test('an answer that cannot be read is laid at the door of whoever gave it', async () => {
    const unreadable = Object.assign(named('Error', 'Deserialization error'), { $metadata: {} });
    const { code, stderr } = await runCli(['overrides'], {
      cwd: folder,
      account: failing(unreadable),
      env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:5000' },
    });

    expect(code).toBe(3);
    expect(stderr).toContain(
      'it came from AWS_ENDPOINT_URL, http://127.0.0.1:5000, and not from AWS',
    );
  });

  test('a bug shows where it is to those who ask', async () => {
    const account = failing(named('TypeError', 'x is undefined'));
    const { stderr } = await runCli(['overrides'], {
      cwd: folder,
      account,
      env: { TIDEGATE_DEBUG: '1' },
    });

    expect(stderr).toMatch(/a bug in Tidegate: TypeError: x is undefined\n.*\n\s+at /);
  });

  test('and a stack without a table says how to name it', async () => {
    const { code, stderr } = await run(accountWith(), 'overrides');

    expect(code).toBe(3);
    expect(stderr).toContain('the stack tidegate-dev has no table\n  name it: --table');
  });
});
