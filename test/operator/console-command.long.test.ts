import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readRanges } from '#aws/cloudwatch/read-ranges.ts';
import type { PageAction, PageAnswer, PageData, StoryText } from '#console/page/data.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Cloud } from '#simulator/cloud.ts';
import { type Run, runCli } from '#test/cli/run-cli.ts';
import { PLACE } from '#test/support/a-deployment.ts';
import { simulatedAccount } from '#test/support/simulated-account.ts';
import { DAY_RULES_TEXT, watchDay } from '#test/support/watched-day.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidegate-console-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'tidegate.yml'), DAY_RULES_TEXT);

let cloud: Cloud;
let now: () => Instant;
let asked: number;
beforeAll(async () => {
  ({ cloud, now } = await watchDay());
}, 120_000);

/** Somebody at the page: what it asks its server for, as a browser would. */
const pageAt = (address: string) => {
  const get = async <T>(path: string): Promise<T> =>
    (await (await fetch(`${address}${path}`)).json()) as T;
  return {
    data: () => get<PageData>('data'),
    story: (id: string) =>
      get<{ story: StoryText }>(`story?${new URLSearchParams({ group: 'web', id })}`),
    act: async (action: PageAction): Promise<PageAnswer> => {
      const response = await fetch(`${address}act`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: new URL(address).origin },
        body: JSON.stringify(action),
      });
      return (await response.json()) as PageAnswer;
    },
  };
};

/** Runs the command, and is at its page until that is done. */
const open = async (
  visit: (page: ReturnType<typeof pageAt>) => Promise<void>,
  ...args: readonly string[]
): Promise<Run> => {
  asked = 0;
  const account = {
    ...simulatedAccount(cloud, now),
    recorder: async () => ({
      readLaunchHistory: async () => [],
      readRanges: async (...range: Parameters<ReturnType<typeof readRanges>>) => {
        asked += 1;
        return readRanges(cloud.cloudWatch)(...range);
      },
    }),
  };
  let told = '';
  return runCli(['console', ...args], {
    cwd: folder,
    account,
    now,
    hear: (text) => {
      told += text;
    },
    wait: async () => {
      await visit(pageAt(/http:\S+/.exec(told)?.[0] ?? ''));
      return false;
    },
  });
};

describe('tidegate console', () => {
  test('says where it is, prints the address, and ends with its page', async () => {
    const { code, stdout, stderr } = await open(async () => {});
    const address = /http:\S+/.exec(stderr)?.[0] ?? '';

    expect([code, stdout]).toEqual([0, `${PLACE}the console has ended\n`]);
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\/$/);
    await expect(fetch(address)).rejects.toThrow();
  });

  test('shows all groups with the day that the ledger and CloudWatch have of them', async () => {
    let data: PageData | undefined;
    await open(async (page) => {
      data = await page.data();
      await page.data();
    });
    const [web, api] = data?.groups ?? [];

    expect([web?.name, api?.name]).toEqual(['web', 'api']);
    expect(web?.charts.map(({ title }) => title)).toEqual([
      'Demand',
      'Capacity',
      'cpu',
      'Response time',
    ]);
    expect(web?.charts[2]?.thresholds.map(({ value }) => value)).toEqual([60, 85, 35]);
    expect(web?.marks.length).toBeGreaterThan(80);
    expect(web?.times.length).toBe(24 * 60 + 1);
    expect(data?.controls).toEqual({ user: 'ann' });
    // Two groups, and two looks within a minute.
    expect(asked).toBe(2);
  });

  test('shows a shorter time when it is told to', async () => {
    let times = 0;
    await open(
      async (page) => {
        times = (await page.data()).groups[0]?.times.length ?? 0;
      },
      '--since',
      '2h',
    );

    expect(times).toBe(2 * 60 + 1);
  });

  test('tells a decision in the words of why', async () => {
    const id = cloud.scaleLedger.entries.find(({ decision }) => decision.group === 'web')?.decision
      .id;
    let story: StoryText | undefined;
    await open(async (page) => {
      ({ story } = await page.story(id ?? ''));
    });
    const why = await runCli(['why', 'web', id ?? ''], {
      cwd: folder,
      account: simulatedAccount(cloud, now),
      now,
    });

    expect(story?.parts.length).toBeGreaterThan(4);
    for (const text of [
      story?.title ?? '',
      ...(story?.parts ?? []).flatMap(({ texts }) => texts),
    ]) {
      expect(why.stdout).toContain(text);
    }
  });

  test('pauses and resumes a group as the commands do, under the name of the person', async () => {
    const answers: PageAnswer[] = [];
    await open(
      async (page) => {
        answers.push(
          await page.act({ kind: 'pause', group: 'web', for: '1h', reason: 'a look' }),
          await page.act({ kind: 'speed', speed: 60 }),
        );
      },
      '--by',
      'eve',
    );

    expect(cloud.overrides.get('web')).toMatchObject({
      kind: 'pause',
      by: 'eve',
      reason: 'a look',
    });
    expect(answers.map(({ isDone }) => isDone)).toEqual([true, false]);
    await open(async (page) => {
      answers.push(await page.act({ kind: 'resume', group: 'web', reason: '' }));
    });
    expect(answers.at(-1)?.isDone).toBe(true);
    expect(cloud.overrides.get('web')?.ended?.by).toBe('ann');
  });

  test('refuses a port that is none', async () => {
    const { code, stderr } = await runCli(['console', '--port', '70000'], { cwd: folder });

    expect(code).toBe(2);
    expect(stderr).toContain('expected a port from 1 to 65535');
  });
});
