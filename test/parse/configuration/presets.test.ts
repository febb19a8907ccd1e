import { expect, test } from '@jest/globals';
import type { Metric } from '#domain/configuration/metric.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
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

test.each([
  [
    '{ preset: asg-cpu }',
    { namespace: 'AWS/EC2', metricName: 'CPUUtilization', statistic: 'Average' },
    { AutoScalingGroupName: 'web-prod' },
  ],
  [
    '{ preset: asg-in-service, statistic: Minimum }',
    { namespace: 'AWS/AutoScaling', metricName: 'GroupInServiceInstances', statistic: 'Minimum' },
    { AutoScalingGroupName: 'web-prod' },
  ],
  [
    `{ preset: alb-requests, ${BALANCED} }`,
    { namespace: 'AWS/ApplicationELB', metricName: 'RequestCount', statistic: 'Sum' },
    DIMENSIONS,
  ],
  [
    `{ preset: nlb-flows, loadBalancer: ${NETWORK} }`,
    { namespace: 'AWS/NetworkELB', metricName: 'NewFlowCount', statistic: 'Sum' },
    { LoadBalancer: NETWORK },
  ],
  [
    `{ preset: nlb-bytes, loadBalancer: ${NETWORK} }`,
    { namespace: 'AWS/NetworkELB', metricName: 'ProcessedBytes', statistic: 'Sum' },
    { LoadBalancer: NETWORK },
  ],
  [
    '{ preset: sqs-sent, queue: orders }',
    { namespace: 'AWS/SQS', metricName: 'NumberOfMessagesSent', statistic: 'Sum' },
    { QueueName: 'orders' },
  ],
  [
    `{ preset: alb-requests-per-target, targetGroup: ${TARGET_GROUP} }`,
    { namespace: 'AWS/ApplicationELB', metricName: 'RequestCountPerTarget', statistic: 'Sum' },
    { TargetGroup: TARGET_GROUP },
  ],
  [
    `{ preset: alb-response-time, ${BALANCED} }`,
    { namespace: 'AWS/ApplicationELB', metricName: 'TargetResponseTime', statistic: 'p95' },
    DIMENSIONS,
  ],
  [
    '{ preset: sqs-backlog, queue: orders }',
    {
      namespace: 'AWS/SQS',
      metricName: 'ApproximateNumberOfMessagesVisible',
      statistic: 'Maximum',
    },
    { QueueName: 'orders' },
  ],
])('%s is a metric of CloudWatch', (input, source, dimensions) => {
  expect(metricOf(input)).toEqual({ kind: 'stat', ...source, dimensions, periodSeconds: 60 });
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
