import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Instant } from '#domain/time/instant.ts';
import type { Cloud } from '#simulator/cloud.ts';
import { DAY_START } from '#simulator/day/day.ts';
import { type Run, runCli } from '#test/cli/run-cli.ts';
import { PLACE } from '#test/support/a-deployment.ts';
import { minutes } from '#test/support/builders.ts';
import { simulatedAccount } from '#test/support/simulated-account.ts';
import { DAY_RULES_TEXT, watchDay } from '#test/support/watched-day.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidegate-status-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'tidegate.yml'), DAY_RULES_TEXT);

/** From 13:00 on a crowd is there; at 09:31 a target fails. */
const CROWD = 13 * 60;
const SICK = 9 * 60 + 31;

type Said = Readonly<{ text: Run; json: Run; watch: Run }>;
const said: { sick?: Said; held?: Said } = {};
let heldAt: Instant = 0;

const sayAll = async (cloud: Cloud, now: Instant): Promise<Said> => {
  const run = (...args: string[]) =>
    runCli(['status', ...args], {
      cwd: folder,
      account: simulatedAccount(cloud, () => now),
      now: () => now,
    });
  return { text: await run('web'), json: await run('--json'), watch: await run('web', '--watch') };
};

beforeAll(async () => {
  await watchDay({
    onMinute: async (cloud, now) => {
      const minute = (now - DAY_START) / minutes(1);
      if (minute === SICK) said.sick = await sayAll(cloud, now);
      if (minute < CROWD || said.held !== undefined) return;
      const all = await sayAll(cloud, now);
      if (!all.text.stdout.includes('cooldown holds')) return;
      [said.held, heldAt] = [all, now];
    },
  });
}, 60_000);

describe('tidegate status', () => {
  test('names the deployment, the sweep and the group', () => {
    const [place, sweep, , group] = (said.held?.text.stdout ?? '').split('\n');

    expect(`${place}\n`).toBe(PLACE);
    expect(sweep).toMatch(/^the sweep looked \d+ s ago$/);
    expect(group).toBe('web (web-prod)');
  });

  test('shows capacity, rules with their metrics as bars, the next look and the gates', () => {
    const text = said.held?.text.stdout ?? '';

    expect(text).toMatch(
      /^ {2}capacity {4}\d+ desired, \d+ in service, \d+ starting; from 3 \(tidegate.yml\) to 24 \(tidegate.yml\)$/m,
    );
    expect(text).toMatch(/^ {2}next look {3}web /m);
    expect(text).toMatch(/^ {2}rules {7}cpu-high {6}[█░│]{16} cpu [\d.]+ of 60$/m);
    expect(text).toMatch(/asks for \d+: cpu > 60 for 3m \(in ALARM for /);
    expect(text).toMatch(/^ {2}gate {8}cooldown holds for .* more: the change from /m);
    expect(text).toMatch(/^ {2}last change .* ago, web \d+ → \d+: /m);
  });

  test('names who is sick', () => {
    expect(said.sick?.text.stdout ?? '').toMatch(
      /^ {2}health {6}\d+ of \d+ targets healthy; web /m,
    );
    expect(said.sick?.text.stdout ?? '').toMatch(
      /^ {2}sick {8}\S+:80 for .*: Target.FailedHealthChecks/m,
    );
  });

  test('says the same to programs, of all groups', () => {
    const { stdout, code } = said.held?.json ?? { stdout: '{}', code: 1 };
    const told = JSON.parse(stdout);

    expect(code).toBe(0);
    expect(told).toMatchObject({
      schemaVersion: 1,
      command: 'status',
      exitCode: 0,
      deployment: { stack: 'tidegate-dev' },
      at: heldAt,
      channels: [],
      groups: [{ group: 'web', next: { reason: 'CoolingDown' } }, { group: 'api' }],
    });
    expect(told.groups[0].gates[0]).toMatchObject({
      stage: 'cooldown',
      until: expect.any(Number),
    });
  });

  test('looks again until it is ended', () => {
    expect(said.held?.watch.stdout).toContain('\n\nended after 1 look\n');
  });

  test('does not watch for programs', async () => {
    const { code, stderr } = await runCli(['status', '--watch', '--json'], { cwd: folder });

    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'tidegate: --watch is for people, and --json prints one object\n  give one of them\n',
    });
  });
});
