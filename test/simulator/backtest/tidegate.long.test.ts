import { describe, expect, test } from '@jest/globals';
import type { Group } from '#domain/configuration/configuration.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { makeTrace } from '#simulator/backtest/generators.ts';
import { backtest } from '#simulator/backtest/run.ts';
import { tidegate } from '#simulator/backtest/tidegate/policy.ts';
import { randomDay } from '#simulator/backtest/tidegate/random-day.ts';
import { asInTheCloud, fastRoad, fullRoad } from '#simulator/backtest/tidegate/two-roads.ts';
import { aCourse, aWorld, changesOf } from './a-world.ts';

const ALB = 'loadBalancer: app/web/50dc6c495c0c9188, targetGroup: targetgroup/web/73e2d6bc24d8a067';

const groupWith = (metric: string, rules: string, behavior = '{}'): Group => {
  const text = `version: 1
groups:
  web:
    autoScalingGroup: web-prod
    metrics: { it: ${metric} }
    rules: ${rules}
    behavior: ${behavior}
`;
  const parsed = parseConfiguration(text, { file: 'tidegate.yml', prefix: 'tidegate-dev' });
  if (!parsed.ok) throw new Error(parsed.problem.map(({ message }) => message).join('; '));
  return parsed.value.groups[0] as Group;
};

const CPU = '{ preset: asg-cpu }';
const AT_ONCE = '{ scaleOut: { cooldown: 0s }, scaleIn: { cooldown: 0s, stabilize: 0s } }';
/** Ten instances at 80 %, then a load that needs twenty of them. */
const UP = aWorld(aCourse([10, 30], [20, 60]));
const STEP_AT = 1_800;

describe('the fast road', () => {
  test.each([1, 3, 5])(
    'changes the same capacity at the same second for the same reason as a whole deployment in the simulated cloud (seed %d)',
    async (seed) => {
      const { configuration, world } = randomDay(seed, 1 / 8);
      const fast = fastRoad(asInTheCloud(world), configuration.groups[0] as Group);
      expect(fast.length).toBeGreaterThan(0);
      expect(fast).toEqual(await fullRoad(asInTheCloud(world), configuration));
    },
  );
});

describe('Tidegate in a backtest', () => {
  test('adds once its alarm has seen three minutes, at the second of that alarm', () => {
    const group = groupWith(CPU, '{ high: { when: it > 85 for 3m, then: add 10 } }');
    expect(changesOf(UP, tidegate({ group }))[0]).toEqual([STEP_AT + 247, 20]);
  });

  test('follows a mean as soon as its minute can be read', () => {
    const group = groupWith(CPU, '{ busy: { track: it, target: 80 } }', AT_ONCE);
    expect(changesOf(UP, tidegate({ group }))[0]).toEqual([STEP_AT + 120, 13]);
  });

  test('follows it seconds after its minute where it is asked when values are due', () => {
    const rules = '{ busy: { track: it, target: 80 } }';
    const group = groupWith(CPU, rules, AT_ONCE);
    const metrics = { periodSeconds: 60, delaySeconds: 5 };
    const at = (more: Partial<Group>, sweepsAt: number) =>
      changesOf(UP, tidegate({ group: { ...group, ...more }, metrics, sweepsAt }))[0];

    expect(at({}, 50)).toEqual([STEP_AT + 110, 13]);
    // It comes five seconds after the minute, is found at six, and asked for a second later.
    expect(at({ looksWhenDue: true }, 50)).toEqual([STEP_AT + 67, 13]);
    // A sweep soon after its coming needs no other look.
    expect(at({ looksWhenDue: true }, 15)).toEqual([STEP_AT + 75, 13]);
  });

  test('raises its minimum by the clock', () => {
    const clock = "{ schedule: { start: '30 0 * * *', end: '0 1 * * *', timezone: UTC }, min: 12 }";
    const group = groupWith(CPU, `{ early: ${clock} }`);
    const world = aWorld(aCourse([10, 90]));
    expect(changesOf(world, tidegate({ group }))).toEqual([[1_800, 12]]);
  });

  test.each([
    [
      'the requests of a queue',
      '{ namespace: AWS/SQS, metric: NumberOfMessagesSent, statistic: Sum, dimensions: { QueueName: jobs } }',
      600,
    ],
    ['instances in service', '{ preset: asg-in-service }', 10],
    [
      'a percentile of the response time',
      `{ preset: alb-response-time, ${ALB}, statistic: p95 }`,
      10,
    ],
    ['metric math', '{ preset: asg-percent-of-maximum }', 10],
    ['the largest of several minutes', '{ preset: asg-cpu, statistic: Maximum, period: 5m }', 80],
    ['the least of several minutes', '{ preset: asg-cpu, statistic: Minimum, period: 5m }', 80],
  ])('reads %s', (_what, metric, value) => {
    const details: string[] = [];
    const group = groupWith(metric, '{ computed: { desired: it * 0 + 10 } }');
    backtest(
      aWorld(aCourse([10, 30])),
      tidegate({ group, listen: ({ decision }) => details.push(decision.summary) }),
    );
    expect(details.at(-1)).toMatch(new RegExp(`with capacity 10, it ${value}\\b`));
  });

  test('tells a listener every decision, and which of them a deployment would record', () => {
    const recorded: boolean[] = [];
    const group = groupWith(CPU, '{ busy: { track: it, target: 80 } }', AT_ONCE);
    backtest(UP, tidegate({ group, listen: ({ isRecorded }) => recorded.push(isRecorded) }));
    expect(recorded.length).toBe(89);
    expect(recorded.filter(Boolean).length).toBeLessThan(20);
  });

  test('without noise and with a constant load changes nothing', () => {
    const group = groupWith(CPU, '{ busy: { track: it, target: 80 } }', AT_ONCE);
    const world = aWorld(makeTrace('constant', { days: 1, peak: 10 }));
    expect(backtest(world, tidegate({ group })).changes).toBe(0);
  });
});
