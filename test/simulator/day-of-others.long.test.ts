import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Configuration } from '#domain/configuration/configuration.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { createCollector } from '#simulator/day/collect.ts';
import { runDay } from '#simulator/day/day.ts';
import { namesOf } from '#simulator/day/names-of.ts';
import { unmodelledIn, unmodelledLines } from '#simulator/day/unmodelled.ts';
import { constant, type Load } from '#simulator/fleet/load.ts';

const ROOT = join(import.meta.dirname, '../..');

const read = (text: string): Configuration => {
  const parsed = parseConfiguration(text, { file: 't.yml', prefix: 'tidegate-dev' });
  if (!parsed.ok) throw new Error(parsed.problem.map(({ message }) => message).join('; '));
  return parsed.value;
};
const readFile = (path: string): Configuration => read(readFileSync(join(ROOT, path), 'utf8'));

const runFor = async (configuration: Configuration, seed = 1, load?: Load) => {
  const collected = createCollector();
  await runDay({
    configuration,
    seed,
    hasAccidents: false,
    ...(load === undefined ? {} : { load }),
    listen: collected.listen,
    onSample: collected.sample,
    pause: () => Promise.resolve(),
  });
  return collected;
};

const TEXTBOOK = `version: 1
groups:
  web:
    autoScalingGroup: web-prod
    capacity: { min: 2, max: 10 }
    metrics:
      cpu: { preset: asg-cpu }
      requests: { preset: alb-requests-per-target, targetGroup: targetgroup/web/73e2d6bc24d8a067 }
    rules:
      cpu-high: { when: cpu > 70 for 5m, then: add 2 }
      cpu-low: { when: cpu < 30 for 10m, then: remove 1 }
      requests-high: { when: requests > 1000 for 5m, then: add 2 }
      requests-low: { when: requests < 200 for 10m, then: remove 1 }
      office: { schedule: { start: "0 8 * * MON-FRI", end: "0 18 * * MON-FRI", timezone: Europe/Berlin }, min: 4 }
    behavior: BEHAVIOR
notify:
  channels: { ops: { slack: ssm:/hook } }
`;
const textbook = (behavior: string) => read(TEXTBOOK.replace('BEHAVIOR', behavior));

describe('rules that go back and forth all night', () => {
  test.each([1, 2])(
    'change little, and people hear of it once, with seed %d',
    async (seed) => {
      const { marks, summary } = await runFor(
        textbook('{ warmup: 5m, scaleOut: { cooldown: 1m } }'),
        seed,
      );

      expect(summary().changes).toBeLessThanOrEqual(14);
      expect(summary().reversals).toBeGreaterThanOrEqual(3);
      expect(marks.filter(({ reason }) => reason === 'Flapping').length).toBeGreaterThan(0);
    },
    60_000,
  );

  test('change all the time without what slows them down', async () => {
    const { summary } = await runFor(
      textbook('{ warmup: 5m, scaleOut: { cooldown: 1m }, flapping: off }'),
    );

    expect(summary().changes).toBeGreaterThan(30);
    expect(summary().reversals).toBeGreaterThan(15);
  }, 60_000);
});

describe('a day of workers', () => {
  test('follows the queue, and loses nothing', async () => {
    const { summary, samples, figures } = await runFor(readFile('examples/queue-workers.yml'));
    const { requests, violated, changes, reversals } = summary();

    expect(changes).toBeGreaterThan(10);
    expect(violated / requests).toBeLessThan(0.05);
    const servingAt = (hour: number) => samples[hour * 60]?.serving ?? 0;
    expect(servingAt(15)).toBeGreaterThan(servingAt(5));
    expect(figures()).toContainEqual({ name: 'Reversals', value: String(reversals) });
  }, 60_000);

  test('leaves 0 by the messages that wait, and returns there when none is left', async () => {
    const rules = read(`version: 1
groups:
  jobs:
    autoScalingGroup: jobs-prod
    capacity: { min: 0, max: 10 }
    metrics:
      waiting: { preset: sqs-backlog, queue: jobs }
      flying: { namespace: AWS/SQS, metric: ApproximateNumberOfMessagesNotVisible, dimensions: { QueueName: jobs }, statistic: Maximum }
      work: { expression: "a + b", uses: { a: waiting, b: flying } }
    rules:
      up: { when: waiting > 50 for 1m, then: add 1 }
      down: { when: work < 1 for 10m, then: set 0 }
`);
    const hour = (at: number) => Math.floor(at / 3_600_000) % 24;
    const { samples } = await runFor(rules, 1, (at) => (hour(at) === 6 ? 150 : 0));

    expect(samples[5 * 60]?.serving).toBe(0);
    expect(samples[6 * 60 + 30]?.serving).toBeGreaterThan(0);
    expect(samples[12 * 60]?.serving).toBe(0);
  }, 60_000);
});

describe('a group at 0', () => {
  test('has no metric that would lead it away from there', async () => {
    const rules = read(`version: 1
groups:
  web:
    autoScalingGroup: web-prod
    capacity: { min: 0, max: 10 }
    metrics: { cpu: { preset: asg-cpu } }
    rules:
      up: { when: cpu > 1 for 1m, then: add 1 }
      night: { schedule: { start: "0 1 * * *", end: "0 2 * * *", timezone: UTC }, max: 0 }
`);
    const { samples } = await runFor(rules, 1, constant(200));

    expect(samples[30]?.serving).toBeGreaterThan(0);
    expect(samples[23 * 60]?.serving).toBe(0);
  }, 60_000);
});

describe('what a day has no source for', () => {
  const group = (metrics: string, rules: string, more = '') =>
    read(
      `version: 1\ngroups: { web: { autoScalingGroup: web, metrics: { ${metrics} }, rules: { ${rules} } } }\n${more}`,
    );

  test.each([
    'tidegate.yml',
    'simulator/day/tidegate.yml',
    'examples/queue-workers.yml',
    'examples/web-behind-load-balancer.yml',
    'examples/who-is-told.yml',
  ])('is nothing in %s', (path) => {
    expect(unmodelledIn(readFile(path))).toEqual([]);
  });

  test.each([
    'asg-cpu',
    'alb-requests, loadBalancer: app/web/50dc6c495c0c9188',
    'alb-requests-per-target',
    'alb-response-time, loadBalancer: app/web/50dc6c495c0c9188',
    'alb-error-rate, loadBalancer: app/web/50dc6c495c0c9188',
    'asg-cost-per-hour, instanceHour: 0.1',
  ])('is nothing for a rule on the preset %s', (preset) => {
    const ofTarget = preset.startsWith('alb')
      ? ', targetGroup: targetgroup/web/73e2d6bc24d8a067'
      : '';
    const metrics = `seen: { preset: ${preset}${ofTarget} }`;
    expect(unmodelledIn(group(metrics, 'a: { when: seen > 1, then: add 1 }'))).toEqual([]);
  });

  test('is said with the rules that go by it', () => {
    expect(unmodelledLines(unmodelledIn(readFile('examples/memory-from-the-agent.yml')))).toEqual([
      'not simulated: cache: memory, which memory-high, memory-low go by: nothing in the simulated day makes CWAgent mem_used_percent Average of AutoScalingGroupName cache-prod',
    ]);
    expect(unmodelledIn(readFile('examples/existing-alarms.yml'))[0]).toEqual({
      group: 'api',
      subject: 'api-busy-composite',
      detail: 'an alarm of your own: its condition is not in the file',
      readers: ['busy'],
    });
  });

  const subjects = (...args: Parameters<typeof group>) =>
    unmodelledIn(group(...args)).map(({ subject, readers }) => [subject, ...readers]);
  const OWN = 'own: { namespace: Shop, metric: Orders, statistic: Sum }';

  test.each([
    ['a metric that nobody goes by', OWN, '', []],
    ['a rule that follows one', OWN, 'a: { track: own, target: 9 }', [['own', 'a']]],
    ['an expression', OWN, 'a: { desired: own / 9 }', [['own', 'a']]],
    [
      'metric math over one',
      `${OWN}, m: { expression: "a * 2", uses: { a: own } }`,
      'a: { when: m > 1, then: add 1 }',
      [['m', 'a']],
    ],
    [
      'metric math that is not known here',
      'cpu: { preset: asg-cpu }, m: { expression: "RATE(a)", uses: { a: cpu } }',
      'a: { when: m > 1, then: add 1 }',
      [['m', 'a']],
    ],
    [
      'a statistic that is not made',
      'cpu: { preset: asg-cpu, statistic: p99 }',
      'a: { when: cpu > 1, then: add 1 }',
      [['cpu', 'a']],
    ],
    [
      'a queue of a fleet behind a load balancer',
      'q: { preset: sqs-backlog, queue: q }, r: { preset: alb-requests-per-target, targetGroup: targetgroup/web/73e2d6bc24d8a067 }',
      'a: { when: q > 1, then: add 1 }, b: { when: r > 1, then: add 1 }',
      [['q', 'a']],
    ],
    [
      'a second queue',
      'q: { preset: sqs-backlog, queue: q }, r: { preset: sqs-backlog, queue: r }',
      'a: { when: q > 1, then: add 1 }, b: { when: r > 1, then: add 1 }',
      [['r', 'b']],
    ],
  ])('is found for %s', (_title, metrics, rules, found) => {
    expect(subjects(metrics, rules)).toEqual(found);
  });

  test('is found for alerts, too', () => {
    const alerts = 'alerts: { few: { group: web, when: own < 1 } }';
    expect(subjects(OWN, '', alerts)).toEqual([['own', 'alert few']]);
  });

  test('is no queue that a group without a load balancer names', () => {
    const { groups } = group('q: { preset: sqs-backlog, queue: orders }', '');
    expect(groups.map((each) => namesOf(each))).toEqual([
      {
        autoScalingGroup: 'web',
        targetGroup: 'targetgroup/web/1',
        loadBalancer: 'app/lb/1',
        queue: 'orders',
      },
    ]);
  });
});

test('a query of Metrics Insights and a metric of another account have no source', () => {
  const configuration = read(`version: 1
groups:
  web:
    autoScalingGroup: web-prod
    capacity: { min: 2, max: 10 }
    metrics:
      hottest: { query: 'SELECT MAX(CPUUtilization) FROM "AWS/EC2"' }
      there: { namespace: AWS/EC2, metric: CPUUtilization, dimensions: { AutoScalingGroupName: web-prod }, statistic: Average, account: "210987654321" }
    rules:
      hot: { when: hottest > 70, then: add 2 }
      busy: { track: there, target: 50 }
`);

  expect(unmodelledIn(configuration)).toEqual([
    {
      group: 'web',
      subject: 'hottest',
      detail: 'the simulated CloudWatch runs no Metrics Insights queries',
      readers: ['hot'],
    },
    {
      group: 'web',
      subject: 'there',
      detail:
        'nothing in the simulated day makes AWS/EC2 CPUUtilization Average of AutoScalingGroupName web-prod in the account 210987654321',
      readers: ['busy'],
    },
  ]);
});
