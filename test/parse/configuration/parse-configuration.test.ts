import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { aBehavior, USUAL_FLAPPING } from '#test/support/builders.ts';
import { fileWithGroup, linesOf } from './problems-in.ts';

const parse = (text: string, prefix = 'tidegate-dev') => {
  const result = parseConfiguration(text, { file: 'tidegate.yml', prefix });
  if (!result.ok) throw new Error(linesOf(text, prefix).join('\n'));
  return result.value;
};

describe('a configuration', () => {
  test('of one line has every default', () => {
    expect(parse('{ version: 1, groups: { web: { autoScalingGroup: web-prod } } }')).toEqual({
      alerts: [],
      groups: [
        {
          name: 'web',
          autoScalingGroup: 'web-prod',
          capacity: {},
          metrics: {},
          rules: [],
          behavior: aBehavior({ flapping: USUAL_FLAPPING }),
        },
      ],
      channels: [],
      routes: [],
    });
  });

  test.each([
    ['dashboard: off', { dashboard: 'off' }],
    ['dashboard: on', {}],
    ['tracing: xray', { tracing: 'xray' }],
    ['tracing: off', {}],
    ['permissions: named', { permissions: 'named' }],
    ['permissions: tagged', {}],
  ])('says with "%s" how it is deployed, unless that is usual', (line, kept) => {
    const usual = parse('{ version: 1, groups: { web: { autoScalingGroup: web-prod } } }');

    expect(parse(`version: 1\ngroups: { web: { autoScalingGroup: web-prod } }\n${line}`)).toEqual({
      ...usual,
      ...kept,
    });
  });

  test('is resolved in full', () => {
    const text = `
version: 1
groups:
  web:
    autoScalingGroup: web-prod
    capacity: { min: 2, max: 10 }
    metrics:
      memory: { namespace: CWAgent, metric: mem, statistic: p90, period: 5m }
    rules:
      full: { when: memory >= 80 for 10m of 15m, then: add 10%, onMissing: ignore }
      mine: { when: { alarm: My alarm }, then: set 4 }
    behavior:
      scaleOut: { cooldown: 0s }
    health:
      targetGroup: arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/73e2d6bc24d8a067
      loadBalancer: net/web/50dc6c495c0c9188
      also: [{ targetGroup: targetgroup/api/73e2d6bc24d8a068, loadBalancer: app/api/50dc6c495c0c9189 }]
      limit: { targets: 2, per: 30m }
      probation: off
notify:
  channels:
    ops: { slack: ssm:/hook }
    lab: { slack: ssm:/lab, origin: "http://localhost:9000" }
    mail: { email: ops@example.com }
  routes: [{ on: [scaled, held], to: [ops] }]
`;

    expect(parse(text, 'shop-prod')).toEqual({
      alerts: [],
      groups: [
        {
          name: 'web',
          autoScalingGroup: 'web-prod',
          capacity: { min: 2, max: 10 },
          metrics: {
            memory: {
              kind: 'stat',
              namespace: 'CWAgent',
              metricName: 'mem',
              dimensions: {},
              statistic: 'p90',
              periodSeconds: 300,
            },
          },
          rules: [
            {
              kind: 'threshold',
              name: 'full',
              alarm: {
                kind: 'generated',
                name: 'shop-prod-web-full',
                condition: {
                  text: 'memory >= 80 for 10m of 15m',
                  metric: 'memory',
                  comparison: '>=',
                  threshold: 80,
                  datapoints: 2,
                  periods: 3,
                },
              },
              adjustment: { kind: 'add', amount: 10, unit: 'percent' },
              onMissing: 'ignore',
            },
            {
              kind: 'threshold',
              name: 'mine',
              alarm: { kind: 'existing', name: 'My alarm' },
              adjustment: { kind: 'set', capacity: 4 },
              onMissing: 'hold',
            },
          ],
          behavior: aBehavior({ scaleOut: { cooldownSeconds: 0 }, flapping: USUAL_FLAPPING }),
          health: {
            watched: [
              {
                alarm: 'shop-prod-web-unhealthy-targets',
                targetGroup: 'targetgroup/web/73e2d6bc24d8a067',
                loadBalancer: 'net/web/50dc6c495c0c9188',
              },
              {
                alarm: 'shop-prod-web-unhealthy-targets-2',
                targetGroup: 'targetgroup/api/73e2d6bc24d8a068',
                loadBalancer: 'app/api/50dc6c495c0c9189',
              },
            ],
            unhealthyIn: 'all',
            unhealthyForSeconds: 120,
            action: 'auto',
            floorPercent: 50,
            floorCount: 1,
            ceilingPercent: 30,
            pace: { targets: 2, percent: 0, perSeconds: 1_800 },
            quarantine: { seconds: 86_400, isReplaced: true },
          },
        },
      ],
      channels: [
        {
          kind: 'slack',
          name: 'ops',
          webhookParameter: '/hook',
          origins: ['https://hooks.slack.com', 'https://hooks.slack-gov.com'],
          perHour: 60,
        },
        {
          kind: 'slack',
          name: 'lab',
          webhookParameter: '/lab',
          origins: ['http://localhost:9000'],
          perHour: 60,
        },
        { kind: 'email', name: 'mail', address: 'ops@example.com', perHour: 60 },
      ],
      routes: [{ on: ['scaled', 'held'], to: ['ops'] }],
    });
  });

  test('without routes tells every channel what people must know', () => {
    const text = `${fileWithGroup('')}\nnotify: { channels: { a: { email: a@b.de }, b: { email: b@b.de } } }`;
    expect(parse(text).routes).toEqual([
      {
        on: [
          ...['scaled', 'replaced', 'blocked', 'at-max', 'failed'],
          ...['override', 'foreign', 'flapping', 'membership', 'alert'],
        ],
        to: ['a', 'b'],
      },
    ]);
  });

  test('without durations looks at one period', () => {
    const body =
      'metrics: { cpu: { preset: asg-cpu, period: 5m } }\nrules: { a: { when: cpu > 1, then: add 1 } }';
    expect(parse(fileWithGroup(body)).groups[0]?.rules[0]).toMatchObject({
      alarm: { condition: { datapoints: 1, periods: 1 } },
    });
  });

  test('may repeat itself by aliases', () => {
    const text = `
version: 1
groups:
  web: &web
    autoScalingGroup: web-prod
    rules: &rules { a: { when: { alarm: x }, then: add 1 } }
  api: { autoScalingGroup: api-prod, rules: *rules }
`;
    expect(parse(text).groups.map(({ rules }) => rules.length)).toEqual([1, 1]);
  });

  test('may use names that JavaScript has a meaning for', () => {
    const text = `
version: 1
groups:
  constructor:
    autoScalingGroup: web-prod
    metrics: { toString: { preset: asg-cpu } }
    rules: { valueof: { when: toString > 1, then: add 1 } }
`;
    const [group] = parse(text).groups;
    expect(group).toMatchObject({ name: 'constructor', rules: [{ name: 'valueof' }] });
    expect(Object.keys(group?.metrics ?? {})).toEqual(['toString']);
  });
});

describe('the files that people start from', () => {
  const root = new URL('../../../', import.meta.url);
  const examples = readdirSync(new URL('examples/', root))
    .filter((name) => name.endsWith('.yml'))
    .map((name) => `examples/${name}`);

  test.each(['tidegate.yml', ...examples])('%s is valid', (name) => {
    expect(linesOf(readFileSync(new URL(name, root), 'utf8'))).toEqual([]);
  });
});
