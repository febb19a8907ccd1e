import { describe, expect, test } from '@jest/globals';
import {
  type Fleet,
  isSelected,
  MEMBER_PLACEHOLDER,
  memberOf,
} from '#domain/configuration/fleet.ts';
import type { StatMetric } from '#domain/configuration/metric.ts';
import type { TrackRule } from '#domain/configuration/rule.ts';
import { aBehavior } from '#test/support/builders.ts';

const statOf = (dimensions: StatMetric['dimensions']): StatMetric => ({
  kind: 'stat',
  namespace: 'AWS/EC2',
  metricName: 'CPUUtilization',
  dimensions,
  statistic: 'Average',
  periodSeconds: 60,
});

const LOAD: TrackRule = {
  kind: 'track',
  name: 'load',
  metric: 'cpu',
  target: 50,
  isTotal: false,
  onMissing: 'hold',
};

const QUERY = {
  kind: 'query',
  query: `SELECT MAX(A) FROM "B" WHERE C = '${MEMBER_PLACEHOLDER}'`,
  periodSeconds: 60,
} as const;

const aFleet = (overrides: Partial<Fleet['template']> = {}): Fleet => ({
  name: 'web',
  tags: { tier: 'web', env: 'prod' },
  template: {
    capacity: { min: 2, max: 10 },
    metrics: { cpu: statOf({ AutoScalingGroupName: MEMBER_PLACEHOLDER }) },
    rules: [LOAD],
    behavior: aBehavior({}),
    everySeconds: 30,
    ...overrides,
  },
});

describe('a member of a fleet', () => {
  test('is a group with the rules of the fleet and a name of its own', () => {
    expect(memberOf(aFleet(), 'web-prod-7')).toEqual({
      name: 'web/web-prod-7',
      autoScalingGroup: 'web-prod-7',
      capacity: { min: 2, max: 10 },
      metrics: { cpu: statOf({ AutoScalingGroupName: 'web-prod-7' }) },
      rules: [LOAD],
      behavior: aBehavior({}),
      everySeconds: 30,
    });
  });

  test('has its own metrics inside of expressions, and shares the others', () => {
    const template = {
      metrics: {
        share: {
          kind: 'math',
          expression: 'a / b',
          uses: {
            a: statOf({ AutoScalingGroupName: MEMBER_PLACEHOLDER, Path: '/' }),
            b: statOf({ QueueName: 'jobs' }),
          },
          periodSeconds: 60,
        },
      },
    } as const;
    expect(memberOf(aFleet(template), 'a b').metrics).toEqual({
      share: {
        ...template.metrics.share,
        uses: {
          a: statOf({ AutoScalingGroupName: 'a b', Path: '/' }),
          b: statOf({ QueueName: 'jobs' }),
        },
      },
    });
  });

  test('replaces a placeholder that is the whole value, and no part of one', () => {
    const metrics = { cpu: statOf({ Path: `/${MEMBER_PLACEHOLDER}` }) };
    expect(memberOf(aFleet({ metrics }), 'web-1').metrics).toEqual(metrics);
  });

  test('has queries as they are written', () => {
    expect(memberOf(aFleet({ metrics: { all: QUERY } }), "it's").metrics).toEqual({ all: QUERY });
  });
});

describe('a fleet selects a group', () => {
  test.each<{ title: string; tags: readonly (readonly [string, string])[]; is: boolean }>([
    {
      title: 'with all its tags',
      tags: [
        ['tier', 'web'],
        ['env', 'prod'],
      ],
      is: true,
    },
    {
      title: 'with more tags',
      tags: [
        ['tier', 'web'],
        ['env', 'prod'],
        ['x', 'y'],
      ],
      is: true,
    },
    { title: 'without one of them', tags: [['tier', 'web']], is: false },
    {
      title: 'with another value',
      tags: [
        ['tier', 'web'],
        ['env', 'Prod'],
      ],
      is: false,
    },
    { title: 'without tags', tags: [], is: false },
  ])('$title: $is', ({ tags, is }) => {
    expect(isSelected(aFleet(), new Map(tags))).toBe(is);
  });
});
