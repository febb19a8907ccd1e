import { describe, expect, test } from '@jest/globals';
import type { Fleet } from '#domain/configuration/configuration.ts';
import {
  describeTags,
  groupsAndTemplates,
  hasHealedFleet,
  hasHealth,
  isMeantBy,
  isSelected,
  MEMBER_PLACEHOLDER,
  memberOf,
  memberOfAlarm,
  partsOfMember,
  tagKeysOf,
  templateOf,
} from '#domain/configuration/fleet.ts';
import type { StatMetric } from '#domain/configuration/metric.ts';
import type { TrackRule } from '#domain/configuration/rule.ts';
import { aBehavior, aHealth, anAlarmRule, aRule } from '#test/support/builders.ts';

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

const HIGH = {
  text: 'cpu > 70 for 5m',
  metric: 'cpu',
  comparison: '>',
  threshold: 70,
  datapoints: 5,
  periods: 5,
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
      fleet: { name: 'web', tags: { tier: 'web', env: 'prod' } },
    });
  });

  test('has the health of its fleet, if that has any', () => {
    const health = aHealth({ watched: [] });
    const fleet = aFleet({ health });

    expect(memberOf(fleet, 'web-prod-7').health).toEqual(health);
    expect([hasHealth(fleet), hasHealth(aFleet())]).toEqual([true, false]);
    expect(hasHealedFleet({ fleets: [aFleet(), fleet] })).toBe(true);
    expect(hasHealedFleet({})).toBe(false);
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

  test('has its name in the middle of a value, and twice where it stands twice', () => {
    const metrics = { cpu: statOf({ Path: `/${MEMBER_PLACEHOLDER}/${MEMBER_PLACEHOLDER}.log` }) };
    expect(memberOf(aFleet({ metrics }), "a$&'b").metrics).toEqual({
      cpu: statOf({ Path: "/a$&'b/a$&'b.log" }),
    });
  });

  test('has an alarm of its own where the fleet has one for each member', () => {
    const rules = [
      anAlarmRule('busy', { alarm: { kind: 'existing', name: 'x-{autoScalingGroup}-y' } }),
    ];
    expect(memberOf(aFleet({ rules }), 'web-1').rules).toEqual([
      anAlarmRule('busy', { alarm: { kind: 'existing', name: 'x-web-1-y' } }),
    ]);
  });

  test('shares a condition that is held against its own metric', () => {
    const alarm = { kind: 'watched', name: 'cpu > 70 for 5m', condition: HIGH } as const;
    const rules = [aRule({ alarm })];
    expect(memberOf(aFleet({ rules }), 'web-1').rules).toEqual(rules);
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
    expect(isSelected(aFleet(), Object.fromEntries(tags))).toBe(is);
  });
});

describe('the name of a member', () => {
  test.each([
    ['web/a', { fleet: 'web', autoScalingGroup: 'a' }],
    ['web/a/b', { fleet: 'web', autoScalingGroup: 'a/b' }],
    ['web', undefined],
    ['/a', undefined],
    ['web/', undefined],
  ])('%s has the parts %j', (name, parts) => {
    expect(partsOfMember(name)).toEqual(parts);
  });

  test.each([
    ['web/a', ['web'], true],
    ['web/a', ['web/a'], true],
    ['web/a', ['api'], false],
    ['web', ['web'], true],
    ['web', ['web/a'], false],
  ])('%s among %j: %s', (group, names, is) => {
    expect(isMeantBy(group, names)).toBe(is);
  });
});

describe('the alarm of a member', () => {
  test.each([
    ['x-{autoScalingGroup}-y', 'x-a-y', 'a'],
    ['{autoScalingGroup}', 'a', 'a'],
    ['{autoScalingGroup}-y', '-y', undefined],
    ['x-{autoScalingGroup}-y', 'x-y', undefined],
    ['x-{autoScalingGroup}-y', 'x-a-z', undefined],
    ['x-{autoScalingGroup}-y', 'w-a-y', undefined],
  ])('%s, %s: %s', (pattern, alarm, member) => {
    expect(memberOfAlarm(pattern, alarm)).toBe(member);
  });
});

test('a template is looked at as a group that is called as the fleet', () => {
  const fleet = aFleet();
  const template = { ...fleet.template, name: 'web', autoScalingGroup: MEMBER_PLACEHOLDER };
  expect(templateOf(fleet)).toEqual(template);
  expect(groupsAndTemplates({ groups: [], fleets: [fleet] })).toEqual([template]);
  expect(groupsAndTemplates({ groups: [template] })).toEqual([template]);
});

test('the keys of the tags of all fleets are each named once', () => {
  expect(tagKeysOf([aFleet(), { ...aFleet(), tags: { tier: 'x', b: 'y' } }])).toEqual([
    'tier',
    'env',
    'b',
  ]);
  expect(tagKeysOf()).toEqual([]);
});

test('tags are described as people write them', () => {
  expect(describeTags(aFleet().tags)).toBe('tier=web, env=prod');
});
