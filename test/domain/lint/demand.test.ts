import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { findDemandNotFollowed, MEASURED } from '#domain/lint/demand.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { fileWithGroup } from '#test/parse/configuration/problems-in.ts';

const TG = 'targetgroup/web/73e2d6bc24d8a067';
const ALB = 'app/web/50dc6c495c0c9188';
const NLB = 'net/web/50dc6c495c0c9188';
const METRICS = {
  cpu: '{ preset: asg-cpu }',
  busiest: '{ preset: asg-cpu, statistic: p90 }',
  each: `{ preset: alb-requests-per-target, targetGroup: ${TG} }`,
  latency: `{ preset: alb-response-time, loadBalancer: ${ALB}, targetGroup: ${TG} }`,
  requests: `{ preset: alb-requests, loadBalancer: ${ALB}, targetGroup: ${TG} }`,
  flows: `{ preset: nlb-flows, loadBalancer: ${NLB} }`,
  backlog: '{ preset: sqs-backlog, queue: orders }',
  sent: '{ preset: sqs-sent, queue: orders }',
  orders: '{ namespace: Shop, metric: Orders, statistic: Sum }',
  memory: '{ namespace: CWAgent, metric: mem_used_percent, statistic: Average }',
  mixed: '{ expression: 2 * cpu, uses: { cpu: { preset: asg-cpu } } }',
} as const;

type Has = Readonly<{
  metrics: readonly (keyof typeof METRICS)[];
  rule: string;
  more?: string;
}>;

const findingsOf = ({ metrics, rule, more = '' }: Has) => {
  const named = metrics.map((name) => `${name}: ${METRICS[name]}`).join(', ');
  const text = fileWithGroup(`metrics: { ${named} }\nrules: { ${rule} }\n${more}`);
  const parsed = parseConfiguration(text, { file: 'tidegate.yml', prefix: 't' });
  if (!parsed.ok) throw new Error(parsed.problem[0]?.message);
  return parsed.value.groups.flatMap(findDemandNotFollowed);
};
const fixOf = (has: Has) =>
  findingsOf(has).map(({ fix }) => /shadow at first: (.*), and/.exec(fix)?.[1]);

const UP = 'up: { when: cpu > 70, then: add 2 }';

describe('a group that goes by CPU', () => {
  test.each<[string, Has, string]>([
    [
      'behind an Application Load Balancer of its health',
      { metrics: ['cpu'], rule: UP, more: `health: { targetGroup: ${TG}, loadBalancer: ${ALB} }` },
      `requests: { preset: alb-requests, loadBalancer: ${ALB}, targetGroup: ${TG} }`,
    ],
    [
      'behind one that another metric names',
      { metrics: ['cpu', 'latency'], rule: UP },
      `requests: { preset: alb-requests, loadBalancer: ${ALB}, targetGroup: ${TG} }`,
    ],
    [
      'behind a Network Load Balancer',
      { metrics: ['cpu'], rule: UP, more: `health: { targetGroup: ${TG}, loadBalancer: ${NLB} }` },
      `flows: { preset: nlb-flows, loadBalancer: ${NLB} }`,
    ],
    [
      'behind a queue',
      { metrics: ['cpu', 'backlog'], rule: UP },
      'sent: { preset: sqs-sent, queue: orders }',
    ],
    [
      'behind load balancers of both kinds',
      { metrics: ['cpu', 'flows', 'latency'], rule: UP },
      `requests: { preset: alb-requests, loadBalancer: ${ALB}, targetGroup: ${TG} }`,
    ],
    [
      'behind one whose flows are there and unused',
      { metrics: ['cpu', 'flows'], rule: UP },
      `flows-in-total: { preset: nlb-flows, loadBalancer: ${NLB} }`,
    ],
    [
      'with a target group alone',
      { metrics: ['each'], rule: 'a: { track: each, target: 1000 }' },
      `requests: { preset: alb-requests, loadBalancer: app/NAME/ID, targetGroup: ${TG} }`,
    ],
  ])('%s hears which total there is', (_, has, metric) => {
    expect(fixOf(has)).toEqual([metric]);
  });

  test.each<[string, Has]>([
    ['where no total is known', { metrics: ['cpu', 'orders'], rule: UP }],
    [
      'beside a rule that tracks the total',
      {
        metrics: ['cpu', 'requests'],
        rule: `${UP}, a: { track: requests, target: 80rps per unit }`,
      },
    ],
    [
      'beside a forecast of it in shadow',
      {
        metrics: ['cpu', 'sent'],
        rule: `${UP}, a: { forecast: sent, perInstance: 5rps, mode: shadow }`,
      },
    ],
    ['without a rule', { metrics: ['cpu', 'requests'], rule: '' }],
    [
      'whose rules go by other things',
      { metrics: ['memory', 'latency'], rule: 'a: { when: memory > 80, then: add 1 }' },
    ],
  ])('hears nothing %s', (_, has) => {
    expect(findingsOf(has)).toEqual([]);
  });

  test.each([
    ['a rule in shadow', 'a: { when: cpu > 70, then: add 1, mode: shadow }', ['a'], 'cpu'],
    ['a rule that tracks', 'a: { track: cpu, target: 50 }', ['a'], 'cpu'],
    ['another statistic', 'a: { when: busiest > 70, then: add 1 }', ['a'], 'busiest'],
    ['an expression', 'a: { desired: "mixed / 50.0" }', ['a'], 'mixed'],
    [
      'two metrics, but not a third',
      `${UP}, b: { step: each, bands: [{ above: 9, then: add 1 }] }, c: { when: latency > 1, then: add 1 }`,
      ['up', 'b'],
      'cpu, each',
    ],
    [
      'a total that divides by itself',
      `${UP}, b: { track: backlog, target: 9 per unit }`,
      ['up'],
      'cpu',
    ],
  ])('counts %s', (_, rule, rules, means) => {
    const metrics = ['cpu', 'busiest', 'each', 'latency', 'mixed', 'backlog'] as const;
    expect(findingsOf({ metrics, rule })).toMatchObject([
      {
        code: 'demand-not-followed',
        isHint: true,
        group: 'web',
        rules,
        message: expect.stringMatching(
          new RegExp(
            `^${means} moves? with the capacity, and the requests of ${TG} would say what comes$`,
          ),
        ),
      },
    ]);
  });
});

test('the figures of the hint stand in the table of benchmarks', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/benchmarks.md'), 'utf8');
  const [, oneSetting = ''] = page.split('One setting for all traces');
  const atOnePercent = (row: string) =>
    oneSetting
      .split('\n')
      .find((line) => line.startsWith(`| ${row} | `))
      ?.split(' | ')[2];

  for (const { row, value } of Object.values(MEASURED)) {
    expect(atOnePercent(row)).toMatch(new RegExp(`^${value.replace('.', '\\.')} \\(`));
  }
});
