import { describe, expect, test } from '@jest/globals';
import { decideHealth } from '#domain/health/decide-health.ts';
import {
  aHealedGroup,
  aHealthObservation,
  NOON,
  seconds,
  TARGET_GROUP_ARN,
} from '#test/support/builders.ts';

const ILL = { 'i-3': 300 };

describe('the floor', () => {
  test.each([
    { floorCount: 9, reason: 'TargetsReplaced' },
    { floorCount: 10, reason: 'BelowHealthyFloor' },
  ])('as a count of $floorCount with nine healthy: $reason', ({ floorCount, reason }) => {
    const group = aHealedGroup({ floorCount });

    expect(decideHealth(aHealthObservation(ILL, { group })).reason).toBe(reason);
  });

  test.each([
    { count: 9, percent: 0, reason: 'TargetsReplaced' },
    { count: 10, percent: 0, reason: 'BelowHealthyFloor' },
    { count: 1, percent: 90, reason: 'TargetsReplaced' },
    { count: 1, percent: 91, reason: 'BelowHealthyFloor' },
  ])('of the load balancer at $count or $percent %: $reason', ({ reason, ...failOpen }) => {
    const observation = aHealthObservation(ILL, { failOpen: { [TARGET_GROUP_ARN]: failOpen } });

    expect(decideHealth(observation).reason).toBe(reason);
  });

  test('of the load balancer is named as such', () => {
    const failOpen = { [TARGET_GROUP_ARN]: { count: 10, percent: 0 } };

    expect(decideHealth(aHealthObservation(ILL, { failOpen })).summary).toBe(
      'web keeps its targets: 9 of 10 targets are healthy, and the load balancer sends traffic to the unhealthy ones, too, below 10',
    );
  });

  test('of another target group does not count', () => {
    const failOpen = { other: { count: 100, percent: 100 } };

    expect(decideHealth(aHealthObservation(ILL, { failOpen })).reason).toBe('TargetsReplaced');
  });
});

describe('the ceiling', () => {
  test('blames nothing when the failing have nothing in common', () => {
    const observation = aHealthObservation({ 'i-1': 200, 'i-2': 200, 'i-3': 200, 'i-4': 200 });
    const targets = observation.targets.map((target) =>
      target.id === 'i-1' ? { ...target, reason: 'Target.Timeout' } : target,
    );

    expect(decideHealth({ ...observation, targets }).summary).toBe(
      'web keeps its targets: 4 of 10 targets are unhealthy, more than 30 %: the cause is common, nothing is touched',
    );
  });
});

describe('the limit', () => {
  const decidedAfter = (...ago: number[]) => {
    const observation = aHealthObservation(ILL);
    const removals = ago.map((each) => NOON - seconds(each));
    return decideHealth({ ...observation, head: { ...observation.head, removals } });
  };

  test('of three in an hour holds the fourth, and calls a person', () => {
    expect(decidedAfter(3_599, 1_000, 900)).toMatchObject({
      reason: 'RemovalLimit',
      removals: [],
      summary: 'web keeps its targets: 3 targets were taken out within 1 h, and the limit is 3',
    });
  });

  test('counts nothing that is older', () => {
    expect(decidedAfter(3_600, 1_000, 900).reason).toBe('TargetsReplaced');
  });

  test('is a tenth where that is more, and is never exceeded in one stroke', () => {
    const ids = Array.from({ length: 40 }, (_, index) => `i-${index + 1}`);
    const observation = aHealthObservation({ 'i-1': 300, 'i-2': 300, 'i-3': 300, 'i-4': 300 });
    const [target] = aHealthObservation().targets;
    const [instance] = observation.state?.instances ?? [];
    const failing = observation.targets.filter(({ state }) => state === 'unhealthy');
    const many = {
      ...observation,
      state: {
        ...observation.state!,
        capacityDesired: 40,
        instances: ids.map((id) => ({ ...instance!, id })),
      },
      targets: [...failing, ...ids.slice(4).map((id) => ({ ...target!, id }))],
    };
    const removedAt = (count: number) =>
      decideHealth({
        ...many,
        head: { ...many.head, removals: Array(count).fill(NOON - seconds(600)) },
      }).removals.length;

    expect([0, 1, 2, 3, 4].map(removedAt)).toEqual([4, 3, 2, 1, 0]);
  });
});
