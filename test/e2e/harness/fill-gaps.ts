import { PutMetricAlarmCommand, type PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch';
import { UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { SetTopicAttributesCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { Clients } from './clients.ts';
import { resourcesOf, type Stack } from './stack.ts';

type Properties = Readonly<Record<string, unknown>>;

/**
 * Makes, from the deployed template and by the services' own API, what moto's CloudFormation skips
 * without a word. What it makes is counted by type.
 */
export const fillGaps = async (
  clients: Clients,
  stack: Stack,
): Promise<ReadonlyMap<string, number>> => {
  const made = new Map<string, number>();
  for (const [type, make] of Object.entries(MAKERS)) {
    const found = resourcesOf(stack, type);
    for (const [id, properties] of found) {
      await make(clients, properties, stack.physicalIds.get(id) ?? '');
    }
    made.set(type.replace('AWS::', ''), found.length);
  }
  return made;
};

type Make = (clients: Clients, properties: Properties, physicalId: string) => Promise<unknown>;

const MAKERS: Readonly<Record<string, Make>> = {
  'AWS::SNS::Subscription': ({ sns }, properties) => sns.send(subscribe(properties)),
  'AWS::SNS::TopicPolicy': ({ sns }, { Topics, PolicyDocument }) =>
    inTurn(Topics, (TopicArn) =>
      sns.send(
        new SetTopicAttributesCommand({
          TopicArn,
          AttributeName: 'Policy',
          AttributeValue: JSON.stringify(PolicyDocument),
        }),
      ),
    ),
  'AWS::SQS::QueuePolicy': ({ sqs }, { Queues, PolicyDocument }) =>
    inTurn(Queues, (QueueUrl) =>
      sqs.send(
        new SetQueueAttributesCommand({
          QueueUrl,
          Attributes: { Policy: JSON.stringify(PolicyDocument) },
        }),
      ),
    ),
  'AWS::CloudWatch::Alarm': ({ cloudWatch }, properties) =>
    // The template's names are the API's names.
    cloudWatch.send(new PutMetricAlarmCommand(properties as unknown as PutMetricAlarmCommandInput)),
  'AWS::DynamoDB::Table': ({ dynamo }, { TimeToLiveSpecification }, TableName) =>
    dynamo.send(
      new UpdateTimeToLiveCommand({
        TableName,
        TimeToLiveSpecification: TimeToLiveSpecification as {
          AttributeName: string;
          Enabled: boolean;
        },
      }),
    ),
};

const subscribe = ({ TopicArn, Protocol, Endpoint, ...rest }: Properties): SubscribeCommand => {
  const attributes = Object.entries(rest).map(([name, value]) => [
    name,
    typeof value === 'object' ? JSON.stringify(value) : String(value),
  ]);

  return new SubscribeCommand({
    TopicArn: String(TopicArn),
    Protocol: String(Protocol),
    Endpoint: String(Endpoint),
    Attributes: Object.fromEntries(attributes),
  });
};

const inTurn = async (ids: unknown, act: (id: string) => Promise<unknown>): Promise<void> => {
  for (const id of ids as readonly string[]) await act(id);
};
