import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CapacityDecision } from '#domain/ledger/decision.ts';
import type { Override } from '#domain/ledger/override.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Cloud } from '#simulator/cloud.ts';
import { type Run, runCli } from '#test/cli/run-cli.ts';
import { accountWith, aDeployment, PLACE } from '#test/support/a-deployment.ts';
import { aScaleHead, minutes, NOON } from '#test/support/builders.ts';
import { simulatedAccount } from '#test/support/simulated-account.ts';
import { DAY_RULES_TEXT, watchDay } from '#test/support/watched-day.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidegate-undo-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'tidegate.yml'), DAY_RULES_TEXT);

/** An account whose ledger has this head of web, and what is written to it. */
const anAccount = (head = aScaleHead()) => {
  const written: Override[] = [];
  const account = accountWith([aDeployment()], {
    tableOf: async () => 'the-table',
    overridesIn: () => ({
      read: async () => undefined,
      write: async (_group, override) => {
        written.push(override);
        return true;
      },
    }),
    readsIn: async () =>
      ({
        scale: { ledger: { read: async () => new Map([['web', { head }]]) } },
        heal: {},
      }) as never,
  });
  const run = (...args: string[]) => runCli(['undo', 'web', ...args], { cwd: folder, account });
  return { run, written };
};

const OUT = { at: NOON - minutes(4), from: 6, to: 9 };

describe('tidegate undo', () => {
  test('pins the group to the capacity before its last change, with a reason and an end', async () => {
    const { run, written } = anAccount(aScaleHead({ lastScaleOut: OUT }));
    const { code, stdout, stderr } = await run();
    const reason = 'takes back the change from 6 to 9 at 2026-03-02 08:56 UTC';

    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `${PLACE}web is pinned to 6 by ann until 2026-03-02 10:00 UTC: ${reason}\n`,
    });
    expect(stderr).toContain('tidegate resume web --stage dev --region eu-central-1');
    expect(written).toEqual([
      {
        id: 'web-pin-20260302T090000Z',
        kind: 'pin',
        capacity: 6,
        by: 'ann',
        reason,
        since: NOON,
        until: NOON + minutes(60),
      },
    ]);
  });

  test('takes the newest change, whoever made it', async () => {
    const lastScaleIn = { at: NOON - minutes(3), from: 9, to: 8 };
    const foreign = { at: NOON - minutes(2), from: 8, to: 20 };
    const ours = anAccount(aScaleHead({ lastScaleOut: OUT, lastScaleIn }));
    const theirs = anAccount(aScaleHead({ lastScaleOut: OUT, lastScaleIn, foreign }));

    await ours.run('--for', '30m', '--reason', 'too few');
    await theirs.run();
    expect(ours.written).toMatchObject([
      { capacity: 9, reason: 'too few', until: NOON + minutes(30) },
    ]);
    expect(theirs.written).toMatchObject([
      {
        capacity: 8,
        reason: expect.stringMatching(/^takes back somebody else’s change from 8 to 20/),
      },
    ]);
  });

  test('writes nothing where no change is known, or the file does not allow what was before', async () => {
    const none = anAccount();
    const beyond = anAccount(aScaleHead({ lastScaleOut: { ...OUT, from: 2 } }));

    expect(await none.run()).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no change of web is known'),
    });
    expect(await beyond.run()).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('2 is below the minimum of 3'),
    });
    expect([...none.written, ...beyond.written]).toEqual([]);
  });

  test('refuses two ends, and an empty reason, before it asks AWS', async () => {
    const { run } = anAccount(aScaleHead({ lastScaleOut: OUT }));

    expect(await run('--for', '1h', '--until', '2026-03-02T18:00:00Z')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('give two ends'),
    });
    expect(await run('--reason', ' ')).toMatchObject({ code: 2 });
  });
});

describe('an undo in the middle of a day', () => {
  const after: CapacityDecision[] = [];
  const titles: string[] = [];
  let undone: Run | undefined;
  let [before, at] = [0, 0];

  const undoOnce = async (cloud: Cloud, now: Instant): Promise<void> => {
    const change = cloud.scaleLedger.head('web')?.lastScaleOut;
    if (undone !== undefined || change === undefined || now - change.at > minutes(3)) return;
    [before, at] = [change.from, now];
    const account = simulatedAccount(cloud, () => now);
    undone = await runCli(['undo', 'web', '--for', '20m'], {
      cwd: folder,
      account,
      now: () => now,
    });
  };

  beforeAll(async () => {
    await watchDay({
      onMinute: undoOnce,
      onDecision: (decision) => {
        const isOfWeb = decision.kind === 'capacity' && decision.group === 'web';
        if (isOfWeb && decision.at > at && decision.at < at + minutes(20)) after.push(decision);
      },
      listen: (event) => {
        if (event.kind === 'received') titles.push(event.received.message.title);
      },
    });
  }, 60_000);

  test('takes the group back and keeps it there until its end', () => {
    const moves = after.filter(({ from, to }) => from !== to);

    expect(undone?.code).toBe(0);
    expect(moves).toMatchObject([{ to: before, reason: 'Pinned' }]);
  });

  test('is announced as every override is', () => {
    expect(titles).toContain('web was taken in hand');
  });
});
