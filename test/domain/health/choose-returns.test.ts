import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decideHealRecovery } from '#domain/health/decide-heal-recovery.ts';
import { decideHealth } from '#domain/health/decide-health.ts';
import { narrowedTo, planSteps } from '#domain/health/heal-steps.ts';
import { type HealthObservation, keyOfRegistration } from '#domain/health/health-observation.ts';
import { plannedHealHead, settledHealHead } from '#domain/health/next-heal-head.ts';
import { probationsAfter } from '#domain/health/probation.ts';
import { returnsOf } from '#domain/ledger/decision.ts';
import type { Probation } from '#domain/ledger/head.ts';
import { applied } from '#domain/ledger/outcome.ts';
import { outcomeOfAction } from '#domain/ledger/outcome-of.ts';
import {
  aHealedGroup,
  aHealthObservation,
  aTarget,
  NOON,
  TARGET_GROUP_ARN,
} from '#test/support/builders.ts';

const OTHER_ARN = TARGET_GROUP_ARN.replace('targetgroup/', 'targetgroup/other-');

const out = (targetId: string, change: Partial<Probation> = {}): Probation => ({
  targetGroupArn: TARGET_GROUP_ARN,
  targetId,
  port: 80,
  seconds: 600,
  until: NOON,
  ...change,
});

type Pace = ReturnType<typeof aHealedGroup>['health']['pace'];

const withOut = (
  probations: readonly Probation[],
  pace: Partial<Pace> = {},
  overrides: Partial<HealthObservation> = {},
): HealthObservation => {
  const healed = aHealedGroup({ action: 'deregister' });
  const health = { ...healed.health, pace: { ...healed.health.pace, ...pace } };
  const observation = aHealthObservation({}, { group: { ...healed, health }, ...overrides });
  const entries = probations.map((each) => [keyOfRegistration(each), each] as const);
  return {
    ...observation,
    head: { ...observation.head, probations: Object.fromEntries(entries) },
  };
};

const namesOf = (observation: HealthObservation): readonly string[] =>
  returnsOf(decideHealth(observation)).map(({ targetId }) => targetId);

const several = (count: number): readonly Probation[] =>
  Array.from({ length: count }, (_, index) => out(`i-out-${index}`, { until: NOON - index }));

describe('targets that are out together', () => {
  test('come back together, as many as may be taken out within one window', () => {
    expect(namesOf(withOut(several(5), { targets: 3, percent: 0 }))).toEqual([
      'i-out-4',
      'i-out-3',
      'i-out-2',
    ]);
  });

  test('are named in one sentence', () => {
    expect(decideHealth(withOut(several(2), { targets: 2, percent: 0 })).summary).toBe(
      'web tries 2 targets again: i-out-1:80, i-out-0:80 were out for long enough; each serves when its health checks pass',
    );
  });

  test('come back one after the other where one at a time is taken out', () => {
    expect(namesOf(withOut(several(5), { targets: 1, percent: 0 }))).toEqual(['i-out-4']);
  });

  test('come back at most a hundred registrations at a time', () => {
    expect(namesOf(withOut(several(150), { targets: 200, percent: 0 }))).toHaveLength(100);
  });

  test('come back into all of their target groups at once', () => {
    const both = [out('i-away-9'), out('i-away-9', { targetGroupArn: OTHER_ARN, until: NOON - 1 })];

    const decision = decideHealth(withOut(both, { targets: 1, percent: 0 }));
    expect(returnsOf(decision).map(({ targetGroupArn }) => targetGroupArn)).toEqual([
      OTHER_ARN,
      TARGET_GROUP_ARN,
    ]);
    expect(decision.summary).toBe(
      'web tries a target again: i-away-9:80 was out for long enough; it serves when its health checks pass',
    );
  });

  test('do not wait for one whose target group was not handed over', () => {
    const locked = out('i-away-8', { targetGroupArn: OTHER_ARN, until: NOON - 9 });
    const managed = { [TARGET_GROUP_ARN]: true, [OTHER_ARN]: false };

    expect(namesOf(withOut([locked, out('i-away-9')], { targets: 2 }, { managed }))).toEqual([
      'i-away-9',
    ]);
  });

  test('whose removal was undone are put back by themselves, for people are told another reason', () => {
    const undone = [
      out('i-away-7', { until: NOON - 9, unfinished: 'AccessDenied' }),
      out('i-away-8', { until: NOON - 8 }),
      out('i-away-9', { unfinished: 'AccessDenied' }),
    ];

    const decision = decideHealth(withOut(undone, { targets: 5 }));
    expect(decision.summary).toBe(
      'web puts 2 targets back: i-away-7:80, i-away-9:80 were taken out, and their removal could not be finished (AccessDenied); each serves when its health checks pass',
    );
  });

  test('are all back after as many looks as it took to take them out', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 9 }),
        (count, targets) => {
          let observation = withOut(several(count), { targets, percent: 0 });
          for (let look = 0; look < Math.ceil(count / targets); look += 1) {
            const decision = decideHealth(observation);
            const planned = plannedHealHead(observation, decision);
            const head = settledHealHead(planned, outcomeOfAction(decision, applied), NOON);
            observation = { ...observation, head };
          }
          expect(
            Object.values(observation.head.probations).filter(
              (each) => each.returnedAt === undefined,
            ),
          ).toEqual([]);
        },
      ),
    );
  });
});

test('a registration that nothing is remembered of is not remembered for its return', () => {
  const decision = decideHealth(withOut(several(1)));

  expect(probationsAfter({}, decision, NOON)).toEqual({});
});

describe('a return of several that ended early', () => {
  const observation = withOut(several(3), { targets: 3, percent: 0 });
  const decision = decideHealth(observation);

  test('is told as far as it was made', () => {
    const [first] = planSteps(decision);
    const narrowed = narrowedTo(decision, [first?.subject ?? '']);

    expect(returnsOf(narrowed).map(({ targetId }) => targetId)).toEqual(['i-out-2']);
    expect(narrowed.summary).toMatch(/\. Done so far: i-out-2$/);
  });

  test('counts as made for those that are registered, and the others are judged afresh', () => {
    const targets = [...observation.targets, aTarget({ id: 'i-out-1', state: 'initial' })];
    const recovery = decideHealRecovery(
      { ...observation, targets },
      { decision, claimedAt: NOON - 60_000 },
    );

    expect(recovery).toMatchObject({
      kind: 'applied',
      decision: { returned: { targetId: 'i-out-1' } },
      detail: '1 of 3 registered',
    });
    expect(recovery).not.toHaveProperty('decision.alsoReturned');
  });
});
