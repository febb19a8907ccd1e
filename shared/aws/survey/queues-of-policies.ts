import type { ScalingPolicy } from '@aws-sdk/client-auto-scaling';
import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';

/** Finds the queues that scaling policies go by: in the metrics of their alarms, and in those that they track. */
export const queuesOfPolicies = (
  policies: readonly ScalingPolicy[],
  alarms: readonly MetricAlarm[],
): readonly string[] => {
  const named = [
    ...alarms.flatMap(({ Dimensions = [], Metrics = [] }) => [
      ...Dimensions,
      ...Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric?.Dimensions ?? []),
    ]),
    ...policies.flatMap(({ TargetTrackingConfiguration }) => {
      const { Dimensions = [], Metrics = [] } =
        TargetTrackingConfiguration?.CustomizedMetricSpecification ?? {};
      return [
        ...Dimensions,
        ...Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric?.Dimensions ?? []),
      ];
    }),
  ];
  const queues = named.flatMap(({ Name, Value }) =>
    Name === 'QueueName' && Value !== undefined ? [Value] : [],
  );
  return [...new Set(queues)];
};
