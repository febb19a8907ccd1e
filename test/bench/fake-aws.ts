import {
  AutoScalingClient,
  type AutoScalingGroup,
  DescribeAutoScalingGroupsCommand,
  SetDesiredCapacityCommand,
} from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import {
  type AttributeValue,
  BatchGetItemCommand,
  DynamoDBClient,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';

type Item = Readonly<Record<string, AttributeValue>>;

/**
 * Answers the SDK's clients, whoever made them, and remembers what was sent: groups that take every
 * capacity, alarms that all fire, and a table that keeps what is put into it.
 */
export const fakeAws = (groups: readonly string[]) => {
  const capacities = new Map(groups.map((name) => [name, 4]));
  const items = new Map<string, Item>();

  const autoScaling = mockClient(AutoScalingClient);
  autoScaling.on(DescribeAutoScalingGroupsCommand).callsFake(({ AutoScalingGroupNames }) => ({
    AutoScalingGroups: (AutoScalingGroupNames as string[]).map((name) =>
      groupOf(name, capacities.get(name) ?? 0),
    ),
  }));
  autoScaling
    .on(SetDesiredCapacityCommand)
    .callsFake(({ AutoScalingGroupName, DesiredCapacity }) => {
      capacities.set(AutoScalingGroupName, DesiredCapacity);
      return {};
    });

  const cloudWatch = mockClient(CloudWatchClient);
  cloudWatch.on(DescribeAlarmsCommand).callsFake(({ AlarmNames }) => ({
    MetricAlarms: (AlarmNames as string[]).map(alarmOf),
  }));

  const stored = (keys: readonly Item[]): readonly Item[] =>
    keys.map((key) => items.get(keyOf(key))).filter((item) => item !== undefined);
  const dynamo = mockClient(DynamoDBClient);
  dynamo.on(BatchGetItemCommand).callsFake(({ RequestItems }) => {
    const [[table, { Keys }]] = Object.entries(RequestItems) as [[string, { Keys: Item[] }]];
    return { Responses: { [table]: stored(Keys) } };
  });
  dynamo.on(TransactWriteItemsCommand).callsFake(({ TransactItems }) => {
    for (const { Put } of TransactItems) if (Put) items.set(keyOf(Put.Item), Put.Item);
    return {};
  });

  // A full batch asks whether more messages wait; none do.
  const sqs = mockClient(SQSClient);
  sqs.on(ReceiveMessageCommand).resolves({});

  const mocks = [autoScaling, cloudWatch, dynamo, mockClient(SNSClient), sqs];
  return {
    /** Counts of each command since the last time that somebody asked. */
    takeCounts: (): ReadonlyMap<string, number> => {
      const names = mocks
        .flatMap((mock) => mock.commandCalls(Object as never))
        .map(({ args: [command] }) => (command as object).constructor.name.replace('Command', ''));
      for (const mock of mocks) mock.resetHistory();
      return new Map(names.map((name) => [name, names.filter((each) => each === name).length]));
    },
  };
};

const keyOf = ({ pk, sk }: Item): string => `${pk?.S} ${sk?.S}`;

const groupOf = (AutoScalingGroupName: string, DesiredCapacity: number): AutoScalingGroup => ({
  AutoScalingGroupName,
  MinSize: 1,
  MaxSize: 20,
  DesiredCapacity,
  DefaultCooldown: 300,
  AvailabilityZones: [],
  HealthCheckType: 'EC2',
  CreatedTime: undefined,
  Tags: [{ Key: 'tidegate:managed', Value: 'tidegate-dev' }],
  Instances: Array.from({ length: DesiredCapacity }, (_, index) => ({
    InstanceId: `i-${index}`,
    AvailabilityZone: 'us-east-1a',
    LifecycleState: 'InService',
    HealthStatus: 'Healthy',
    ProtectedFromScaleIn: false,
  })),
});

const alarmOf = (AlarmName: string) => ({
  AlarmName,
  AlarmArn: `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${AlarmName}`,
  ActionsEnabled: true,
  StateValue: AlarmName.endsWith('-high') ? ('ALARM' as const) : ('OK' as const),
  StateTransitionedTimestamp: new Date(),
});
