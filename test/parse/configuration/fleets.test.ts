import { describe, expect, test } from '@jest/globals';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { aBehavior, aHealth, USUAL_FLAPPING } from '#test/support/builders.ts';
import { linesOf } from './problems-in.ts';

const parse = (text: string) => {
  const result = parseConfiguration(text, { file: 'tidegate.yml', prefix: 'tidegate-dev' });
  if (!result.ok) throw new Error(linesOf(text).join('\n'));
  return result.value;
};

const fileWith = (fleet: string, more = '') => `
version: 1
fleets:
  web: { select: { tags: { tier: web } }${fleet === '' ? '' : `, ${fleet}`} }
${more}`;

const RULES = `
    metrics:
      cpu: { preset: asg-cpu }
      lag: { namespace: App, metric: lag, statistic: Maximum, dimensions: { Log: "/app/{autoScalingGroup}.log" } }
    rules:
      high: { when: cpu > 70 for 3m of 5m, then: add 2 }
      late: { when: { alarm: "{autoScalingGroup}-late" }, then: add 1 }
      calm: { track: lag, target: 10 }
`;

describe('a fleet', () => {
  test('of one line has every default, and needs no group beside it', () => {
    expect(parse(fileWith(''))).toEqual({
      groups: [],
      fleets: [
        {
          name: 'web',
          tags: { tier: 'web' },
          template: {
            capacity: {},
            metrics: {},
            rules: [],
            behavior: aBehavior({ flapping: USUAL_FLAPPING }),
          },
        },
      ],
      alerts: [],
      channels: [],
      routes: [],
    });
  });

  test('has metrics and alarms that say whose they are, and conditions without an alarm', () => {
    const [fleet] = parse(
      `version: 1\nfleets:\n  web:\n    select: { tags: { tier: web, env: "" } }\n${RULES}`,
    ).fleets as [NonNullable<ReturnType<typeof parse>['fleets']>[number]];
    expect(fleet.tags).toEqual({ tier: 'web', env: '' });
    expect(fleet.template.metrics).toMatchObject({
      cpu: { dimensions: { AutoScalingGroupName: '{autoScalingGroup}' } },
      lag: { dimensions: { Log: '/app/{autoScalingGroup}.log' } },
    });
    expect(fleet.template.rules).toMatchObject([
      {
        name: 'high',
        alarm: {
          kind: 'watched',
          name: 'cpu > 70 for 3m of 5m',
          condition: { metric: 'cpu', threshold: 70, datapoints: 3, periods: 5 },
        },
      },
      { name: 'late', alarm: { kind: 'existing', name: '{autoScalingGroup}-late' } },
      { name: 'calm', kind: 'track' },
    ]);
  });

  test('may have health, which names no target group', () => {
    const healthOf = (health: string) => parse(fileWith(health)).fleets?.[0]?.template.health;
    expect(healthOf('health: {}')).toEqual({
      ...aHealth({ watched: [], action: 'auto' }),
    });
    expect(healthOf('health: { unhealthyFor: 5m, action: notify, probation: off }')).toMatchObject({
      watched: [],
      unhealthyForSeconds: 300,
      action: 'notify',
    });
    expect(healthOf('')).toBeUndefined();
  });

  test('may be named by routes, as groups are', () => {
    const { routes } = parse(
      fileWith(
        '',
        'notify: { channels: { ops: { email: ops@example.com } }, routes: [{ on: [membership], to: [ops], groups: [web] }] }',
      ),
    );
    expect(routes).toEqual([{ on: ['membership'], to: ['ops'], groups: ['web'] }]);
  });
});

test.each<{ title: string; text: string; lines: readonly string[] }>([
  {
    title: 'neither groups nor fleets',
    text: 'version: 1',
    lines: ['groups: "groups" is missing'],
  },
  {
    title: 'no fleet under fleets',
    text: 'version: 1\nfleets: {}',
    lines: ['fleets: found nothing in it'],
  },
  {
    title: 'no tag',
    text: 'version: 1\nfleets: { web: { select: { tags: {} } } }',
    lines: ['fleets.web.select.tags: found nothing in it'],
  },
  {
    title: 'no select',
    text: 'version: 1\nfleets: { web: {} }',
    lines: ['fleets.web.select: "select" is missing'],
  },
  {
    title: 'the tag of the deployment',
    text: 'version: 1\nfleets: { web: { select: { tags: { "tidegate:managed": x } } } }',
    lines: [
      'fleets.web.select.tags.tidegate:managed: "tidegate:managed" is the tag of the deployment, which all its groups carry',
    ],
  },
  {
    title: 'a tag of AWS',
    text: 'version: 1\nfleets: { web: { select: { tags: { "aws:x": y } } } }',
    lines: ['fleets.web.select.tags.aws:x: "aws:x" cannot be the name of a tag'],
  },
  {
    title: 'too many tags',
    text: `version: 1\nfleets: { web: { select: { tags: { ${Array.from({ length: 50 }, (_, index) => `t${index}: x`).join(', ')} } } } }`,
    lines: ['fleets.web.select.tags: found 50 tags'],
  },
  {
    title: 'the name of a group',
    text: fileWith('', 'groups: { web: { autoScalingGroup: a } }'),
    lines: ['fleets.web: a group is named "web", too'],
  },
  {
    title: 'a name that cannot be one',
    text: 'version: 1\nfleets: { "a/b": { select: { tags: { a: b } } } }',
    lines: ['fleets.a/b: "a/b" cannot be the name of a fleet'],
  },
  {
    title: 'the tags of another fleet, in another order',
    text: 'version: 1\nfleets: { a: { select: { tags: { x: "1", y: "2" } } }, b: { select: { tags: { y: "2", x: "1" } } } }',
    lines: ['fleets.b.select.tags: the fleet "a" selects by the same tags'],
  },
  {
    title: 'the name of a group in AWS',
    text: fileWith('autoScalingGroup: web-prod'),
    lines: ['fleets.web.autoScalingGroup: unknown key "autoScalingGroup"'],
  },
  {
    title: 'a target group, which each member has of its own',
    text: fileWith('health: { targetGroup: targetgroup/web/73e2d6bc24d8a067 }'),
    lines: [
      'fleets.web.health.targetGroup: unknown key "targetGroup": a fleet names no target groups: looked at are those that the Auto Scaling group of each member is attached to',
    ],
  },
  {
    title: 'a quarantine that its own behavior would undo',
    text: fileWith(
      'behavior: { onForeignChange: restore }, health: { action: quarantine, quarantine: { replacement: none } }',
    ),
    lines: [
      'fleets.web.health.quarantine.replacement: the group would become smaller, and behavior.onForeignChange: restore would launch another instance',
    ],
  },
  {
    title: 'an alarm that is the same for all members',
    text: fileWith('rules: { late: { when: { alarm: late }, then: add 1 } }'),
    lines: [
      'fleets.web.rules.late.when.alarm: in a fleet, the name of an alarm must say whose it is',
    ],
  },
  {
    title: 'a metric that does not exist',
    text: fileWith('rules: { high: { when: cpu > 70, then: add 1 } }'),
    lines: ['fleets.web.rules.high.when: no metric of this group is named "cpu"'],
  },
  {
    title: 'bounds in the wrong order',
    text: fileWith('capacity: { min: 3, max: 2 }'),
    lines: ['fleets.web.capacity.min: the minimum of 3 is above the maximum of 2'],
  },
  {
    title: 'the name of a member within a query',
    text: fileWith(
      `metrics: { all: { query: "SELECT MAX(CPUUtilization) FROM SCHEMA(\\"AWS/EC2\\", AutoScalingGroupName) WHERE AutoScalingGroupName = '{autoScalingGroup}'" } }`,
    ),
    lines: [
      'fleets.web.metrics.all.query: "{autoScalingGroup}" is filled in within dimensions alone',
    ],
  },
  {
    title: 'the name of a member within an expression',
    text: fileWith(
      `metrics: { all: { expression: "SEARCH('{autoScalingGroup}', 'Sum', 60) + a", uses: { a: { preset: asg-cpu } } } }`,
    ),
    lines: [
      'fleets.web.metrics.all.expression: "{autoScalingGroup}" is filled in within dimensions alone',
    ],
  },
  {
    title: 'roles that name each group',
    text: fileWith('', 'permissions: named'),
    lines: ['permissions: roles that name each group would not reach the members of fleets'],
  },
  {
    title: 'an alert about all members',
    text: fileWith('', 'alerts: { hot: { group: web, when: cpu > 90 for 5m } }'),
    lines: [
      'alerts.hot.group: "web" is a fleet, and an alert is about one group: no alarm can be made for members that the deployment does not know',
    ],
  },
  {
    title: 'a route to nobody',
    text: fileWith(
      '',
      'notify: { channels: { ops: { email: ops@example.com } }, routes: [{ on: [scaled], to: [ops], groups: [wep] }] }',
    ),
    lines: ['notify.routes[0].groups[0]: no group is named "wep"'],
  },
])('$title: refused', ({ text, lines }) => {
  expect(linesOf(text).map((line) => line.replace(/^\S+ \S+ /, '').replace(/ \|.*$/, ''))).toEqual(
    lines,
  );
});
