import { describe, expect, test } from '@jest/globals';
import { decideHealth } from '#domain/health/decide-health.ts';
import type { HealthObservation } from '#domain/health/health-observation.ts';
import { newHealHead } from '#domain/ledger/head.ts';
import { healthStatusOf } from '#domain/status/health-status.ts';
import {
  aFailingTarget,
  aHealthObservation,
  minutes,
  NOON,
  seconds,
  TARGET_GROUP_ARN,
} from '#test/support/builders.ts';
import { keyOf } from '#test/support/health-changes.ts';

const statusOf = (observation: HealthObservation) =>
  healthStatusOf(observation, decideHealth(observation));

describe('the health of a group', () => {
  test('says since when a target fails, and why', () => {
    const status = statusOf(aHealthObservation({ 'i-3': 90 }));

    expect({ ...status, next: undefined }).toEqual({
      registered: 10,
      healthy: 9,
      sick: [
        {
          target: 'i-3:80',
          since: NOON - seconds(90),
          cause: 'Target.FailedHealthChecks: Health checks failed',
        },
      ],
      out: [],
      onProbation: [],
      next: undefined,
    });
  });

  test('of a member leaves out the targets of others in the same target group', () => {
    const observation = aHealthObservation({ 'i-3': 90 });
    const targets = [...observation.targets, aFailingTarget('i-other'), aFailingTarget('10.0.0.7')];
    const group = { ...observation.group, fleet: { name: 'shops', tags: { tier: 'shop' } } };

    expect(statusOf({ ...observation, targets, group })).toMatchObject({
      registered: 10,
      healthy: 9,
      sick: [{ target: 'i-3:80' }],
    });
    expect(statusOf({ ...observation, targets })).toMatchObject({ registered: 12 });
  });

  test('says of a target without words only its reason', () => {
    const observation = aHealthObservation();
    const targets = [{ ...aFailingTarget('i-3'), description: '' }];

    expect(statusOf({ ...observation, targets }).sick).toEqual([
      { target: 'i-3:80', since: NOON, cause: 'Target.FailedHealthChecks' },
    ]);
  });

  test('of more targets than a head remembers has the others failing from now on', () => {
    const observation = aHealthObservation();
    const targets = Array.from({ length: 501 }, (_, index) => aFailingTarget(`i-${1_000 + index}`));
    const head = { ...newHealHead, sightings: { [keyOf('i-1500')]: NOON - minutes(5) } };
    const { sick } = statusOf({ ...observation, targets, head });

    expect(sick).toHaveLength(501);
    expect(sick.at(-1)).toMatchObject({ target: 'i-1500:80', since: NOON - minutes(5) });
    expect(new Set(sick.slice(0, 500).map(({ since }) => since))).toEqual(new Set([NOON]));
  });

  test('says who is out, who is tried again and who is put aside', () => {
    const observation = aHealthObservation();
    const until = NOON + minutes(10);
    const probation = { targetGroupArn: TARGET_GROUP_ARN, port: 80, until, seconds: 600 };
    const head = {
      ...newHealHead,
      probations: {
        [keyOf('i-21')]: { ...probation, targetId: 'i-21' },
        [keyOf('i-22')]: { ...probation, targetId: 'i-22', refusals: 2 },
        [keyOf('i-23')]: { ...probation, targetId: 'i-23', returnedAt: NOON - minutes(1) },
      },
      quarantined: { instanceId: 'i-24', since: NOON, until },
    };

    expect(statusOf({ ...observation, head } as HealthObservation)).toMatchObject({
      out: [
        { target: 'i-21:80', until, refusals: 0 },
        { target: 'i-22:80', until, refusals: 2 },
      ],
      onProbation: [{ target: 'i-23:80', until: NOON + minutes(9) }],
      inQuarantine: { instance: 'i-24', until },
    });
  });
});
