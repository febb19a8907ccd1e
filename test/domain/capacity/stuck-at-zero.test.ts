import { describe, expect, test } from '@jest/globals';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import type { GroupObservation } from '#domain/capacity/observation.ts';
import type { Metric, StatMetric } from '#domain/configuration/metric.ts';
import type { Rule } from '#domain/configuration/rule.ts';
import { outcomeOfHold } from '#domain/ledger/outcome-of.ts';
import {
  aBehavior,
  aGroup,
  aGroupState,
  alarmOf,
  anAlarmRule,
  anObservation,
  aRule,
  CPU_HIGH,
  CPU_LOW,
  firing,
} from '#test/support/builders.ts';
import { expressionOf } from '#test/support/expression-of.ts';
import { CPU, reading } from '#test/support/readings.ts';

const BACKLOG: StatMetric = {
  kind: 'stat',
  namespace: 'AWS/SQS',
  metricName: 'ApproximateNumberOfMessagesVisible',
  dimensions: { QueueName: 'jobs' },
  statistic: 'Maximum',
  periodSeconds: 60,
};
const math = (expression: string): Metric => ({
  kind: 'math',
  expression,
  periodSeconds: 60,
  uses: { c: CPU as StatMetric, b: BACKLOG },
});
const select = (namespace: string): Metric => ({
  kind: 'query',
  query: `SELECT MAX(Some) FROM SCHEMA("${namespace}", InstanceId)`,
  periodSeconds: 60,
});
const METRICS = {
  cpu: CPU,
  backlog: BACKLOG,
  mixed: math('c / b'),
  filled: math('FILL(c, 0) + b'),
  filledInPart: math('c / FILL(b, 1)'),
  filledAtOnce: math('FILL(c + b, 0)'),
  ofInstances: select('AWS/EC2'),
  ofQueues: select('AWS/SQS'),
};

/** A group at 0 that may stand there. */
const atZero = (rules: readonly Rule[], overrides: Partial<GroupObservation> = {}) =>
  anObservation({
    group: aGroup({ capacity: { min: 0, max: 10 }, rules, metrics: METRICS }),
    state: aGroupState({ capacityMin: 0, capacityDesired: 0, instances: [] }),
    alarms: [],
    ...overrides,
  });

const track = (metric: string, overrides: object = {}): Rule => ({
  kind: 'track',
  name: 'load',
  metric,
  target: 50,
  isTotal: false,
  onMissing: 'hold',
  ...overrides,
});
const step = (overrides: object = {}): Rule => ({
  kind: 'step',
  name: 'steps',
  metric: 'backlog',
  atLeast: 0,
  onMissing: 'hold',
  bands: [{ side: 'above', bound: 60, adjustment: { kind: 'add', amount: 1, unit: 'capacity' } }],
  ...overrides,
});
const PERCENT = { kind: 'add', amount: 50, unit: 'percent' } as const;
const schedule = (parts: object): Rule => ({
  kind: 'schedule',
  name: 'day',
  window: { kind: 'once', from: 0, to: 1 },
  ...parts,
});
const removes = (kind: 'remove' | 'set'): Rule =>
  anAlarmRule('down', {
    adjustment:
      kind === 'set' ? { kind: 'set', capacity: 0 } : { kind, amount: 1, unit: 'capacity' },
  });

describe('a group at 0 that no rule can lead out of there', () => {
  test.each<{ title: string; rules: readonly Rule[] }>([
    { title: 'an alarm on CPU', rules: [CPU_HIGH, CPU_LOW] },
    { title: 'CPU that is followed', rules: [track('cpu')] },
    { title: 'CPU that is computed with', rules: [track('mixed')] },
    { title: 'CPU beside a metric that is filled', rules: [track('filledInPart')] },
    { title: 'steps of CPU', rules: [step({ metric: 'cpu' })] },
    { title: 'a share of nothing', rules: [anAlarmRule('up', { adjustment: PERCENT })] },
    {
      title: 'steps in shares',
      rules: [step({ bands: [{ side: 'above', bound: 1, adjustment: PERCENT }] })],
    },
    { title: 'a query over instances', rules: [track('ofInstances')] },
    { title: 'CPU, beside a rule that removes', rules: [track('cpu'), removes('remove')] },
    { title: 'CPU, beside a rule that sets 0', rules: [track('cpu'), removes('set')] },
    { title: 'CPU, beside a schedule of a maximum', rules: [track('cpu'), schedule({ max: 5 })] },
    { title: 'CPU, beside a shadow', rules: [track('cpu'), { ...step(), isShadow: true }] },
    {
      title: 'CPU, beside steps that only remove',
      rules: [
        track('cpu'),
        step({ bands: [{ side: 'below', bound: 1, adjustment: { ...PERCENT, kind: 'remove' } }] }),
      ],
    },
  ])('is told of it: $title', ({ rules }) => {
    const decision = decideCapacity(atZero(rules));

    expect(decision).toMatchObject({ to: 0, reason: 'StuckAtZero' });
    expect(outcomeOfHold(decision).kind).toBe('blocked');
  });

  test('reads why, and what helps', () => {
    expect(decideCapacity(atZero([track('cpu'), step({ atLeast: 0, bands: [] })])).summary).toBe(
      'web stays at 0: no rule can lead it out of 0: load follows cpu, which does not exist without instances. Set capacity.min to 1, give a rule "onMissing: fallback 1", or follow a metric that exists without instances, such as the backlog of a queue',
    );
  });

  test('is brought to its minimum all the same', () => {
    const observation = atZero([track('cpu')]);
    const group = { ...observation.group, capacity: { min: 1, max: 10 } };

    expect(decideCapacity({ ...observation, group })).toMatchObject({
      to: 1,
      reason: 'BelowMinimum',
    });
  });
});

describe('a group at 0', () => {
  test.each<{ title: string; rules: readonly Rule[] }>([
    { title: 'a rule follows a queue', rules: [track('backlog')] },
    { title: 'a query over queues', rules: [track('ofQueues')] },
    { title: 'metric math fills what is missing', rules: [track('filled')] },
    { title: 'metric math fills a sum', rules: [track('filledAtOnce')] },
    { title: 'a metric is not configured', rules: [track('other')] },
    { title: 'a rule adds units by an alarm of its own', rules: [anAlarmRule('up')] },
    {
      title: 'a rule sets a capacity',
      rules: [anAlarmRule('up', { adjustment: { kind: 'set', capacity: 1 } })],
    },
    { title: 'steps add units', rules: [step()] },
    {
      title: 'steps in shares add at least one unit',
      rules: [
        step({ atLeast: 1, bands: [{ side: 'above', bound: 1, adjustment: PERCENT }] }),
        track('cpu'),
      ],
    },
    {
      title: 'an expression goes by a queue',
      rules: [
        {
          kind: 'expression',
          name: 'jobs',
          text: 'backlog / 10',
          expression: expressionOf('backlog / 10'),
          metrics: ['backlog'],
          onMissing: 'hold',
        },
        track('cpu'),
      ],
    },
    { title: 'a schedule will raise it', rules: [track('cpu'), schedule({ min: 1 })] },
    { title: 'a schedule will set it', rules: [track('cpu'), schedule({ capacity: 1 })] },
    { title: 'rules only remove', rules: [removes('remove')] },
    { title: 'there is no rule', rules: [] },
    {
      title: 'an alarm goes by a queue',
      rules: [
        aRule({
          alarm: {
            kind: 'generated',
            name: 'many',
            condition: {
              text: 'backlog > 10 for 3m',
              metric: 'backlog',
              comparison: '>',
              threshold: 10,
              datapoints: 3,
              periods: 3,
            },
          },
        }),
      ],
    },
  ])('waits for its rules when $title', ({ rules }) => {
    expect(decideCapacity(atZero(rules)).reason).not.toBe('StuckAtZero');
  });

  test('is led out by a fallback', () => {
    expect(decideCapacity(atZero([track('cpu', { onMissing: { fallback: 1 } })]))).toMatchObject({
      to: 1,
      reason: 'ScaledOut',
    });
  });

  test('is not spoken of when a rule fails, which is told by itself', () => {
    expect(decideCapacity(atZero([track('cpu', { onMissing: 'fail' })])).reason).toBe(
      'MetricsFailed',
    );
  });

  test('is not spoken of when its metric has a value all the same', () => {
    const readings = { cpu: reading(0) };

    expect(decideCapacity(atZero([track('cpu')], { readings })).reason).toBe('Steady');
  });

  test('that is kept there on purpose is not spoken of', () => {
    const observation = atZero([track('cpu')]);
    const group = { ...observation.group, capacity: { min: 0, max: 0 } };

    expect(decideCapacity({ ...observation, group }).reason).toBe('Steady');
  });

  test.each([
    { limits: [{ amount: 100, unit: 'percent', periodSeconds: 300 }], to: 1 },
    { limits: [{ amount: 1, unit: 'percent', periodSeconds: 300 }], to: 1 },
    {
      limits: [
        { amount: 100, unit: 'percent', periodSeconds: 300 },
        { amount: 4, unit: 'capacity', periodSeconds: 300 },
      ],
      to: 2,
    },
  ] as const)('leaves it within limits that are a share of nothing: $to', ({ limits, to }) => {
    const UP = anAlarmRule('up');
    const observation = atZero([UP], { alarms: [alarmOf(UP)] });
    const behavior = aBehavior({ scaleOut: { limits, cooldownSeconds: 0 } });

    expect(
      decideCapacity(firing(UP, { ...observation, group: { ...observation.group, behavior } })),
    ).toMatchObject({ to });
  });
});
