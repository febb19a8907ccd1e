import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { recordSweep } from '#aws/dynamodb/last-sweep.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Cloud } from '#simulator/cloud.ts';
import { runCli } from '#test/cli/run-cli.ts';
import { PLACE } from '#test/support/a-deployment.ts';
import { minutes } from '#test/support/builders.ts';
import { simulatedAccount } from '#test/support/simulated-account.ts';
import { DAY_RULES_TEXT, watchDay } from '#test/support/watched-day.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidegate-plan-'));
afterAll(() => rmSync(folder, { recursive: true }));

const NEW = DAY_RULES_TEXT.replace('cpu > 60 for 3m, then: add 20%', 'cpu > 55 for 3m, then: add 4')
  .replace('scaleOut: { cooldown: 3m }', 'scaleOut: { cooldown: 1m }')
  .replace('target: 50', 'target: 10')
  .replace('channels:\n', 'channels:\n    mail: { email: ops@example.com }\n')
  .replace(/ {6}cpu-low: .*\n/, '');
writeFileSync(join(folder, 'tidegate.yml'), DAY_RULES_TEXT);
writeFileSync(join(folder, 'new.yml'), NEW);

let cloud: Cloud;
let now: Instant;

beforeAll(async () => {
  const day = await watchDay();
  ({ cloud } = day);
  now = day.now() + minutes(1);
  const source = { hash: '9f86d081884c7d65', text: DAY_RULES_TEXT.trimEnd() };
  await recordSweep(cloud.scaleLedger.client, 'tidegate-dev', { source, by: 'ann' })(now);
}, 60_000);

const run = (...args: string[]) =>
  runCli(['plan', ...args], {
    cwd: folder,
    account: simulatedAccount(cloud, () => now),
    now: () => now,
  });

describe('tidegate plan', () => {
  test('ends with 0 where nothing would change', async () => {
    expect(await run()).toMatchObject({
      code: 0,
      stdout: `${PLACE}Nothing would change: this file is deployed.\n`,
    });
  });

  test('tells rules in words, alarms by their fields, channels and mails to be confirmed', async () => {
    const { code, stdout } = await run('new.yml');

    expect(code).toBe(2);
    for (const line of [
      '    rule cpu-high: while cpu > 60 for 3m, add 20% → while cpu > 55 for 3m, add 4',
      '    rule cpu-low is removed: while cpu < 35 for 10m, remove 1',
      '    behavior.scaleOut.cooldown: 3 min → 1 min',
      '  ~ tidegate-dev-web-cpu-high',
      '    Threshold: 60 → 55',
      '  - tidegate-dev-web-cpu-low',
      '  + mail',
      '  ops@example.com',
    ]) {
      expect(stdout).toContain(`\n${line.startsWith('    ') ? `  ${line}` : line}\n`);
    }
    expect(stdout).toMatch(/\n {2}\+ NotifyRole \w+\n/);
    expect(stdout).toMatch(
      /\nPlan: groups 0 made, 2 changed, 0 removed; alarms 0 made, 1 changed, 1 removed; /,
    );
  });

  test('names settings as the file does, with their units', async () => {
    const calm = DAY_RULES_TEXT.replace(
      'scaleIn: { cooldown: 5m }',
      'scaleIn: { cooldown: 5m, stabilize: 8m, tolerance: 20% }',
    );
    writeFileSync(
      join(folder, 'calm.yml'),
      `${calm}  report: { every: monday 08:00, to: [slack] }\n`,
    );
    const { stdout } = await run('calm.yml');

    expect(stdout).toContain('behavior.scaleIn.stabilize: 0 s → 8 min');
    expect(stdout).toContain('behavior.scaleIn.tolerance: 10% → 20%');
    expect(stdout).not.toMatch(/Seconds|Percent/);
  });

  test('puts what changes on its line, for a pull request', async () => {
    const { code, stdout } = await run('new.yml', '--format', 'github');
    const lines = stdout.split('\n').filter((line) => line.startsWith('::'));

    expect(code).toBe(2);
    expect(lines[0]).toBe(
      '::notice file=new.yml,line=17,col=3,title=api is changed::rule load: keep cpu at 50 → keep cpu at 10',
    );
  });

  test('says what each group would do by the new rules beside the present ones', async () => {
    const { stdout } = await run('new.yml');

    expect(stdout).toMatch(
      /\n {2}~ api\n {6}by the present rules: api .*\n {6}by the new rules: {5}api .* for a target of 10/,
    );
  });

  test('has all of it for programs', async () => {
    const { stdout, code } = await run('new.yml', '--json');

    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'plan',
      exitCode: 2,
      deployed: '9f86d081884c7d65',
      file: 'new.yml',
      changes: {
        groups: [
          { kind: 'changed', name: 'api' },
          { kind: 'changed', name: 'web' },
        ],
        toConfirm: ['ops@example.com'],
      },
      previews: [{ group: 'web' }, { group: 'api' }],
    });
  });

  test('says that what is deployed is not known', async () => {
    const { code, stderr } = await runCli(['plan'], {
      cwd: folder,
      account: simulatedAccount(cloud, () => 0),
      now: () => 0,
    });

    expect(code).toBe(2);
    expect(stderr).toContain('what is deployed is not known');
  });
});
