import type { ImportedMetric, ImportedPace, ImportedRule, ImportNote } from '../translation.ts';
import { isSparse, metricOf, plainMetric, requestsOf } from './metric-of.ts';
import type { AwsTargetTracking } from './schemas.ts';

/** The metric of a target tracking policy; a note where there is none here. */
export const trackedMetric = (
  {
    PredefinedMetricSpecification: predefined,
    CustomizedMetricSpecification: customized,
  }: Pick<AwsTargetTracking, 'PredefinedMetricSpecification' | 'CustomizedMetricSpecification'>,
  group: string,
): ImportedMetric | Pick<ImportNote, 'message' | 'why'> => {
  if (predefined !== undefined) {
    const { PredefinedMetricType: type, ResourceLabel: label } = predefined;
    const metric = ofType(type, label, group);
    if (metric === undefined && type === ALB_REQUESTS) return NO_LABEL;
    return (
      metric ?? {
        message: `${type} has no equal`,
        why: 'it is no measure of the load of a fleet of instances',
      }
    );
  }
  return (
    (customized && metricOf(customized, group)) ?? {
      message: 'it names no metric',
      why: 'the policy has neither a predefined nor a customized metric of which one series is returned',
    }
  );
};

const ALB_REQUESTS = 'ALBRequestCountPerTarget';

const NO_LABEL: Pick<ImportNote, 'message' | 'why'> = {
  message: 'its ResourceLabel names no target group',
  why: 'requests are counted by target group: app/NAME/ID/targetgroup/NAME/ID',
};

const ofType = (
  type: string,
  label: string | undefined,
  group: string,
): ImportedMetric | undefined => {
  switch (type) {
    case 'ASGAverageCPUUtilization':
    case 'EC2SpotFleetRequestAverageCPUUtilization':
      return { name: 'cpu', definition: { preset: 'asg-cpu' } };
    case 'ASGAverageNetworkIn':
    case 'ASGAverageNetworkOut':
      return networkOf(type.replace('ASGAverage', ''), group);
    case ALB_REQUESTS: {
      // app/NAME/ID/targetgroup/NAME/ID
      const [targetGroup] = /targetgroup\/.*$/.exec(label ?? '') ?? [];
      return targetGroup === undefined ? undefined : requestsOf(targetGroup);
    }
    default:
      return undefined;
  }
};

const networkOf = (metric: string, AutoScalingGroupName: string): ImportedMetric =>
  plainMetric(
    {
      namespace: 'AWS/EC2',
      metric,
      dimensions: { AutoScalingGroupName },
      statistic: 'Average',
    },
    AutoScalingGroupName,
  );

type Tracking = Readonly<{ file: string; about: string; name: string; target: number }>;

/** The rule that a target becomes. */
export const trackingRule = (
  { file, about, name, target }: Tracking,
  metric: ImportedMetric,
): ImportedRule => ({
  name,
  file,
  about,
  metrics: [metric],
  write: ([track]) => ({
    track,
    target,
    ...(isSparse(metric) ? { onMissing: 'ignore' } : {}),
  }),
  comments: [`Policy ${name}.`],
  isShadow: true,
});

/** A note that a target also removes here. */
export const scaleInDisabled = (place: Pick<ImportNote, 'file' | 'about'>): ImportNote => ({
  kind: 'differs',
  ...place,
  message: 'DisableScaleIn has no equal for one rule: this one also removes',
  why: 'a rule that recommends a capacity does so in both directions; behavior.scaleIn.select: disabled forbids every removal of the group',
});

const ABOUT_ALARMS = 'Observed of the alarms that AWS makes for a target; AWS promises none of it.';

/** The alarm for too much fires after three minutes above the target. */
export const TRACKING_OUT: readonly ImportedPace[] = [
  { side: 'scaleOut', key: 'stabilize', value: 180, because: ABOUT_ALARMS },
  { side: 'scaleOut', key: 'tolerance', value: 0, because: ABOUT_ALARMS },
];

/** The alarm for too little fires after fifteen minutes, below a share of the target that depends on the service. */
export const trackingIn = (tolerance: number): readonly ImportedPace[] => [
  { side: 'scaleIn', key: 'stabilize', value: 900, because: ABOUT_ALARMS },
  { side: 'scaleIn', key: 'tolerance', value: tolerance, because: ABOUT_ALARMS },
];
