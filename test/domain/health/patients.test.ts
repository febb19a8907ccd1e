import { describe, expect, test } from '@jest/globals';
import { decideHealth } from '#domain/health/decide-health.ts';
import { findCandidates } from '#domain/health/removal-candidates.ts';
import {
  aFailingTarget,
  aGroupState,
  aHealedGroup,
  aHealthObservation,
  aTarget,
  NOON,
  seconds,
  TARGET_GROUP_ARN,
} from '#test/support/builders.ts';

const OTHER_ARN = `${TARGET_GROUP_ARN}-internal`;

/** Ten members in two target groups, of which i-3 fails in the first, and as the caller says in the other. */
const inTwo = (
  other: Partial<ReturnType<typeof aTarget>>,
  { unhealthyIn, ago = 200 }: Readonly<{ unhealthyIn: 'all' | 'any'; ago?: number }>,
) => {
  const observation = aHealthObservation({ 'i-3': 300 });
  const others = observation.targets.map(({ id }) =>
    aTarget({ id, targetGroupArn: OTHER_ARN, ...(id === 'i-3' ? other : {}) }),
  );
  return {
    ...observation,
    group: aHealedGroup({ unhealthyIn }),
    targets: [...observation.targets, ...others],
    head: {
      ...observation.head,
      sightings: { ...observation.head.sightings, [`${OTHER_ARN} i-3:80`]: NOON - seconds(ago) },
    },
  };
};

const FAILS = { state: 'unhealthy', reason: 'Target.Timeout' };

describe('a member of two target groups', () => {
  test.each([
    { unhealthyIn: 'all', other: {}, is: 'kept' },
    { unhealthyIn: 'all', other: { state: 'initial' }, is: 'kept' },
    { unhealthyIn: 'all', other: { state: 'unhealthy', reason: 'Elb.InternalError' }, is: 'kept' },
    { unhealthyIn: 'all', other: FAILS, is: 'out' },
    { unhealthyIn: 'all', other: { state: 'draining' }, is: 'out' },
    { unhealthyIn: 'any', other: {}, is: 'out' },
  ] as const)(
    'that is $other in the other is $is with $unhealthyIn',
    ({ unhealthyIn, other, is }) => {
      const ids = findCandidates(inTwo(other, { unhealthyIn })).map(({ id }) => id);

      expect(ids).toEqual(is === 'out' ? ['i-3'] : []);
    },
  );

  test('that fails in the other for too short a time is kept', () => {
    expect(findCandidates(inTwo(FAILS, { unhealthyIn: 'all', ago: 60 }))).toEqual([]);
  });

  test('leaves both, and is replaced once', () => {
    const { removals } = decideHealth(inTwo(FAILS, { unhealthyIn: 'all' }));

    expect(removals).toEqual(
      [TARGET_GROUP_ARN, OTHER_ARN].map((targetGroupArn) => ({
        targetGroupArn,
        targetId: 'i-3',
        port: 80,
        instanceId: 'i-3',
        cause: 'Target.FailedHealthChecks: Health checks failed',
      })),
    );
  });

  test('is told to serve elsewhere while nothing is done', () => {
    expect(decideHealth(inTwo({}, { unhealthyIn: 'all' }))).toMatchObject({
      reason: 'TargetsUntouchable',
      summary: expect.stringMatching(/or serves in another target group$/),
    });
  });

  test('is not taken out of the one where too few would be healthy without it', () => {
    const observation = inTwo({}, { unhealthyIn: 'any' });
    const failOpen = { [OTHER_ARN]: { count: 10, percent: 0 } };

    expect(decideHealth({ ...observation, failOpen })).toMatchObject({
      reason: 'BelowHealthyFloor',
      summary:
        'web keeps its targets: 9 of 10 targets would be healthy, and the load balancer sends traffic to the unhealthy ones, too, below 10',
    });
  });
});

describe('a target by address', () => {
  test('is judged for each port by itself, and only that port leaves', () => {
    const ill = { ...aFailingTarget('10.0.0.9'), port: 8_080, availabilityZone: 'all' };
    const observation = {
      ...aHealthObservation(),
      targets: [...aHealthObservation().targets, aTarget({ id: '10.0.0.9' }), ill],
      head: {
        ...aHealthObservation().head,
        sightings: { [`${TARGET_GROUP_ARN} 10.0.0.9:8080`]: NOON - seconds(300) },
      },
    };

    expect(decideHealth(observation).removals).toEqual([
      {
        targetGroupArn: TARGET_GROUP_ARN,
        targetId: '10.0.0.9',
        port: 8_080,
        availabilityZone: 'all',
        probationSeconds: 600,
        cause: 'Target.FailedHealthChecks: Health checks failed',
      },
    ]);
  });
});

describe('the group replaces by its own health checks', () => {
  const by = (healthCheckType: string, action: 'auto' | 'replace', targetGroupArns?: string[]) =>
    decideHealth(
      aHealthObservation(
        { 'i-3': 300 },
        {
          group: aHealedGroup({ action }),
          state: aGroupState({
            capacityDesired: 10,
            healthCheckType,
            ...(targetGroupArns === undefined ? {} : { targetGroupArns }),
          }),
        },
      ),
    );

  test.each(['ELB', 'ELB,EBS', 'EBS, ELB'])('of the type %s: it is left to it', (type) => {
    expect(by(type, 'auto')).toMatchObject({
      reason: 'LeftToAutoScaling',
      summary:
        'web keeps its targets: i-3 (Target.FailedHealthChecks) is unhealthy, and its group replaces it by its own ELB health checks',
    });
  });

  test('unless the operators ask for it', () => {
    expect(by('ELB', 'replace').reason).toBe('TargetsReplaced');
  });

  test('unless this target group is not attached to it', () => {
    expect(by('ELB', 'auto', []).reason).toBe('TargetsReplaced');
  });

  test('not when nobody says how it checks: we do', () => {
    const group = aHealedGroup({ action: 'auto' });

    expect(decideHealth(aHealthObservation({ 'i-3': 300 }, { group })).reason).toBe(
      'TargetsReplaced',
    );
  });

  test.each(['EC2', 'EBS', ''])('not with the type "%s": we do', (type) => {
    expect(by(type, 'auto').reason).toBe('TargetsReplaced');
  });
});
