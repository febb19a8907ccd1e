import { describe, expect, test } from '@jest/globals';
import { type Choice, chooseTarget } from './choose-target.ts';
import { busyPercent, countRequests } from './period-counts.ts';
import { afterCheck, type HealthState, REGISTERED } from './target-health.ts';

const target = (id: string, state: HealthState, inFlight: number): Choice => ({
  id,
  state,
  inFlight,
});

describe('the target of a request', () => {
  test('is the healthy one with the fewest requests in flight', () => {
    const targets = [
      target('a', 'healthy', 2),
      target('b', 'healthy', 1),
      target('c', 'unhealthy', 0),
      target('d', 'initial', 0),
    ];

    expect(chooseTarget(targets, 0)).toBe('b');
  });

  test('is each of equals in turn', () => {
    const targets = [target('a', 'healthy', 1), target('b', 'healthy', 1)];

    expect([0, 1, 2].map((turn) => chooseTarget(targets, turn))).toEqual(['a', 'b', 'a']);
  });

  test('is any when none is healthy: the load balancer fails open', () => {
    const targets = [target('a', 'unhealthy', 1), target('b', 'initial', 0)];

    expect(chooseTarget(targets, 0)).toBe('b');
  });

  test('is none when none is registered', () => {
    expect(chooseTarget([], 3)).toBeUndefined();
  });
});

describe('the health of a target', () => {
  const counts = { healthyAfter: 2, unhealthyAfter: 3 };
  const after = (...checks: readonly boolean[]): HealthState =>
    checks.reduce((health, isPassed) => afterCheck(health, isPassed, counts), REGISTERED).state;

  test.each([
    { checks: [], expected: 'initial' },
    { checks: [true], expected: 'healthy' },
    { checks: [false, false], expected: 'initial' },
    { checks: [false, true], expected: 'healthy' },
    { checks: [false, false, false], expected: 'unhealthy' },
    { checks: [true, false, false], expected: 'healthy' },
    { checks: [true, false, false, true, false, false], expected: 'healthy' },
    { checks: [true, false, false, false], expected: 'unhealthy' },
    { checks: [false, false, false, true], expected: 'unhealthy' },
    { checks: [false, false, false, true, false, true], expected: 'unhealthy' },
    { checks: [false, false, false, true, true], expected: 'healthy' },
  ])('is $expected after $checks', ({ checks, expected }) => {
    expect(after(...checks)).toBe(expected);
  });
});

describe('the counts of a period', () => {
  test('part errors of targets from those of the load balancer, and begin anew', () => {
    const counts = countRequests();
    counts.add({ status: 200, ms: 600, isFromTarget: true });
    counts.add({ status: 503, ms: 2, isFromTarget: true });
    counts.add({ status: 504, ms: 5_000, isFromTarget: false });

    expect(counts.take()).toEqual({
      requests: 3,
      targetErrors: 1,
      balancerErrors: 1,
      busyMs: 602,
    });
    expect(counts.take()).toEqual({ requests: 0, targetErrors: 0, balancerErrors: 0, busyMs: 0 });
  });

  test.each([
    { busyMs: 40_000, places: 8, expected: 50 },
    { busyMs: 90_000, places: 8, expected: 100 },
    { busyMs: 90_000, places: 0, expected: 0 },
  ])(
    'give the share of the places that were taken: $expected %',
    ({ busyMs, places, expected }) => {
      expect(busyPercent({ busyMs }, { periodMs: 10_000, places })).toBe(expected);
    },
  );
});
