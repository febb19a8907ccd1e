import type { Metric, StatMetric } from '#domain/configuration/metric.ts';
import type { PresetInput } from '#parse/configuration/schema/preset-schemas.ts';

/** The CloudWatch metric behind a preset. */
export const presetMetric = (input: PresetInput, autoScalingGroup: string): Metric => {
  switch (input.preset) {
    case 'asg-cpu':
      return stat(input, {
        namespace: 'AWS/EC2',
        metricName: 'CPUUtilization',
        dimensions: { AutoScalingGroupName: autoScalingGroup },
      });
    case 'asg-in-service':
      return stat(input, {
        namespace: 'AWS/AutoScaling',
        metricName: 'GroupInServiceInstances',
        dimensions: { AutoScalingGroupName: autoScalingGroup },
      });
    case 'asg-percent-of-maximum':
      return percentOfMaximum(input, autoScalingGroup);
    case 'asg-cost-per-hour':
      return costPerHour(input, autoScalingGroup);
    case 'alb-requests':
      return sum(input, balanced('RequestCount', input));
    case 'alb-requests-per-target':
      // CloudWatch has only the sum of this metric, and that sum is already the mean over targets.
      return sum(input, {
        namespace: 'AWS/ApplicationELB',
        metricName: 'RequestCountPerTarget',
        dimensions: { TargetGroup: input.targetGroup },
      });
    case 'alb-response-time':
      return stat(input, balanced('TargetResponseTime', input));
    case 'alb-error-rate':
      return errorRate(input);
    case 'nlb-flows':
      return sum(input, ofNetwork('NewFlowCount', input.loadBalancer));
    case 'nlb-bytes':
      return sum(input, ofNetwork('ProcessedBytes', input.loadBalancer));
    case 'sqs-sent':
      return sum(input, {
        namespace: 'AWS/SQS',
        metricName: 'NumberOfMessagesSent',
        dimensions: { QueueName: input.queue },
      });
    case 'sqs-backlog':
      return stat(input, {
        namespace: 'AWS/SQS',
        metricName: 'ApproximateNumberOfMessagesVisible',
        dimensions: { QueueName: input.queue },
      });
  }
};

/** A group whose MaxSize is 0 has no share of it. */
const percentOfMaximum = (
  { period }: Readonly<{ period: number }>,
  autoScalingGroup: string,
): Metric => {
  const ofGroup = groupMetric(period, autoScalingGroup);
  return {
    kind: 'math',
    expression: '100 * desired / maximum',
    uses: { desired: ofGroup('GroupDesiredCapacity'), maximum: ofGroup('GroupMaxSize') },
    periodSeconds: period,
  };
};

/** Instances that start, stand by or end are paid for, too. */
const costPerHour = (
  { period, instanceHour }: Extract<PresetInput, { preset: 'asg-cost-per-hour' }>,
  autoScalingGroup: string,
): Metric => ({
  kind: 'math',
  expression: `instances * ${instanceHour}`,
  uses: { instances: groupMetric(period, autoScalingGroup)('GroupTotalInstances') },
  periodSeconds: period,
});

const groupMetric =
  (period: number, autoScalingGroup: string) =>
  (metricName: string): StatMetric =>
    stat(
      { statistic: 'Maximum', period },
      {
        namespace: 'AWS/AutoScaling',
        metricName,
        dimensions: { AutoScalingGroupName: autoScalingGroup },
      },
    );

/**
 * Failed answers in percent of requests. The load balancer publishes errors only when there are some, so FILL
 * makes 0 of none. `requests` is not filled: a minute without it has no value, and the newest minute, whose data
 * is still on its way, is no 0 that the alarm would see for ever
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html).
 */
const errorRate = (input: Extract<PresetInput, { preset: 'alb-error-rate' }>): Metric => ({
  kind: 'math',
  expression: 'IF(requests, 100 * FILL(errors, 0) / requests, 0)',
  uses: {
    errors: sum(input, balanced('HTTPCode_Target_5XX_Count', input)),
    requests: sum(input, balanced('RequestCount', input)),
  },
  periodSeconds: input.period,
});

type MetricSource = Pick<StatMetric, 'namespace' | 'metricName' | 'dimensions'>;

const stat = (
  { statistic, period }: Readonly<{ statistic: string; period: number }>,
  source: MetricSource,
): StatMetric => ({ kind: 'stat', ...source, statistic, periodSeconds: period });

const sum = ({ period }: Readonly<{ period: number }>, source: MetricSource): StatMetric =>
  stat({ statistic: 'Sum', period }, source);

/**
 * A Network Load Balancer counts new flows and bytes as a whole, for no target group
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html).
 */
const ofNetwork = (metricName: string, loadBalancer: string): MetricSource => ({
  namespace: 'AWS/NetworkELB',
  metricName,
  dimensions: { LoadBalancer: loadBalancer },
});

const balanced = (
  metricName: string,
  { loadBalancer, targetGroup }: Readonly<{ loadBalancer: string; targetGroup: string }>,
): MetricSource => ({
  namespace: 'AWS/ApplicationELB',
  metricName,
  dimensions: { LoadBalancer: loadBalancer, TargetGroup: targetGroup },
});
