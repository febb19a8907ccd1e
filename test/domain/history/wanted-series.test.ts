import { describe, expect, test } from '@jest/globals';
import { wantedSeries } from '#domain/history/wanted-series.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';

const wantedIn = (group: string) => {
  const text = `version: 1\ngroups:\n  web:\n    autoScalingGroup: web-prod\n${group}`;
  const parsed = parseConfiguration(text, { file: 'tidegate.yml', prefix: 'tidegate-dev' });
  if (!parsed.ok) throw new Error(parsed.problem[0]?.message);
  return wantedSeries(parsed.value.groups[0]!);
};
const metricsOf = (group: string) =>
  Object.fromEntries(
    wantedIn(group).map(({ name, metrics, combine }) => [
      name,
      [
        combine,
        ...metrics.map(
          ({ namespace, metricName, statistic, dimensions }) =>
            `${namespace} ${metricName} ${statistic} ${Object.values(dimensions).join(' ')}`,
        ),
      ],
    ]),
  );

const INSTANCES = {
  cpu: ['first', 'AWS/EC2 CPUUtilization Average web-prod'],
  inService: ['first', 'AWS/AutoScaling GroupInServiceInstances Average web-prod'],
};
const LB = 'app/web/50dc6c495c0c9188';
const TG = 'targetgroup/web/73e2d6bc24d8a067';

describe('what is recorded of a group', () => {
  test('is its CPU and its instances, in minutes', () => {
    expect(metricsOf('')).toEqual(INSTANCES);
    expect(wantedIn('')[0]).toEqual({
      name: 'cpu',
      metrics: [
        {
          kind: 'stat',
          namespace: 'AWS/EC2',
          metricName: 'CPUUtilization',
          dimensions: { AutoScalingGroupName: 'web-prod' },
          statistic: 'Average',
          periodSeconds: 60,
        },
      ],
      combine: 'first',
      isSilentAtZero: false,
    });
  });

  test('is what comes through the load balancers that its metrics and its health name', () => {
    const group = `    metrics:
      latency: { preset: alb-response-time, loadBalancer: ${LB}, targetGroup: ${TG} }
      errors: { preset: alb-error-rate, loadBalancer: ${LB}, targetGroup: ${TG} }
      each: { preset: alb-requests-per-target, targetGroup: ${TG} }
    health: { loadBalancer: ${LB}, targetGroup: targetgroup/api/73e2d6bc24d8a068 }
`;
    const API = 'targetgroup/api/73e2d6bc24d8a068';
    expect(metricsOf(group)).toEqual({
      cpu: INSTANCES.cpu,
      inService: [
        ...INSTANCES.inService,
        `AWS/ApplicationELB HealthyHostCount Average ${LB} ${TG}`,
        `AWS/ApplicationELB HealthyHostCount Average ${LB} ${API}`,
      ],
      requests: [
        'sum',
        `AWS/ApplicationELB RequestCount Sum ${LB} ${TG}`,
        `AWS/ApplicationELB RequestCount Sum ${LB} ${API}`,
      ],
      rejected: [
        'sum',
        `AWS/ApplicationELB HTTPCode_ELB_503_Count Sum ${LB}`,
        `AWS/ApplicationELB RejectedConnectionCount Sum ${LB}`,
      ],
      errors: [
        'sum',
        `AWS/ApplicationELB HTTPCode_Target_5XX_Count Sum ${LB} ${TG}`,
        `AWS/ApplicationELB HTTPCode_Target_5XX_Count Sum ${LB} ${API}`,
      ],
      latency: [
        'first',
        `AWS/ApplicationELB TargetResponseTime p95 ${LB} ${TG}`,
        `AWS/ApplicationELB TargetResponseTime p95 ${LB} ${API}`,
      ],
    });
    expect(
      wantedIn(group)
        .filter(({ isSilentAtZero }) => isSilentAtZero)
        .map(({ name }) => name),
    ).toEqual(['requests', 'rejected', 'errors', 'latency']);
  });

  test('is what goes through the queues that its metrics name', () => {
    const group = `    metrics:
      jobs: { preset: sqs-backlog, queue: jobs }
      mails: { preset: sqs-backlog, queue: mails }
      age: { query: 'SELECT MAX(ApproximateAgeOfOldestMessage) FROM "AWS/SQS"' }
`;
    expect(metricsOf(group)).toEqual({
      ...INSTANCES,
      messagesSent: [
        'sum',
        'AWS/SQS NumberOfMessagesSent Sum jobs',
        'AWS/SQS NumberOfMessagesSent Sum mails',
      ],
      messagesDeleted: [
        'sum',
        'AWS/SQS NumberOfMessagesDeleted Sum jobs',
        'AWS/SQS NumberOfMessagesDeleted Sum mails',
      ],
      backlog: [
        'sum',
        'AWS/SQS ApproximateNumberOfMessagesVisible Average jobs',
        'AWS/SQS ApproximateNumberOfMessagesVisible Average mails',
      ],
    });
  });

  test('is the flows through a Network Load Balancer, which counts no requests', () => {
    const NLB = 'net/web/50dc6c495c0c9188';
    const health = `    health: { loadBalancer: ${NLB}, targetGroup: ${TG} }\n`;
    expect(metricsOf(health)).toEqual({
      ...INSTANCES,
      requests: ['sum', `AWS/NetworkELB NewFlowCount Sum ${NLB}`],
    });
    expect(wantedIn(health).map(({ isSilentAtZero }) => isSilentAtZero)).toEqual([
      false,
      false,
      false,
    ]);
    expect(
      metricsOf(`${health}    metrics: { flows: { preset: nlb-flows, loadBalancer: ${NLB} } }\n`)
        .requests,
    ).toEqual(['sum', `AWS/NetworkELB NewFlowCount Sum ${NLB}`]);
  });

  test('is requests alone where an Application Load Balancer stands beside it', () => {
    const metrics = `    metrics:
      flows: { preset: nlb-flows, loadBalancer: net/web/50dc6c495c0c9188 }
      requests: { preset: alb-requests, loadBalancer: ${LB}, targetGroup: ${TG} }
`;
    expect(metricsOf(metrics).requests).toEqual([
      'sum',
      `AWS/ApplicationELB RequestCount Sum ${LB} ${TG}`,
    ]);
  });
});
