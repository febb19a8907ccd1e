import type { Group } from '#domain/configuration/configuration.ts';
import type { StatMetric } from '#domain/configuration/metric.ts';
import { sourcesOf } from '#domain/configuration/metric-nature.ts';
import { conditionOf, metricsOf } from '#domain/configuration/rule.ts';
import type { PresentGroup } from './checkup.ts';
import { type DoctorFinding, list } from './finding.ts';

/** Period in which instances report without detailed monitoring, in seconds. */
const BASIC_SECONDS = 300;

/** The metrics of CloudWatch that a group's rules read, by way of alarms or directly. */
const readBy = ({ rules, metrics }: Group): readonly StatMetric[] => {
  const names = rules.flatMap((rule) => [
    ...metricsOf(rule),
    ...[conditionOf(rule)?.metric ?? []].flat(),
  ]);
  return [...new Set(names)].flatMap((name) => sourcesOf(metrics[name]));
};

const isOfGroup = ({ namespace }: StatMetric): boolean => namespace === 'AWS/AutoScaling';
const isFine = ({ namespace, periodSeconds }: StatMetric): boolean =>
  namespace === 'AWS/EC2' && periodSeconds < BASIC_SECONDS;

/** Tells apart whether a rule reads metrics that the group itself collects. */
export const readsGroupMetrics = ({ group }: PresentGroup): boolean =>
  readBy(group).some(isOfGroup);

/** Tells apart whether a rule reads metrics of instances more often than these report by themselves. */
export const readsInstances = ({ group }: PresentGroup): boolean => readBy(group).some(isFine);

/** Group metrics that nobody collects. */
export function uncollected({ group, settings }: PresentGroup): readonly DoctorFinding[] {
  const missing = readBy(group)
    .filter(isOfGroup)
    .map(({ metricName }) => metricName)
    .filter((name) => !settings.metrics.includes(name));
  return missing.length === 0
    ? []
    : [
        {
          code: 'metrics-not-collected',
          verdict: 'error',
          message: `rules read ${list([...new Set(missing)])}, which the group does not collect`,
          fix: `aws autoscaling enable-metrics-collection --granularity 1Minute --auto-scaling-group-name ${group.autoScalingGroup}`,
        },
      ];
}

/** Instances that report less often than rules look. */
export function coarse({ instances }: PresentGroup): readonly DoctorFinding[] {
  const basic = instances.filter(({ isMonitored }) => !isMonitored).map(({ id }) => id);
  return basic.length === 0
    ? []
    : [
        {
          code: 'basic-monitoring',
          verdict: 'error',
          message: `rules read EC2 metrics every minute, and these report every five: ${list(basic)}`,
          fix: 'switch on detailed monitoring in the launch template, and for what runs: aws ec2 monitor-instances; or give the metric period: 5m',
        },
      ];
}
