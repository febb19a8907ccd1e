import { describe, expect, test } from '@jest/globals';
import { describeMany } from '#cli/status/describe-many.ts';
import type { StatusPaint } from '#cli/status/describe-status.ts';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import { type GroupStatus, groupStatusOf, type UnseenStatus } from '#domain/status/group-status.ts';
import { NOON } from '#test/support/builders.ts';
import { observe } from '#test/support/pools.ts';

const PLAIN: StatusPaint = {
  bold: String,
  green: String,
  yellow: String,
  red: String,
  dim: String,
};

const quiet = (): GroupStatus => {
  const observation = observe({ capacity: 7 });
  const capacity = { observation, decision: decideCapacity(observation) };
  const { next, ...others } = groupStatusOf({ capacity, values: {}, recent: [] });
  return {
    ...others,
    group: 'quiet',
    capacity: {
      desired: 7,
      inService: 6,
      starting: 1,
      min: { at: 2, by: 'tidegate.yml' },
      max: { at: 10, by: 'tidegate.yml' },
    },
    next: { ...next, from: 7, to: 7, reason: 'Steady', summary: 'quiet stays at 7' },
  };
};

const linesOf = (...groups: readonly (GroupStatus | UnseenStatus)[]): readonly string[] =>
  describeMany(
    { groups, channels: [], alarms: [], sweep: { at: NOON } },
    { name: 'eu', now: NOON, paint: PLAIN },
  ).split('\n');

const since = NOON;
const OVERRIDE = {
  id: 'o',
  kind: 'pause',
  by: 'ann',
  reason: 'a sale',
  since,
  until: NOON + 3_600_000,
} as const;

describe('a deployment among others', () => {
  test('has a short line for each quiet group', () => {
    expect(linesOf(quiet(), { ...quiet(), group: 'quieter' })).toEqual([
      'the sweep looked 0 s ago',
      '0 of 2 groups to look at',
      'eu  quiet    6 of 7, 2 to 10  Steady',
      'eu  quieter  6 of 7, 2 to 10  Steady',
    ]);
  });

  test('says that it has no groups', () => {
    expect(linesOf()[1]).toBe('it has no groups');
  });

  test('stays readable with three hundred groups: those to look at stand first', () => {
    const many = Array.from({ length: 300 }, (_, at) => ({ ...quiet(), group: `web-${at}` }));
    const paused = { ...quiet(), group: 'api', override: OVERRIDE };
    const lines = linesOf(...many, paused);

    expect(lines).toHaveLength(303);
    expect(lines[1]).toBe('1 of 301 groups to look at');
    expect(lines[2]).toMatch(/^eu {2}api +6 of 7, 2 to 10 {2}paused by ann/);
    expect(Math.max(...lines.slice(3).map(({ length }) => length))).toBeLessThan(40);
  });

  const incident = { key: 'web at its maximum', since };
  const { capacity: _capacity, ...unknown } = quiet();
  const sick = {
    registered: 3,
    healthy: 2,
    sick: [{ target: 'i-1:80', since, cause: 'Timeout' }],
    out: [],
    onProbation: [],
    next: { reason: 'Waiting' as never, summary: 'it waits' },
  };
  const plan = { id: 'p', summary: 'web 7 → 9', recovery: {} as never };
  const change = { ...quiet().next, to: 9, summary: 'web 7 → 9: cpu' };

  test.each([
    [{ group: 'web', autoScalingGroup: 'w', unseen: 'no answer' }, 'not seen: no answer'],
    [unknown, 'quiet stays at 7'],
    [{ ...quiet(), incidents: [incident] }, 'web at its maximum is open since '],
    [{ ...quiet(), incidents: [incident, incident], override: OVERRIDE }, ', and 1 more'],
    [{ ...quiet(), healthUnseen: 'denied' }, 'health is not seen: denied'],
    [{ ...quiet(), override: OVERRIDE, plan }, 'paused by ann'],
    [{ ...quiet(), plan, health: sick }, 'in flight: web 7 → 9'],
    [{ ...quiet(), health: sick, next: change }, '2 of 3 targets healthy; it waits'],
    [{ ...quiet(), next: change }, 'web 7 → 9: cpu'],
  ])('says the most urgent thing of a group: %j', (group, text) => {
    const [, count, line] = linesOf(group as GroupStatus);

    expect(count).toBe('1 of 1 group to look at');
    expect(line).toContain(text);
  });

  test('is as loud as its groups', () => {
    const paint = (word: string) => (text: string) => `<${word}>${text}`;
    const painted = describeMany(
      {
        groups: [
          quiet(),
          { ...quiet(), next: change },
          { ...quiet(), override: OVERRIDE },
          { group: 'web', autoScalingGroup: 'w', unseen: 'no answer' },
        ],
        channels: [],
        alarms: [],
        sweep: { at: NOON },
      },
      {
        name: 'eu',
        now: NOON,
        paint: { ...PLAIN, bold: paint('bold'), red: paint('red'), yellow: paint('yellow') },
      },
    );

    expect(painted.split('\n').map((line) => /^<(\w+)>/.exec(line)?.[1])).toEqual([
      undefined,
      undefined,
      'red',
      'yellow',
      'bold',
      undefined,
    ]);
  });
});
