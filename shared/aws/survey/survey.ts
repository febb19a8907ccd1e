import {
  type AutoScalingClient,
  type AutoScalingGroup,
  paginateDescribeAutoScalingGroups,
  paginateDescribePolicies,
  paginateDescribeScheduledActions,
  type ScalingPolicy,
  type ScheduledUpdateGroupAction,
} from '@aws-sdk/client-auto-scaling';
import type { CloudWatchClient, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { readAlarmsNamed } from './alarms-named.ts';
import { queuesOfPolicies } from './queues-of-policies.ts';
import { readServing, type ServedBy } from './serving.ts';

/** An Auto Scaling group, and what is around it, before Tidegate knows it. */
export type SurveyedGroup = Readonly<{
  autoScalingGroup: string;
  min: number;
  max: number;
  /** Count of its instances now. */
  instances: number;
  /** DefaultInstanceWarmup, in seconds; absent when it was never set. */
  warmupSeconds?: number;
  tags: Readonly<Record<string, string>>;
  /** The load balancers before it, each with one of its target groups. */
  servedBy: readonly ServedBy[];
  /** Queues that its scaling policies go by. */
  queues: readonly string[];
  /** Its policies, their alarms and its scheduled actions, as the command line of AWS prints them. */
  documents: readonly Readonly<{ file: string; text: string }>[];
}>;

export type SurveyClients = Readonly<{
  autoScaling: AutoScalingClient;
  cloudWatch: CloudWatchClient;
  loadBalancing: ElasticLoadBalancingV2Client;
}>;

/** Reads every Auto Scaling group of the Region; a handful of calls for each hundred of them. */
export const survey =
  ({ autoScaling, cloudWatch, loadBalancing }: SurveyClients) =>
  async (): Promise<readonly SurveyedGroup[]> => {
    const [groups, policies, actions] = await Promise.all([
      readAllGroups(autoScaling),
      readAllPolicies(autoScaling),
      readAllActions(autoScaling),
    ]);
    const [alarms, serving] = await Promise.all([
      readAlarmsNamed(cloudWatch, policies.flatMap(alarmNamesOf)),
      readServing(
        loadBalancing,
        groups.flatMap(({ TargetGroupARNs = [] }) => TargetGroupARNs),
      ),
    ]);
    return groups.map((group) => {
      const isOwn = (each: Readonly<{ AutoScalingGroupName?: string | undefined }>): boolean =>
        each.AutoScalingGroupName === group.AutoScalingGroupName;
      const ownPolicies = policies.filter(isOwn);
      const names = ownPolicies.flatMap(alarmNamesOf);
      return surveyed(group, {
        policies: ownPolicies,
        actions: actions.filter(isOwn),
        alarms: alarms.filter(({ AlarmName = '' }) => names.includes(AlarmName)),
        servedBy: (group.TargetGroupARNs ?? []).flatMap((arn) => serving.get(arn) ?? []),
      });
    });
  };

type Around = Readonly<{
  policies: readonly ScalingPolicy[];
  actions: readonly ScheduledUpdateGroupAction[];
  alarms: readonly MetricAlarm[];
  servedBy: readonly ServedBy[];
}>;

const surveyed = (
  group: AutoScalingGroup,
  { policies, actions, alarms, servedBy }: Around,
): SurveyedGroup => ({
  autoScalingGroup: group.AutoScalingGroupName ?? '',
  min: group.MinSize ?? 0,
  max: group.MaxSize ?? 0,
  instances: (group.Instances ?? []).length,
  tags: Object.fromEntries((group.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
  servedBy,
  queues: queuesOfPolicies(policies, alarms),
  documents: [
    document('describe-policies', 'ScalingPolicies', policies),
    document('describe-alarms', 'MetricAlarms', alarms),
    document('describe-scheduled-actions', 'ScheduledUpdateGroupActions', actions),
  ].flatMap((each) => each ?? []),
  ...(group.DefaultInstanceWarmup === undefined || group.DefaultInstanceWarmup < 0
    ? {}
    : { warmupSeconds: group.DefaultInstanceWarmup }),
});

const document = (file: string, key: string, all: readonly object[]) =>
  all.length === 0 ? undefined : { file, text: JSON.stringify({ [key]: all }) };

const alarmNamesOf = ({ Alarms = [] }: ScalingPolicy): readonly string[] =>
  Alarms.flatMap(({ AlarmName }) => AlarmName ?? []);

const readAllGroups = async (client: AutoScalingClient): Promise<readonly AutoScalingGroup[]> => {
  const groups: AutoScalingGroup[] = [];
  for await (const page of paginateDescribeAutoScalingGroups({ client }, { MaxRecords: 100 })) {
    // One that is being deleted needs no rules.
    groups.push(...(page.AutoScalingGroups ?? []).filter(({ Status }) => Status === undefined));
  }
  return groups;
};

const readAllPolicies = async (client: AutoScalingClient): Promise<readonly ScalingPolicy[]> => {
  const policies: ScalingPolicy[] = [];
  for await (const page of paginateDescribePolicies({ client }, {})) {
    policies.push(...(page.ScalingPolicies ?? []));
  }
  return policies;
};

const readAllActions = async (
  client: AutoScalingClient,
): Promise<readonly ScheduledUpdateGroupAction[]> => {
  const actions: ScheduledUpdateGroupAction[] = [];
  for await (const page of paginateDescribeScheduledActions({ client }, {})) {
    actions.push(...(page.ScheduledUpdateGroupActions ?? []));
  }
  return actions;
};
