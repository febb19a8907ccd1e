import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Decision, TraceLine } from '#domain/ledger/decision.ts';
import type { Cloud } from '#simulator/cloud.ts';
import { DAY_START } from '#simulator/day/day.ts';
import { runCli } from '#test/cli/run-cli.ts';
import { PLACE } from '#test/support/a-deployment.ts';
import { minutes } from '#test/support/builders.ts';
import { simulatedAccount } from '#test/support/simulated-account.ts';
import { DAY_RULES_TEXT, watchDay } from '#test/support/watched-day.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidegate-history-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'tidegate.yml'), DAY_RULES_TEXT);

const MIDNIGHT = DAY_START + minutes(1_440);
let cloud: Cloud;

beforeAll(async () => {
  ({ cloud } = await watchDay());
}, 60_000);

const run = (...args: string[]) =>
  runCli(args, {
    cwd: folder,
    account: simulatedAccount(cloud, () => MIDNIGHT),
    now: () => MIDNIGHT,
  });

/** The decisions that the day has recorded, of both lanes, the oldest first. */
const recorded = (): readonly Decision[] =>
  [...cloud.scaleLedger.entries, ...cloud.healLedger.entries]
    .flatMap((entry) => (entry.kind === 'open' ? [entry.decision] : []))
    .toSorted((a, b) => a.at - b.at);

const isoOf = (at: number): string => new Date(at).toISOString();

describe('tidegate history', () => {
  test('lists every decision of the day once, the newest last', async () => {
    const { stdout } = await run('history', '--json');
    const { decisions } = JSON.parse(stdout);
    const sorted = (ids: readonly string[]) => ids.toSorted();

    expect(sorted(decisions.map(({ id }: Decision) => id))).toEqual(
      sorted(recorded().map(({ id }) => id)),
    );
    const times = decisions.map(({ at }: Decision) => at);
    expect(times).toEqual(times.toSorted((a: number, b: number) => a - b));
  });

  test('says of each when it was, how it ended, and its sentence', async () => {
    const { code, stdout, stderr } = await run('history', 'web', '--changes');
    const [place, first] = stdout.split('\n');

    expect(code).toBe(0);
    expect(stderr).toContain('  times are UTC; one of them as a story: tidegate why GROUP ID\n');
    expect(`${place}\n`).toBe(PLACE);
    expect(first).toMatch(
      /^2026-03-02 \d{2}:\d{2}:\d{2} {2}web-\d+ +applied {5}web \d+ → \d+: .* \(Scaled(Out|In)\)$/,
    );
    expect(stdout).not.toContain(' held ');
  });

  test('begins where it is told to, and leaves out the oldest of too many', async () => {
    const since = DAY_START + minutes(900);
    const late = await run('history', 'web', '--since', '9h', '--json');
    const few = await run('history', 'web', '--most', '3');

    const { decisions } = JSON.parse(late.stdout);
    expect(decisions.every(({ at }: Decision) => at >= since)).toBe(true);
    expect(few.stdout.trimEnd().split('\n')).toHaveLength(4);
    expect(few.stderr).toContain('there are older ones: say --most, or a later --since');
  });

  test('says that there is nothing', async () => {
    const { stdout } = await run('history', 'web', '--since', isoOf(MIDNIGHT));

    expect(stdout).toBe(
      `${PLACE}no decision was recorded since 2026-03-03T00:00:00.000Z: nothing new was decided\n`,
    );
  });

  test('refuses what is no time', async () => {
    expect(await run('history', 'web', '--since', 'yesterday')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--since: found "yesterday"; expected how long ago'),
    });
    expect(await run('history', 'web', '--most', '0')).toMatchObject({ code: 2 });
  });
});

/** The story has a line with all that a stage said: its name, its capacity, its sentence and its reason. */
const isToldIn = (
  story: string,
  { stage, verdict, detail, reason, ...line }: TraceLine,
): boolean => {
  const { subject = '', capacity = '' } = line;
  const name = stage === 'rule' || stage === 'combine' ? subject : stage;
  if (verdict === 'pass') return new RegExp(`let it pass: .*\\b${stage}\\b`).test(story);
  return story
    .split('\n')
    .filter((each) => each.endsWith(`${detail} (${reason})`))
    .some((each) => each.includes(name) && each.includes(String(capacity)));
};

describe('tidegate why', () => {
  test('tells what was seen in four figures at most, and groups of thousands', async () => {
    const seen = recorded()
      .filter(({ group }) => group === 'api')
      .slice(0, 20);
    for (const { group, id } of seen) {
      const { stdout } = await run('why', group, id);
      const [, ...figures] =
        /^ +cpu (?:at least )?(\S+?) until \d\d:\d\d:\d\d, \d+ \w+(?: \d+ s)? before$/m.exec(
          stdout,
        ) ?? [];

      expect(figures).toEqual([expect.stringMatching(/^\d[\d.]{0,4}$/)]);
    }
  });

  test('names the reason, the numbers and the gates of 200 decisions as their records have them', async () => {
    const decisions = recorded().slice(0, 200);
    expect(decisions).toHaveLength(200);

    for (const decision of decisions) {
      const { stdout } = await run('why', decision.group, decision.id);

      expect(stdout).toContain(`\n${decision.summary}\n${decision.id}, decided at `);
      expect(stdout).toContain(`(${decision.reason})`);
      expect(decision.trace.filter((line) => !isToldIn(stdout, line))).toEqual([]);
    }
  }, 60_000);

  test('tells all of a change: what was seen, AWS’s answer and who was told', async () => {
    const change = recorded().find(({ reason }) => reason === 'ScaledOut');
    const { stdout, stderr } = await run('why', change?.group ?? '', change?.id ?? '');

    expect(stdout).toMatch(
      /^ {2}seen {6}\d+ desired from \d+ to \d+, \d+ instances in service, \d+ on their way$/m,
    );
    expect(stdout).toMatch(/^ {2}rules {5}\S+ asks for /m);
    expect(stdout).toMatch(/^ {2}then {6}AWS agreed after \d+ ms$/m);
    expect(stdout).toMatch(/^ {2}told {6}slack: sent$/m);
    expect(stderr).toBe(
      `  all of it, for replay and decide: tidegate why ${change?.group} ${change?.id} --record\n`,
    );
  });

  test('tells the last one when none is named', async () => {
    const last = recorded().findLast(({ group }) => group === 'api');

    expect((await run('why', 'api')).stdout).toContain(`\n${last?.id}, decided at `);
  });

  test('says what held at a time at which nothing was recorded', async () => {
    const [first, second] = recorded().filter(({ group }) => group === 'web');
    const between = ((first?.at ?? 0) + (second?.at ?? 0)) / 2;
    const { stdout } = await run('why', 'web', isoOf(between));
    const json = JSON.parse((await run('why', 'web', isoOf(between), '--json')).stdout);

    expect(stdout).toContain(
      'whoever looked decided the same again, or nobody had to look. The one before still held:',
    );
    expect(stdout).toContain(`\n${first?.id}, decided at `);
    expect(json).toMatchObject({ isBefore: true, decision: { id: first?.id } });
  });

  test('finds the one of a minute by the clock alone', async () => {
    const decision = recorded().findLast(({ group }) => group === 'web');
    const clock = isoOf(decision?.at ?? 0).slice(11, 16);
    const { stdout } = await run('why', 'web', clock);

    expect(stdout).toContain(`\n${decision?.id}, decided at `);
    expect(stdout).not.toContain('still held');
  });

  test('prints a record that replays to the same decision', async () => {
    const decision = recorded().findLast(({ reason }) => reason === 'ScaledIn');
    const { stdout } = await run('why', decision?.group ?? '', decision?.id ?? '', '--record');
    writeFileSync(join(folder, 'record.json'), stdout);

    expect(await run('replay', 'record.json')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('the same decision, byte for byte'),
    });
  });

  test.each([
    [['why', 'web', 'web-999999'], 'the ledger has no decision web-999999 of web'],
    [['why'], 'say which group\n  there are web, api'],
    [
      ['why', 'web', '25:00'],
      'TIME: found "25:00"; a day has no such minute\n  expected a time of the day in UTC, from 00:00 to 23:59',
    ],
    [['why', 'web', '2026-03-01T00:00:00Z'], 'no decision on web was recorded at 2026-03-01'],
  ])('%j is refused with a way out', async (args, says) => {
    const { code, stderr } = await run(...args);

    expect(code).toBe(2);
    expect(stderr).toContain(says);
  });
});
