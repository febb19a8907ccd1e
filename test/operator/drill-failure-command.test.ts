import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { type StageChange, stageIn } from '#test/support/a-deployed-stage.ts';
import { NOON, seconds, TARGET_GROUP_ARN } from '#test/support/builders.ts';

const RULES = `version: 1
groups:
  web:
    autoScalingGroup: web-prod
    capacity: { min: 2, max: 10 }
    metrics: { cpu: { preset: asg-cpu } }
    rules:
      cpu-high: { when: cpu > 70 for 3m, then: add 2 }
    health:
      targetGroup: targetgroup/web/73e2d6bc24d8a067
      loadBalancer: app/web/50dc6c495c0c9188
      unhealthyFor: 5m
      floor: 50%
`;
const folder = mkdtempSync(join(tmpdir(), 'tidegate-drill-failure-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'tidegate.yml'), RULES);

/** A group of four behind a load balancer, of which two must stay healthy. */
const aStage = async ({ spec, ...change }: StageChange = {}) => {
  const deployed = RULES;
  const behind = { targetGroupArns: [TARGET_GROUP_ARN], ...spec };
  const stage = await stageIn(folder, { deployed, spec: behind, ...change });
  const failure = (...args: string[]) => stage.run('drill', 'failure', 'web', ...args);
  const serving = () =>
    stage.cloud.autoScaling.truth('web-prod')?.instances.map(({ id }) => id) ?? [];
  return { ...stage, failure, serving };
};

describe('tidegate drill failure', () => {
  test('ends one instance, and watches until the group is whole again', async () => {
    const { failure, serving, timeline, calls, cloud } = await aStage();
    const before = serving();
    const { code, stdout, stderr } = await failure('--yes-this-is-mine');
    const lines = stdout.split('\n');

    expect(code).toBe(0);
    expect(lines[1]).toMatch(/^drill-20260302t090005z-[0-9a-f]{4}$/);
    expect(lines.slice(2)).toEqual([
      `ended     ${before[0]} (us-east-1a) of web, which has 4 in service and must keep 2`,
      expect.stringMatching(
        /^whole {5}again after 1 min \d+ s: i-0001 is gone, 4 of 4 in service, 4 targets healthy, i-0005 is in service$/,
      ),
      '',
      expect.stringMatching(/^Tidegate decided /),
      ...lines.slice(6),
    ]);
    expect(stderr).toMatch(/^ {3}0:00 {2}i-0001 is Terminating, 3 of 4 in service/m);
    expect(serving()).toEqual(['i-0002', 'i-0003', 'i-0004', 'i-0005']);
    expect(cloud.autoScaling.truth('web-prod')?.capacityDesired).toBe(4);
    expect(calls('SetDesiredCapacity')).toEqual([]);
    expect(timeline.now()).toBeLessThan(NOON + seconds(200));
  });

  test('ends the one that is named; --json has what was seen', async () => {
    const { failure, serving } = await aStage();
    const { stdout } = await failure('--yes-this-is-mine', '--instance', 'i-0003', '--json');

    expect(JSON.parse(stdout)).toMatchObject({
      command: 'drill',
      exitCode: 0,
      group: 'web',
      instance: 'i-0003',
      wholeAfterMs: expect.any(Number),
      seen: expect.arrayContaining([
        { at: NOON + seconds(5), text: expect.stringContaining('3 of 4 in service') },
      ]),
    });
    expect(serving()).not.toContain('i-0003');
  });

  test('ends with 1 where the group is not whole in time, and says how it is', async () => {
    const { failure } = await aStage();
    const { code, stdout } = await failure('--yes-this-is-mine', '--within', '30');

    expect(code).toBe(1);
    expect(stdout).toMatch(/^whole {5}not yet, 30 s were given: .*3 of 4 in service/m);
  });

  test('goes on watching where AWS does not answer for a while', async () => {
    let looks = 0;
    const { failure } = await aStage({
      account: {
        overridesIn: () => ({
          read: async () => {
            looks += 1;
            if (looks === 2) throw new Error('throttled');
            return undefined;
          },
          write: async () => false,
        }),
      },
    });
    const { code, stderr } = await failure('--yes-this-is-mine');

    expect(code).toBe(0);
    expect(stderr).toContain('the group cannot be seen: throttled');
  });

  test('stops to watch when the person has had enough', async () => {
    const { failure, timeline } = await aStage({ meanwhile: () => false });
    const { code } = await failure('--yes-this-is-mine');

    expect({ code, now: timeline.now() }).toEqual({ code: 1, now: NOON + seconds(10) });
  });
});

describe('nobody is ended', () => {
  test('without --yes-this-is-mine, and who it would be is told', async () => {
    const { failure, serving } = await aStage();
    const { code, stderr } = await failure();

    expect(code).toBe(2);
    expect(stderr).toBe(
      'tidegate: nothing is ended without --yes-this-is-mine; it would be i-0001 (us-east-1a) of web, which has 4 in service and must keep 2\n' +
        '  what runs on the instance is lost: add --yes-this-is-mine when the group may lose it\n',
    );
    expect(serving()).toHaveLength(4);
  });

  test.each<readonly [string, StageChange, readonly string[], string]>([
    [
      'below the floor',
      { spec: { desired: 1, min: 1 } },
      [],
      'nothing was ended: 0 of 1 instances of web would remain in service, and the floor of its health is 1\n' +
        '  add one for the drill: tidegate pin web 2 --for 30m --reason "a drill"\n',
    ],
    [
      'of a group that was not handed over',
      { spec: { isManaged: false } },
      [],
      'nothing was ended: web lacks the tag tidegate:managed=tidegate-sim',
    ],
    [
      'that the group does not have',
      {},
      ['--instance', 'i-9'],
      'nothing was ended: web-prod has no instance i-9',
    ],
    [
      'where AWS refuses',
      {
        account: {
          endInstance: async () => ({
            kind: 'refused',
            reason: 'AccessDenied',
            detail: 'not authorized',
          }),
        },
      },
      [],
      'AWS refused to end i-0001 (us-east-1a) of web, which has 4 in service and must keep 2: not authorized',
    ],
  ])('%s', async (_title, change, args, says) => {
    const { failure, serving } = await aStage(change);
    const before = serving();
    const { code, stderr } = await failure('--yes-this-is-mine', ...args);

    expect({ code, serving: serving() }).toEqual({ code: 2, serving: before });
    expect(stderr).toContain(says);
  });

  test('of a group that is not whole, such as after the drill before', async () => {
    const { failure } = await aStage();
    await failure('--yes-this-is-mine', '--within', '10');
    const { code, stderr } = await failure('--yes-this-is-mine');

    expect(code).toBe(2);
    expect(stderr).toContain('nothing was ended: web is not whole: 3 of 4 units are in service');
  });
});
