import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { runCli } from '#test/cli/run-cli.ts';
import { type StageChange, stageIn } from '#test/support/a-deployed-stage.ts';
import { minutes, NOON, seconds } from '#test/support/builders.ts';

const RULES = `version: 1
groups:
  web:
    autoScalingGroup: web-prod
    capacity: { min: 2, max: 10 }
    metrics: { cpu: { preset: asg-cpu } }
    rules:
      cpu-high: { when: cpu > 70 for 3m, then: add 2 }
`;
const folder = mkdtempSync(join(tmpdir(), 'tidegate-drill-load-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'tidegate.yml'), RULES);

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** A server on this machine, and how many requests have reached it. */
const aTarget = async (listener?: RequestListener) => {
  const seen = { count: 0 };
  const server = createServer((request, response) => {
    seen.count += 1;
    if (listener === undefined) response.end('well');
    else listener(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { seen, url: `http://127.0.0.1:${port}/` };
};

/** A deployed group under a target, and the command that loads it with four requests a second for two minutes. */
const aStage = async (change: StageChange & { listener?: RequestListener } = {}) => {
  const { listener, ...rest } = change;
  const stage = await stageIn(folder, { deployed: RULES, ...rest });
  const target = await aTarget(listener);
  const load = (...args: string[]) => {
    const asked = ['--target', target.url, '--group', 'web', '--rate', '4', '--for', '2m'];
    return stage.run('drill', 'load', ...asked, '--shape', 'sustained', ...args);
  };
  const mine = (...args: string[]) => load('--yes-this-is-mine', ...args);
  return { ...stage, ...target, load, mine };
};

/** CloudWatch's CPU of the group in a minute after noon. */
const cpu = { namespace: 'AWS/EC2', metricName: 'CPUUtilization' };
const ofGroup = { ...cpu, dimensions: { AutoScalingGroupName: 'web-prod' } };

describe('tidegate drill load', () => {
  test('sends the load, and says what the group did of it', async () => {
    const { cloud, mine, seen } = await aStage();
    for (const minute of [-3, -2, -1, 0, 1, 2, 3]) {
      const load = minute < 0 ? 30 : 80;
      cloud.metrics.put(ofGroup, NOON + minutes(minute), { Average: load });
    }
    cloud.alarms.setState('tidegate-dev-web-cpu-high', 'ALARM', 'a test');
    const { code, stdout, stderr } = await mine('--expect', 'capacity >= 6', 'change < 2m');
    const lines = stdout.split('\n').map((line) => line.replaceAll(/\d+ ms/g, 'T ms'));

    expect(code).toBe(0);
    // 24 while it rises, four a second for 108 s, and one before all others.
    expect(seen.count).toBe(24 + 432 + 1);
    expect(lines[1]).toMatch(/^drill-20260302t090005z-[0-9a-f]{4}$/);
    expect(lines.slice(2, 12)).toEqual([
      expect.stringMatching(
        /^load {6}sustained to 4 requests a second on http:.*; it lasted 2 min, and its time was over$/,
      ),
      'requests  456 sent, 456 ended, 0 failed',
      'times     p50 T ms, p95 T ms, p99 T ms, from when each was due',
      expect.stringMatching(
        /^capacity {2}4 → 6, at most 6; first change after \d+ s \(web-\d+\); more in service after /,
      ),
      'metrics   cpu: 30 before, then 80 to 80, 80 at the end',
      '',
      '  ✓ the load runs to its end: its time was over',
      '  ✓ failed < 1%: 0.00 %',
      expect.stringMatching(/^ {2}✓ p95 < 1s: T ms$/),
      '  ✓ capacity >= 6: 6',
    ]);
    expect(lines[12]).toMatch(/^ {2}✓ change < 2m: \d+ s$/);
    expect(stdout).toMatch(/ web-\d+ +applied +web 4 → 6: cpu-high.*\(ScaledOut\)/);
    expect(stdout).toMatch(/npx tidegate why web web-\d+ --service tidegate --stage dev/);
    expect(stderr).toMatch(/; Ctrl-C ends it\n/);
    expect(stderr).toMatch(
      /^ {3}0:10 {2}\d answers a second, 0 failed, p95 \d+ ms; 4 wanted, 4 in service$/m,
    );
    expect(stderr).toMatch(/^ {3}4:00 {2}the load is over; 6 wanted, 6 in service$/m);
  });

  test('--json has all of it', async () => {
    const { mine } = await aStage();
    const { stdout } = await mine('--json', '--after', '0s');

    expect(JSON.parse(stdout)).toMatchObject({
      command: 'drill',
      exitCode: 0,
      drill: expect.stringMatching(/^drill-/),
      startedAt: NOON + seconds(5),
      endedAt: expect.any(Number),
      group: 'web',
      shape: 'sustained',
      rate: 4,
      seconds: 120,
      end: { by: 'time' },
      requests: { sent: 456, ended: 456, failed: 0, skipped: 0, results: { 200: 456 } },
      figures: { failedPercent: 0, capacity: 4 },
      metrics: [{ name: 'cpu', points: 0 }],
      verdicts: [
        { expected: 'the load runs to its end', isMet: true },
        { expected: 'failed < 1%', isMet: true },
        { expected: 'p95 < 1s', isMet: true },
      ],
      decisions: [],
    });
  });

  test('ends with 1 where an expectation is not met, and says which', async () => {
    let asked = 0;
    const { mine } = await aStage({
      listener: (_request, response) => {
        asked += 1;
        response.writeHead(asked % 20 === 0 ? 503 : 200).end();
      },
    });
    const { code, stdout } = await mine('--after', '0s');

    expect(code).toBe(1);
    expect(stdout).toContain('456 ended, 22 failed (503: 22)');
    expect(stdout).toContain('  ✗ failed < 1%: 4.82 %');
    expect(stdout).toContain('Tidegate changed nothing');
    expect(stdout).toContain('Tidegate decided nothing new meanwhile.');
  });
});

describe('a load ends before its time', () => {
  test('to protect a target that has answered with errors for a minute', async () => {
    let asked = 0;
    const { mine, seen } = await aStage({
      listener: (_request, response) => {
        asked += 1;
        response.writeHead(asked === 1 ? 200 : 503).end();
      },
    });
    const { code, stdout } = await mine('--after', '0s');

    expect(code).toBe(1);
    expect(stdout).toContain(
      '  ✗ the load runs to its end: stopped to protect the target: more than half of the requests of 60 s failed',
    );
    // A minute and the rise are no more than this.
    expect(seen.count).toBeLessThan(4 * 61);
  });

  test('when the group is paused', async () => {
    const stage = await aStage({
      meanwhile: () => {
        if (stage.timeline.now() < NOON + seconds(40)) return true;
        stage.cloud.overrides.set('web', {
          id: 'web-pause',
          kind: 'pause',
          by: 'ann',
          reason: 'stop that',
          since: NOON,
          until: NOON + minutes(60),
        });
        return true;
      },
    });
    const { code, stdout } = await stage.mine('--after', '0s');

    expect(code).toBe(1);
    expect(stdout).toContain('stopped: it is paused by ann until 2026-03-02 10:00 UTC: stop that');
    expect(stage.timeline.now()).toBeLessThan(NOON + seconds(50));
  });

  test('when the person ends it, and then nobody waits for what comes after', async () => {
    let waits = 0;
    const { mine, timeline } = await aStage({
      meanwhile: () => {
        waits += 1;
        return waits < 3_000;
      },
    });
    const { code, stdout } = await mine();

    expect(code).toBe(1);
    expect(stdout).toContain('  ✗ the load runs to its end: you ended it');
    expect(timeline.now()).toBe(NOON + seconds(35));
  });

  test('when AWS no longer shows the group', async () => {
    let looks = 0;
    const { mine, timeline } = await aStage({
      account: {
        overridesIn: () => ({
          read: async () => {
            looks += 1;
            if (looks > 3) throw new Error('throttled');
            return undefined;
          },
          write: async () => false,
        }),
      },
    });
    const { code, stdout } = await mine('--after', '20s');

    expect(code).toBe(1);
    expect(stdout).toContain('stopped: the group cannot be seen any more (throttled)');
    expect(timeline.now()).toBeLessThan(NOON + seconds(50));
  });
});

describe('nothing is sent', () => {
  test('without --yes-this-is-mine, and what it would be is told without AWS', async () => {
    const { url, seen } = await aTarget();
    const words = ['drill', 'load', '--target', url, '--group', 'web', '--shape', 'spike'];
    const { code, stderr } = await runCli(words, { cwd: folder });

    expect({ code, count: seen.count }).toEqual({ code: 2, count: 0 });
    expect(stderr).toBe(
      `tidegate: nothing is sent without --yes-this-is-mine; it would be spike to 20 requests a second for 10 min, 8,400 in all, over at most 500 connections, to ${url}, and the rules of web may add instances, which cost money\n` +
        '  load what is yours alone: add --yes-this-is-mine when the target and the group are\n',
    );
  });

  test.each<readonly [string, StageChange, string]>([
    [
      'where the group was not handed over',
      { spec: { isManaged: false } },
      'web lacks the tag tidegate:managed=tidegate-sim',
    ],
    [
      'where there is no such group',
      { spec: { name: 'other' } },
      'AWS knows no Auto Scaling group named web-prod',
    ],
  ])('%s', async (_title, change, says) => {
    const { mine, seen } = await aStage(change);
    const { code, stderr } = await mine();

    expect({ code, count: seen.count }).toEqual({ code: 2, count: 0 });
    expect(stderr).toContain(says);
  });

  test('where the group is paused', async () => {
    const { run, mine, seen } = await aStage();
    await run('pause', 'web', '--for', '1h', '--reason', 'a sale');
    const { code, stderr } = await mine();

    expect({ code, count: seen.count }).toEqual({ code: 2, count: 0 });
    expect(stderr).toContain('nothing would follow the load on web: it is paused by ann until');
  });

  test.each<readonly [string, RequestListener, string]>([
    [
      'an error',
      (_request, response) => response.writeHead(404).end(),
      'answered 404; a load needs an address that answers 2xx',
    ],
    [
      'a redirect',
      (_request, response) => response.writeHead(301, { location: '/home' }).end(),
      '/home\n',
    ],
    ['nothing', (request) => request.socket.destroy(), 'gave no answer: ECONNRESET'],
  ])('beyond one request to a target that answers with %s', async (_title, listener, says) => {
    const { mine, seen } = await aStage({ listener });
    const { code, stderr } = await mine();

    expect({ code, count: seen.count }).toEqual({ code: 2, count: 1 });
    expect(stderr).toContain(says);
  });
});

test('a load whose decisions cannot be read says so, and what it found all the same', async () => {
  const { mine } = await aStage();
  const before = await mine('--after', '0s', '--for', '5s');
  const { simulatedAccount } = await import('#test/support/simulated-account.ts');
  const stage = await stageIn(folder, { deployed: RULES });
  const account = simulatedAccount(stage.cloud, stage.timeline.now);
  const broken = await aStage({
    account: {
      readsIn: async (place) => ({
        ...(await account.readsIn(place)),
        listDecisions: () => Promise.reject(new Error('not allowed')),
      }),
    },
  });
  const { code, stdout } = await broken.mine('--after', '0s', '--for', '5s');

  expect([before.code, code]).toEqual([0, 0]);
  expect(stdout).toContain('The decisions meanwhile cannot be read: not allowed');
  expect(stdout).toContain('✓ failed < 1%');
});
