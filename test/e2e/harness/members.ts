import {
  type AutoScalingGroup,
  CreateAutoScalingGroupCommand,
  DeleteTagsCommand,
  paginateDescribeAutoScalingGroups,
} from '@aws-sdk/client-auto-scaling';
import {
  DescribeAlarmsCommand,
  type MetricAlarm,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { PublishBatchCommand } from '@aws-sdk/client-sns';
import { sideBySide } from '#domain/basics/side-by-side.ts';
import { REASONS, subjectOf, textOf } from './alarms.ts';
import type { Clients } from './clients.ts';
import { STACK } from './deploy.ts';

/** The tag by which the fleet of this run is selected, and the name of that fleet in its tidegate.yml. */
export const FLEET = { name: 'cells', tag: { Key: 'tier', Value: 'cell' } } as const;

/** The fleet whose targets are looked after, likewise. */
export const HEALED_FLEET = { name: 'clinics', tag: { Key: 'tier', Value: 'clinic' } } as const;

const TEMPLATE = 'e2e';
const ALARMS_END = '-busy';
/** Calls that are made side by side; moto takes them one after the other. */
const SIDE_BY_SIDE = 8;

export const memberAt = (index: number): string => `cell-${String(index).padStart(5, '0')}`;

const inParts = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, part) =>
    items.slice(size * part, size * (part + 1)),
  );

const each = <T>(items: readonly T[], job: (item: T) => Promise<unknown>): Promise<unknown> =>
  sideBySide(items, SIDE_BY_SIDE, job);

/** Creates groups with one instance each as their owner would: handed over, and with the tag of the fleet. */
export const createMembers = async (
  { autoScaling }: Clients,
  names: readonly string[],
): Promise<void> => {
  const tags = [FLEET.tag, { Key: 'tidegate:managed', Value: STACK }];
  await each(names, (name) =>
    autoScaling.send(
      new CreateAutoScalingGroupCommand({
        AutoScalingGroupName: name,
        LaunchTemplate: { LaunchTemplateName: TEMPLATE, Version: '$Latest' },
        AvailabilityZones: ['us-east-1a'],
        MinSize: 1,
        MaxSize: 8,
        DesiredCapacity: 1,
        DefaultInstanceWarmup: 60,
        Tags: tags.map((tag) => ({ ...tag, PropagateAtLaunch: false })),
      }),
    ),
  );
};

/** Takes the tag of a fleet off a group. */
export const leave = async (
  { autoScaling }: Clients,
  name: string,
  { tag }: typeof FLEET | typeof HEALED_FLEET,
): Promise<void> => {
  const ofGroup = { ResourceId: name, ResourceType: 'auto-scaling-group' };
  await autoScaling.send(new DeleteTagsCommand({ Tags: [{ ...ofGroup, ...tag }] }));
};

/** The groups of the account whose names begin as those of members do, by name. */
export const membersIn = async ({
  autoScaling: client,
}: Clients): Promise<ReadonlyMap<string, AutoScalingGroup>> => {
  const found = new Map<string, AutoScalingGroup>();
  for await (const { AutoScalingGroups = [] } of paginateDescribeAutoScalingGroups(
    { client, pageSize: 100 },
    {},
  )) {
    for (const group of AutoScalingGroups) {
      const name = group.AutoScalingGroupName ?? '';
      if (name.startsWith('cell-')) found.set(name, group);
    }
  }
  return found;
};

/** Puts the alarm of each group, which publishes to the alarm topic. */
export const putAlarms = async (
  { cloudWatch }: Clients,
  names: readonly string[],
  topicArn: string,
): Promise<void> => {
  await each(names, (name) =>
    cloudWatch.send(
      new PutMetricAlarmCommand({
        AlarmName: `${name}${ALARMS_END}`,
        AlarmActions: [topicArn],
        OKActions: [topicArn],
        MetricName: 'CPUUtilization',
        Namespace: 'AWS/EC2',
        Dimensions: [{ Name: 'AutoScalingGroupName', Value: name }],
        Statistic: 'Average',
        Period: 60,
        EvaluationPeriods: 1,
        DatapointsToAlarm: 1,
        Threshold: 70,
        ComparisonOperator: 'GreaterThanThreshold',
      }),
    ),
  );
};

/** Changes the alarms of groups to ALARM and tells nobody; answers the message that CloudWatch would publish for each. */
export const fireAlarms = async (
  { cloudWatch: client }: Clients,
  names: readonly string[],
): Promise<readonly string[]> => {
  await each(names, (name) =>
    client.send(
      new SetAlarmStateCommand({
        AlarmName: `${name}${ALARMS_END}`,
        StateValue: 'ALARM',
        StateReason: REASONS.ALARM,
      }),
    ),
  );
  const alarms: MetricAlarm[] = [];
  for (const some of inParts(names, 100)) {
    const AlarmNames = some.map((name) => `${name}${ALARMS_END}`);
    const { MetricAlarms = [] } = await client.send(
      new DescribeAlarmsCommand({ AlarmNames, MaxRecords: 100 }),
    );
    alarms.push(...MetricAlarms);
  }
  return alarms.map((alarm) => textOf('OK', alarm));
};

/** Publishes messages of alarms as they come in a storm, ten to a call. */
export const publishAll = async (
  { sns }: Clients,
  TopicArn: string,
  messages: readonly string[],
): Promise<void> => {
  await each(inParts(messages, 10), (batch) =>
    sns.send(
      new PublishBatchCommand({
        TopicArn,
        PublishBatchRequestEntries: batch.map((Message, index) => ({
          Id: String(index),
          Subject: subjectOf(Message),
          Message,
        })),
      }),
    ),
  );
};
