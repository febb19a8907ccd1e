import { expect, test } from '@jest/globals';
import type { Metric, StatMetric } from '#domain/configuration/metric.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import type { PresetName } from '#parse/configuration/schema/preset-schemas.ts';
import { fileWithGroup } from './problems-in.ts';

const TARGET_GROUP = 'targetgroup/web/73e2d6bc24d8a067';
const LOAD_BALANCER = 'app/web/50dc6c495c0c9188';
const NETWORK = 'net/web/50dc6c495c0c9188';
const BALANCED = `loadBalancer: ${LOAD_BALANCER}, targetGroup: ${TARGET_GROUP}`;
const DIMENSIONS = { LoadBalancer: LOAD_BALANCER, TargetGroup: TARGET_GROUP };

const metricOf = (input: string): Metric | undefined => {
  const text = fileWithGroup(`metrics:\n  other: { preset: asg-in-service }\n  it: ${input}`);
  const result = parseConfiguration(text, { file: 'tidegate.yml', prefix: 'p' });
  return result.ok ? result.value.groups[0]?.metrics.it : undefined;
};

/** Presets that are computed from several metrics have a test each below. */
type Computed = 'asg-percent-of-maximum' | 'asg-cost-per-hour' | 'alb-error-rate';

type Case = Readonly<{
  /** The keys beside `preset`. */
  keys?: string;
  source: Pick<StatMetric, 'namespace' | 'metricName' | 'statistic'>;
  dimensions: Readonly<Record<string, string>>;
}>;

/** The metric of CloudWatch behind each preset; a preset without its case does not compile. */
const CASES: Readonly<Record<Exclude<PresetName, Computed>, Case>> = {
  'asg-cpu': {
    source: { namespace: 'AWS/EC2', metricName: 'CPUUtilization', statistic: 'Average' },
    dimensions: { AutoScalingGroupName: 'web-prod' },
  },
  'asg-in-service': {
    keys: 'statistic: Minimum',
    source: {
      namespace: 'AWS/AutoScaling',
      metricName: 'GroupInServiceInstances',
      statistic: 'Minimum',
    },
    dimensions: { AutoScalingGroupName: 'web-prod' },
  },
  'alb-requests': {
    keys: `${BALANCED}`,
    source: { namespace: 'AWS/ApplicationELB', metricName: 'RequestCount', statistic: 'Sum' },
    dimensions: DIMENSIONS,
  },
  'nlb-flows': {
    keys: `loadBalancer: ${NETWORK}`,
    source: { namespace: 'AWS/NetworkELB', metricName: 'NewFlowCount', statistic: 'Sum' },
    dimensions: { LoadBalancer: NETWORK },
  },
  'nlb-bytes': {
    keys: `loadBalancer: ${NETWORK}`,
    source: { namespace: 'AWS/NetworkELB', metricName: 'ProcessedBytes', statistic: 'Sum' },
    dimensions: { LoadBalancer: NETWORK },
  },
  'sqs-sent': {
    keys: 'queue: orders',
    source: { namespace: 'AWS/SQS', metricName: 'NumberOfMessagesSent', statistic: 'Sum' },
    dimensions: { QueueName: 'orders' },
  },
  'alb-requests-per-target': {
    keys: `targetGroup: ${TARGET_GROUP}`,
    source: {
      namespace: 'AWS/ApplicationELB',
      metricName: 'RequestCountPerTarget',
      statistic: 'Sum',
    },
    dimensions: { TargetGroup: TARGET_GROUP },
  },
  'alb-response-time': {
    keys: `${BALANCED}`,
    source: { namespace: 'AWS/ApplicationELB', metricName: 'TargetResponseTime', statistic: 'p95' },
    dimensions: DIMENSIONS,
  },
  'sqs-backlog': {
    keys: 'queue: orders',
    source: {
      namespace: 'AWS/SQS',
      metricName: 'ApproximateNumberOfMessagesVisible',
      statistic: 'Maximum',
    },
    dimensions: { QueueName: 'orders' },
  },
};

test.each(
  Object.entries<Case>(CASES).map(([name, { keys = '', ...each }]) => ({
    written: `{ preset: ${[name, keys].filter((text) => text !== '').join(', ')} }`,
    ...each,
  })),
)('$written is a metric of CloudWatch', ({ written, source, dimensions }) => {
  expect(metricOf(written)).toEqual({ kind: 'stat', ...source, dimensions, periodSeconds: 60 });
});

test.each([
  `{ preset: nlb-flows, loadBalancer: ${LOAD_BALANCER} }`,
  `{ preset: alb-requests, loadBalancer: ${NETWORK}, targetGroup: ${TARGET_GROUP} }`,
])('%s is about a load balancer of the other kind', (input) => {
  expect(metricOf(input)).toBeUndefined();
});

test('the period of a preset can be chosen', () => {
  expect(metricOf('{ preset: asg-cpu, period: 5m }')).toMatchObject({ periodSeconds: 300 });
});

test('the error rate is 0 in a minute without errors or requests, and waits for late data', () => {
  const stat = { kind: 'stat', namespace: 'AWS/ApplicationELB', dimensions: DIMENSIONS };
  const sum = { ...stat, statistic: 'Sum', periodSeconds: 300 };

  expect(metricOf(`{ preset: alb-error-rate, ${BALANCED}, period: 5m }`)).toEqual({
    kind: 'math',
    expression: 'IF(requests, 100 * FILL(errors, 0) / requests, 0)',
    uses: {
      errors: { ...sum, metricName: 'HTTPCode_Target_5XX_Count' },
      requests: { ...sum, metricName: 'RequestCount' },
    },
    periodSeconds: 300,
  });
});

test('an expression uses metrics by name, presets and metrics of CloudWatch', () => {
  const plain = '{ namespace: N, metric: M, dimensions: { A: b }, statistic: Sum }';
  const uses = `{ a: other, b: ${plain}, c: { preset: asg-cpu } }`;

  expect(metricOf(`{ expression: (a + b) / c, uses: ${uses} }`)).toEqual({
    kind: 'math',
    expression: '(a + b) / c',
    uses: {
      a: {
        kind: 'stat',
        namespace: 'AWS/AutoScaling',
        metricName: 'GroupInServiceInstances',
        dimensions: { AutoScalingGroupName: 'web-prod' },
        statistic: 'Average',
        periodSeconds: 60,
      },
      b: {
        kind: 'stat',
        namespace: 'N',
        metricName: 'M',
        dimensions: { A: 'b' },
        statistic: 'Sum',
        periodSeconds: 60,
      },
      c: {
        kind: 'stat',
        namespace: 'AWS/EC2',
        metricName: 'CPUUtilization',
        dimensions: { AutoScalingGroupName: 'web-prod' },
        statistic: 'Average',
        periodSeconds: 60,
      },
    },
    periodSeconds: 60,
  });
});

test('the cost of a group is its instances times their price', () => {
  expect(metricOf('{ preset: asg-cost-per-hour, instanceHour: 0.0416, period: 5m }')).toEqual({
    kind: 'math',
    expression: 'instances * 0.0416',
    periodSeconds: 300,
    uses: {
      instances: {
        kind: 'stat',
        namespace: 'AWS/AutoScaling',
        metricName: 'GroupTotalInstances',
        dimensions: { AutoScalingGroupName: 'web-prod' },
        statistic: 'Maximum',
        periodSeconds: 300,
      },
    },
  });
});

test('the share of the maximum is computed from the capacity that is wanted', () => {
  const ofGroup = {
    kind: 'stat',
    namespace: 'AWS/AutoScaling',
    dimensions: { AutoScalingGroupName: 'web-prod' },
    statistic: 'Maximum',
    periodSeconds: 60,
  };

  expect(metricOf('{ preset: asg-percent-of-maximum }')).toEqual({
    kind: 'math',
    expression: '100 * desired / maximum',
    periodSeconds: 60,
    uses: {
      desired: { ...ofGroup, metricName: 'GroupDesiredCapacity' },
      maximum: { ...ofGroup, metricName: 'GroupMaxSize' },
    },
  });
});
