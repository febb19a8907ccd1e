import { setTimeout as sleep } from 'node:timers/promises';
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { turnsAt } from '#aws/client/pace.ts';
import type { CallRate } from '#aws/client/quotas.ts';
import { newScaleHead } from '#domain/ledger/head.ts';

export type Account = Readonly<{
  /** So many groups are members of one fleet. */
  groups: number;
  /** Of so many of them one alarm of two is in ALARM. */
  firing: number;
  /** Each group has so many instances. */
  instances: number;
}>;

/** A call and its answer are so long under way. */
const LATENCY_MS = 24;
const PAGE = 100;
const MEMBERS_PAGE = 1_000;

type Input = Readonly<{
  AutoScalingGroupNames?: readonly string[];
  AlarmNames?: readonly string[];
  NextToken?: string;
  IndexName?: string;
  ExclusiveStartKey?: Readonly<{ sk: { S: string } }>;
  RequestItems?: Readonly<Record<string, { Keys: readonly Key[] }>>;
}>;
type Key = Readonly<{ pk: { S: string }; sk: { S: string } }>;

const nameOf = (index: number): string => `shop-${String(index).padStart(5, '0')}`;
const namesFrom = (first: number, count: number, most: number): readonly string[] =>
  Array.from({ length: Math.max(0, Math.min(count, most - first)) }, (_, index) =>
    nameOf(first + index),
  );

/** Answers the calls of a sweep in an account with one large fleet. */
const answersOf = ({
  groups,
  firing,
  instances,
}: Account): Readonly<Record<string, (input: Input) => object>> => ({
  DescribeAutoScalingGroups: ({ AutoScalingGroupNames, NextToken = '0' }) => {
    if (AutoScalingGroupNames)
      return { AutoScalingGroups: AutoScalingGroupNames.map(groupNamed(instances)) };
    const first = Number(NextToken);
    return {
      AutoScalingGroups: namesFrom(first, PAGE, groups).map(groupNamed(instances)),
      ...(first + PAGE < groups ? { NextToken: String(first + PAGE) } : {}),
    };
  },
  DescribeAlarms: ({ AlarmNames, NextToken = '0' }) => {
    if (AlarmNames) return { MetricAlarms: AlarmNames.map((name) => alarmNamed(name, firing)) };
    const first = Number(NextToken);
    return {
      MetricAlarms: namesFrom(first, PAGE, firing).map((name) =>
        alarmNamed(`${name}-busy`, firing),
      ),
      ...(first + PAGE < firing ? { NextToken: String(first + PAGE) } : {}),
    };
  },
  Query: ({ IndexName, ExclusiveStartKey }) => {
    if (IndexName !== undefined) return {};
    const first = ExclusiveStartKey === undefined ? 0 : placeOf(ExclusiveStartKey.sk.S) + 1;
    const names = namesFrom(first, MEMBERS_PAGE, groups);
    const isLast = first + MEMBERS_PAGE >= groups;
    return {
      Items: names.map(membershipOf),
      ...(isLast ? {} : { LastEvaluatedKey: { sk: { S: names.at(-1) ?? '' } } }),
    };
  },
  BatchGetItem: ({ RequestItems = {} }) => ({
    Responses: Object.fromEntries(
      Object.entries(RequestItems).map(([table, { Keys }]) => [table, Keys.flatMap(headAt)]),
    ),
  }),
});

const placeOf = (name: string): number => Number(/\d+/.exec(name)?.[0] ?? 0);

const groupNamed = (instances: number) => (AutoScalingGroupName: string) => ({
  AutoScalingGroupName,
  MinSize: 2,
  MaxSize: 200,
  DesiredCapacity: instances,
  Tags: [
    { Key: 'tidegate:managed', Value: 'tidegate-bench' },
    { Key: 'tier', Value: 'shop' },
  ],
  Instances: Array.from({ length: instances }, (_, index) => ({
    InstanceId: `i-${AutoScalingGroupName}-${index}`,
    InstanceType: 'm7g.large',
    AvailabilityZone: `eu-central-1${'abc'.charAt(index % 3)}`,
    LifecycleState: 'InService',
    HealthStatus: 'Healthy',
    ProtectedFromScaleIn: false,
    LaunchTemplate: { Version: '7' },
  })),
  TargetGroupARNs: [],
  SuspendedProcesses: [],
});

const alarmNamed = (AlarmName: string, firing: number) => ({
  AlarmName,
  AlarmArn: `arn:aws:cloudwatch:eu-central-1:123456789012:alarm:${AlarmName}`,
  ActionsEnabled: true,
  StateValue: AlarmName.endsWith('-busy') && placeOf(AlarmName) < firing ? 'ALARM' : 'OK',
  StateTransitionedTimestamp: new Date(),
  StateReason: 'Threshold Crossed: 3 out of the last 3 datapoints were greater than the threshold.',
});

const membershipOf = (name: string) => ({
  pk: { S: 'MEMBERS' },
  sk: { S: name },
  version: { N: '1' },
  body: {
    S: JSON.stringify({ autoScalingGroup: name, fleets: ['shops'], version: 1, untold: [] }),
  },
});

const CHANGES = Array.from({ length: 10 }, (_, index) => ({
  at: 1_772_442_000_000 + index,
  from: 8,
  to: 10,
}));

const headAt = ({ pk, sk }: Key) =>
  sk.S === 'HEAD#scale'
    ? [{ pk, sk, body: { S: JSON.stringify({ ...newScaleHead, version: 12, changes: CHANGES }) } }]
    : [];

export type Listener = (action: string) => void;
type Rates = Readonly<Record<string, CallRate>>;

/**
 * Clients of the SDK that keep to the rates of the function and reach the account after a while; `hear` is told of each
 * call as it is answered.
 */
export const clientsOf = (account: Account, rates: Rates, hear: Listener) => {
  const answers = answersOf(account);
  const turns = new Map(
    Object.entries(rates).map(([action, rate]) => [
      action,
      turnsAt(rate, { now: Date.now, sleep: (ms) => sleep(ms) }),
    ]),
  );
  const send = async (command: object): Promise<object> => {
    const action = command.constructor.name.replace('Command', '');
    await turns.get(action)?.();
    await sleep(LATENCY_MS);
    const answer = answers[action]?.((command as { input: Input }).input) ?? {};
    hear(action);
    return answer;
  };
  const faked = <C extends object>(client: C): C => Object.assign(client, { send });
  const options = { region: 'eu-central-1' };
  return {
    autoScaling: faked(new AutoScalingClient(options)),
    cloudWatch: faked(new CloudWatchClient(options)),
    dynamo: faked(new DynamoDBClient(options)),
    sns: faked(new SNSClient(options)),
    sqs: faked(new SQSClient(options)),
  };
};
