import * as autoScaling from '@aws-sdk/client-auto-scaling';
import * as loadBalancing from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, test } from '@jest/globals';
import { refusalOf } from '#aws/client/refusal.ts';
import type { Health } from '#domain/configuration/configuration.ts';
import { keyOf } from '#domain/health/health-observation.ts';
import {
  aGroupState,
  aTarget,
  minutes,
  NOON,
  TARGET_GROUP,
  TARGET_GROUP_ARN,
} from '#test/support/builders.ts';
import { aHealWorld, type HealPort } from '#test/support/heal-world.ts';
import { request } from '#test/support/scale-world.ts';

const SWEEP = request('web', 'targets-unhealthy');
const OTHER = `${TARGET_GROUP}-internal`;
const ARNS = [TARGET_GROUP_ARN, `${TARGET_GROUP_ARN}-internal`];
const watched = [TARGET_GROUP, OTHER].map((targetGroup) => ({
  alarm: `${targetGroup}-unhealthy`,
  targetGroup,
  loadBalancer: 'app/web/1',
}));

/** The names of all errors that the models of both services have, and of those that every AWS API has. */
const MODELLED = [...Object.keys(autoScaling), ...Object.keys(loadBalancing)].filter((name) =>
  /(?:Fault|Exception)$/.test(name),
);
const COMMON = [
  'AccessDenied',
  'AccessDeniedException',
  'ExpiredToken',
  'InternalFailure',
  'InvalidClientTokenId',
  'OptInRequired',
  'RequestLimitExceeded',
  'ServiceUnavailable',
  'Throttling',
  'TimeoutError',
  'UnauthorizedOperation',
  'ValidationError',
];
const NAMES = [...new Set([...MODELLED, ...COMMON])];

const STEPS: readonly Readonly<{ step: HealPort; nth: number; action: Health['action'] }>[] = [
  { step: 'deregister', nth: 1, action: 'replace' },
  { step: 'deregister', nth: 2, action: 'replace' },
  { step: 'markUnhealthy', nth: 1, action: 'replace' },
  { step: 'deregister', nth: 2, action: 'deregister' },
  { step: 'register', nth: 1, action: 'deregister' },
  { step: 'register', nth: 2, action: 'deregister' },
  { step: 'standBy', nth: 1, action: 'quarantine' },
  { step: 'release', nth: 1, action: 'quarantine' },
];

type World = ReturnType<typeof aHealWorld>['world'];

/** A group whose ten members are registered in two target groups; i-3 fails in both. */
const sickInBoth = async (action: Health['action'], quarantineSeconds = 600) => {
  const quarantine = { seconds: quarantineSeconds, isReplaced: false };
  const both = aHealWorld({ watched, action, quarantine });
  const { world, heal } = both;
  const again = world.targets.map(({ id }) => aTarget({ id, targetGroupArn: ARNS[1] ?? '' }));
  world.targets = [...world.targets, ...again];
  world.fail('i-3');
  world.targets = world.targets.map((target, index) =>
    target.id === 'i-3' && index >= again.length
      ? { ...target, targetGroupArn: ARNS[1] ?? '' }
      : target,
  );
  await heal(SWEEP);
  return both;
};

/** Refuses a step from its nth call on, so often, as the SDK would answer it. */
const refuse = (world: World, step: HealPort, from: number, times: number, error: Error): void => {
  let calls = 0;
  world.around = async (port, call) => {
    if (port !== step) return call();
    calls += 1;
    return calls < from || calls >= from + times ? call() : (refusalOf(error) as never);
  };
};

const watch = async (
  { world, heal }: Awaited<ReturnType<typeof sickInBoth>>,
  count: number,
): Promise<void> => {
  for (let minute = 0; minute < count; minute += 1) {
    world.now += minutes(1);
    await heal(SWEEP);
  }
};

/** The state of i-3: in traffic, marked, aside, on its way out, on probation; else it is lost. */
const standingOf = ({ targets, state, head }: World): string => {
  const member = state?.instances.find(({ id }) => id === 'i-3');
  if (member?.isHealthy === false) return 'marked';
  if (member?.lifecycleState !== 'InService') return member?.lifecycleState ?? 'gone';
  const out = ARNS.filter(
    (arn) => !targets.some((each) => each.id === 'i-3' && each.targetGroupArn === arn),
  );
  const keys = out.map((targetGroupArn) => keyOf(aTarget({ id: 'i-3', targetGroupArn })));
  if (out.length === 0) return 'in traffic';
  return keys.every((key) => head()?.probations[key] !== undefined) ? 'on probation' : 'lost';
};

const fault = (name: string): Error => Object.assign(new Error('AWS says no'), { name });

/** The lesson of the healer from an error: why AWS refused, or only that nobody knows. */
const answerTo = (name: string): string => {
  try {
    const answer = refusalOf(fault(name));
    return answer.kind === 'refused' ? answer.reason : answer.kind;
  } catch {
    return 'nobody knows';
  }
};
/** One error for each answer that they come to. */
const DIFFERENT = [...new Map(NAMES.map((name) => [answerTo(name), name])).values()];

const casesOf = (names: readonly string[]) =>
  STEPS.flatMap((each) => names.map((name) => ({ ...each, name })));

describe('a healer that is refused', () => {
  test.each(casesOf(NAMES))(
    'once, by $name at call $nth of $step with action $action, loses nobody',
    async ({ step, nth, action, name }) => {
      const both = await sickInBoth(action);
      refuse(both.world, step, nth, 1, fault(name));
      await watch(both, 16);

      expect(standingOf(both.world)).not.toBe('lost');
      expect(both.world.head()?.inFlight).toBeUndefined();
    },
  );

  test.each(casesOf(DIFFERENT))(
    'for ever, by $name at call $nth of $step with action $action, loses nobody and goes on',
    async ({ step, nth, action, name }) => {
      const both = await sickInBoth(action);
      refuse(both.world, step, nth, 1_000, fault(name));
      await watch(both, 28);
      expect(standingOf(both.world)).not.toBe('lost');

      // Another target that falls ill is seen to, or at least judged: the lane is not blocked.
      const { inFlight } = both.world.head() ?? {};
      expect(both.world.now - (inFlight?.decision.at ?? both.world.now)).toBeLessThan(minutes(15));
    },
  );
});

describe('a removal that cannot be finished', () => {
  const unfinished = async () => {
    const both = await sickInBoth('replace');
    refuse(both.world, 'markUnhealthy', 1, 1_000, fault('AccessDenied'));
    await watch(both, 2);
    return both;
  };

  test('stays in flight for ten minutes', async () => {
    const both = await unfinished();
    await watch(both, 9);

    expect(both.world.head()?.inFlight?.decision.reason).toBe('TargetsReplaced');
    expect(both.world.steps).not.toContain('register i-3');
  });

  test('is then undone, and people are told why and what to do', async () => {
    const both = await unfinished();
    both.world.published.length = 0;
    await watch(both, 13);

    expect(standingOf(both.world)).toBe('in traffic');
    expect(both.world.published.map(({ kind, reason }) => `${kind} ${reason}`)).toEqual([
      'blocked RemovalUnfinished',
      'blocked RemovalUndone',
      'held NoUnhealthyTargets',
    ]);
    expect(both.world.published[0]?.summary).toBe(
      'web replaces unhealthy targets: i-3 (Target.FailedHealthChecks) failed its health checks for 2 min. Not done: AccessDenied: AWS says no. i-3 could not be finished and is put back into service; fix the cause, such as a permission of the role of heal or the tag of a target group',
    );
  });

  test('is not tried again for an hour, though it fails again', async () => {
    const both = await unfinished();
    await watch(both, 13);
    both.world.fail('i-3');
    both.world.steps.length = 0;
    await watch(both, 50);
    expect(both.world.steps).toEqual([]);
    expect(both.world.published.at(-1)).toMatchObject({ reason: 'TargetsUntouchable' });

    await watch(both, 15);
    expect(both.world.steps).toContain('deregister i-3');
  });

  test('is finished as soon as AWS lets it', async () => {
    const both = await sickInBoth('replace');
    refuse(both.world, 'markUnhealthy', 1, 3, fault('ResourceContention'));
    await watch(both, 7);

    expect(standingOf(both.world)).toBe('marked');
    expect(both.world.published.at(-1)).toMatchObject({ kind: 'held' });
    expect(both.world.published.map(({ kind }) => kind)).toContain('replaced');
  });
});

describe('who cannot be put back', () => {
  test('is named with the command that does it, and the incident stays open', async () => {
    const both = await sickInBoth('deregister');
    refuse(both.world, 'register', 1, 1_000, fault('AccessDenied'));
    await watch(both, 60);

    const told = both.world.published.map(({ kind, reason }) => `${kind} ${reason}`);
    expect(told.slice(-1)).toEqual(['failed AccessDenied']);
    const stuck = both.world.published.find(({ reason }) => reason === 'TargetsStayOut');
    expect(stuck?.kind).toBe('blocked');
    expect(stuck?.summary).toContain(
      `aws elbv2 register-targets --target-group-arn ${TARGET_GROUP_ARN} --targets Id=i-3,Port=80`,
    );
    expect(both.world.now).toBe(NOON + minutes(60));
  });
});

describe('a refusal between two targets', () => {
  test('ends the plan for those that were not begun, and tells only of the others', async () => {
    const { world, heal } = aHealWorld({ ceilingPercent: 50 });
    const state = aGroupState({ capacityDesired: 20 });
    world.state = state;
    world.targets = state.instances.map(({ id }) => aTarget({ id }));
    world.fail('i-3', 'i-4');
    await heal(SWEEP);
    world.published.length = 0;
    world.now += minutes(2);
    const refusal = { kind: 'refused', reason: 'Throttled', detail: 'too fast' } as const;
    world.answers.push({ kind: 'applied' }, { kind: 'applied' }, refusal);

    expect(await heal(SWEEP)).toEqual([{ kind: 'retry', error: new Error('too fast') }]);
    expect(world.steps).toEqual(['deregister i-3', 'mark unhealthy i-3', 'deregister i-4']);
    expect(world.published).toMatchObject([{ kind: 'replaced', targets: ['i-3:80'] }]);
    expect(world.head()?.removals).toHaveLength(1);
  });
});

test('a group that is busy before anything is done is looked at again in five seconds', async () => {
  const both = await sickInBoth('quarantine');
  both.world.now += minutes(2);
  refuse(both.world, 'standBy', 1, 1, fault('ResourceContention'));

  expect(await both.heal(SWEEP)).toEqual([
    {
      kind: 'retry',
      error: expect.any(Error),
      isExpected: true,
      afterSeconds: 5,
      receivesAtMost: 4,
    },
  ]);
  both.world.now += 5_000;
  expect(await both.heal(SWEEP)).toEqual([{ kind: 'done' }]);
  expect(both.world.published.at(-1)).toMatchObject({ kind: 'replaced' });
});

test('who looks while a plan is in flight leaves it alone', async () => {
  const both = await sickInBoth('replace');
  refuse(both.world, 'markUnhealthy', 1, 1, fault('AccessDenied'));
  await watch(both, 2);
  both.world.steps.length = 0;
  both.world.now += 30_000;

  expect(await both.heal(SWEEP)).toEqual([{ kind: 'done' }]);
  expect(both.world.steps).toEqual([]);
});
