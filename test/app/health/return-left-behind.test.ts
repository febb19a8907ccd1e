import { describe, expect, test } from '@jest/globals';
import { healGroups } from '#app/health/heal-groups.ts';
import { hasLeftovers } from '#domain/health/left-behind.ts';
import type { HealthDecision } from '#domain/ledger/decision.ts';
import type { Answer } from '#domain/ledger/outcome.ts';
import { anOverride, minutes, NOON, TARGET_GROUP_ARN } from '#test/support/builders.ts';
import { aHealWorld } from '#test/support/heal-world.ts';
import { request } from '#test/support/scale-world.ts';

const SWEEP = request('web', 'targets-unhealthy');
const LEFT = request('web', 'left-behind');
const DENIED: Answer = { kind: 'refused', reason: 'AccessDenied', detail: 'AccessDenied: not you' };

type Options = Parameters<typeof aHealWorld>[0];

/** i-3 is out, or stands by; then `health` leaves the file. */
const leftBehind = async (options: Options = { action: 'deregister' }) => {
  const { world, heal, ports } = aHealWorld(options);
  world.fail('i-3');
  await heal(SWEEP);
  world.now = NOON + minutes(2);
  await heal(SWEEP);
  world.steps.length = 0;
  world.published.length = 0;
  world.now = NOON + minutes(4);
  const { health: _gone, ...group } = world.group;
  const letGo = healGroups({
    ...ports,
    configuration: { groups: [group], alerts: [], channels: [], routes: [] },
  });
  return { world, letGo: (...messages: (typeof LEFT)[]) => letGo(messages) };
};

describe('a group that is healed no more', () => {
  test('puts back who is out, at once, and says so', async () => {
    const { world, letGo } = await leftBehind();

    expect(await letGo(LEFT)).toEqual([{ kind: 'done' }]);
    expect(world.steps).toEqual(['register i-3']);
    expect(world.published.map(({ kind, reason, summary }) => ({ kind, reason, summary }))).toEqual(
      [
        {
          kind: 'replaced',
          reason: 'TargetsReturned',
          summary:
            'web is no longer healed, for its health or the group itself is not in tidegate.yml any more: i-3:80 is in service again or gone',
        },
      ],
    );
    expect(world.head()).toMatchObject({ probations: {}, untold: [] });
    await letGo(LEFT);
    expect(world.published).toHaveLength(1);
  });

  test('leaves to people what its role may not do any more, with the command, and asks again later', async () => {
    const { world, letGo } = await leftBehind();
    world.answers.push(DENIED, DENIED);
    await letGo(LEFT);

    expect(world.published[0]).toMatchObject({ kind: 'blocked', reason: 'TargetsStayOut' });
    expect(world.published[0]?.summary).toContain(
      `i-3:80 is out of service and could not be registered (AccessDenied: not you); put it back: aws elbv2 register-targets --target-group-arn ${TARGET_GROUP_ARN} --targets Id=i-3,Port=80`,
    );
    world.now += minutes(63);
    await letGo(LEFT);
    expect(world.published).toHaveLength(1);

    world.now += minutes(1);
    await letGo(LEFT);
    expect(world.published).toHaveLength(2);
  });

  test('is forgotten after ten attempts', async () => {
    const { world, letGo } = await leftBehind();
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      expect(Object.keys(world.head()?.probations ?? {})).toHaveLength(1);
      world.answers.push(DENIED);
      await letGo(LEFT);
      world.now += minutes(24 * 60);
    }

    expect(world.head()?.probations).toEqual({});
    expect(world.head()).not.toHaveProperty('letGo');
  });

  test('notices who was put back by hand', async () => {
    const { world, letGo } = await leftBehind();
    world.targets = [...world.targets, { ...world.targets[0]!, id: 'i-3' }];
    await letGo(LEFT);

    expect(world.steps).toEqual([]);
    expect(world.head()?.probations).toEqual({});
  });

  test.each(['TargetGone', 'GroupNotFound'] as const)(
    'needs no more when AWS says %s',
    async (reason) => {
      const { world, letGo } = await leftBehind();
      world.answers.push({ kind: 'refused', reason, detail: 'no' });
      await letGo(LEFT);

      expect(world.head()?.probations).toEqual({});
    },
  );

  test('asks people about an instance that stands by, until it does so no more', async () => {
    const { world, letGo } = await leftBehind({ action: 'quarantine' });
    await letGo(LEFT);
    expect(world.published[0]?.summary).toContain(
      'i-3 stands by; put it back: aws autoscaling exit-standby --instance-ids i-3 --auto-scaling-group-name web-prod, or end it: aws autoscaling terminate-instance-in-auto-scaling-group --no-should-decrement-desired-capacity --instance-id i-3',
    );

    world.now += minutes(64);
    if (world.state) world.state = { ...world.state, instances: [] };
    await letGo(LEFT);
    expect(world.head()).not.toHaveProperty('quarantined');
  });

  test('puts back who was half-way out', async () => {
    const { world, letGo } = await (async () => {
      const both = await leftBehind();
      const head = both.world.head()!;
      const [registration] = Object.values(head.probations);
      const decision: HealthDecision = {
        kind: 'health',
        id: 'web-health-9',
        group: 'web',
        autoScalingGroup: 'web-prod',
        at: NOON,
        reason: 'TargetsReplaced',
        summary: '',
        trace: [],
        removals: [{ ...registration!, instanceId: 'i-3', cause: '' }],
      };
      await both.world.ledger.write('web', {
        ...head,
        version: head.version + 1,
        probations: {},
        inFlight: { decision, claimedAt: NOON + minutes(4) },
      });
      return both;
    })();
    await letGo(LEFT);
    expect(world.steps).toEqual([]);

    world.now += minutes(1);
    world.answers.push(DENIED);
    await letGo(LEFT);
    expect(world.steps).toEqual(['register i-3']);
    expect(world.head()?.inFlight).toBeUndefined();
    expect(Object.values(world.head()?.probations ?? {})).toMatchObject([
      { targetId: 'i-3', unfinished: 'AccessDenied: not you' },
    ]);
  });

  test('asks people about an instance that was perhaps put aside, and forgets one that was not', async () => {
    const { world, letGo } = await leftBehind({ action: 'quarantine' });
    const { quarantined: _known, ...head } = world.head()!;
    const decision: HealthDecision = {
      kind: 'health',
      id: 'web-health-9',
      group: 'web',
      autoScalingGroup: 'web-prod',
      at: NOON,
      reason: 'InstanceQuarantined',
      summary: '',
      trace: [],
      removals: [
        {
          targetGroupArn: TARGET_GROUP_ARN,
          targetId: 'i-3',
          port: 80,
          instanceId: 'i-3',
          standby: { seconds: 3_600, isReplaced: true },
          cause: '',
        },
      ],
    };
    await world.ledger.write('web', {
      ...head,
      version: head.version + 1,
      inFlight: { decision, claimedAt: NOON + minutes(2) },
    });
    expect(hasLeftovers(world.head()!)).toBe(true);

    await letGo(LEFT);
    expect(world.published[0]?.summary).toContain('i-3 stands by; put it back');
    expect(world.head()?.inFlight).toBeUndefined();

    world.now += minutes(64);
    if (world.state) world.state = { ...world.state, instances: [] };
    await letGo(LEFT);
    expect(world.published[1]?.summary).toContain('nobody is out of service');
    expect(hasLeftovers(world.head()!)).toBe(false);
  });

  test('is let go although a clock that was a day ahead wrote what is remembered of it', async () => {
    const { world, letGo } = await leftBehind();
    const head = world.head()!;
    const day = minutes(24 * 60);
    await world.ledger.write('web', {
      ...head,
      version: head.version + 1,
      removals: head.removals.map((at) => at + day),
    });
    await letGo(LEFT);
    expect(world.head()?.removals).toEqual([world.now]);
    expect(world.steps).toEqual([]);

    await letGo(LEFT);
    expect(world.steps).toEqual(['register i-3']);
  });

  test('is left alone while a person pauses it', async () => {
    const { world, letGo } = await leftBehind();
    world.override = anOverride({ until: NOON + minutes(10) });
    await letGo(LEFT);

    expect(world.steps).toEqual([]);
  });

  test('is tried again when the ledger, or AWS, does not answer', async () => {
    const { world, letGo } = await leftBehind();
    world.around = (port, call) =>
      port === 'register' || port === 'readTargets'
        ? Promise.reject(new Error('no answer'))
        : call();
    await letGo(LEFT);
    expect(world.published[0]?.summary).toContain('could not be registered (Error: no answer)');

    world.around = () => Promise.reject(new Error('no table'));
    expect(await letGo(LEFT)).toEqual([{ kind: 'retry', error: new Error('no table') }]);
  });

  test('is left to whoever was faster', async () => {
    const { world, letGo } = await leftBehind();
    world.around = (port, call) =>
      port === 'ledgerWrite' ? (Promise.resolve(false) as ReturnType<typeof call>) : call();
    await letGo(LEFT);

    expect(world.published).toEqual([]);
  });

  test('that is unknown, or has left nothing, is ignored', async () => {
    const { world, letGo } = await leftBehind();
    await letGo(request('other', 'left-behind'));

    expect(world.notes).toContainEqual({
      kind: 'ignored',
      subject: 'other',
      detail: 'no such group is configured',
    });
  });
});
