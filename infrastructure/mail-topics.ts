import type { Channel } from '#domain/configuration/channel.ts';
import { logicalId } from './logical-id.ts';
import { redriven } from './subscriptions.ts';
import {
  type Deployment,
  merge,
  prefixOf,
  type Resources,
  ref,
  sub,
  type Value,
} from './template.ts';
import { topic } from './topics.ts';

export type MailChannel = Extract<Channel, { kind: 'email' }>;

export const mailChannels = (channels: readonly Channel[]): readonly MailChannel[] =>
  channels.filter((channel) => channel.kind === 'email');

export const mailTopicId = ({ name }: MailChannel): string => logicalId('MailTopic', name);

/**
 * A topic for each e-mail channel that SNS serves, so that routes can tell them apart. The address of each
 * mailbox, whoever serves it, also hears Tidegate's own alarms, directly: notify may be what is broken.
 */
export const mailTopics = (deployment: Deployment, channels: readonly Channel[]): Resources =>
  merge([
    ...mailChannels(channels).map((channel) => mailTopic(deployment, channel)),
    ...addressed(channels).map(operationsSubscription),
  ]);

type Mailbox = Extract<Channel, { address: string }>;

/** A mailbox for each address: SNS would take a second subscription for the first one. */
const addressed = (channels: readonly Channel[]): readonly Mailbox[] =>
  [
    ...new Map(
      channels
        .flatMap((channel) => ('address' in channel ? [channel] : []))
        .toReversed()
        .map((channel) => [channel.address, channel]),
    ).values(),
  ].toReversed();

const operationsSubscription = (channel: Mailbox): Resources => ({
  [logicalId('OperationsSubscription', channel.name)]: subscription('OperationsTopic', channel),
});

/** The variable MAIL_TOPIC_ARNS: a JSON object from the name of a channel to its topic's ARN. */
export const mailTopicArns = (channels: readonly MailChannel[]): Value =>
  sub(
    JSON.stringify(
      Object.fromEntries(channels.map((each) => [each.name, `\${${mailTopicId(each)}}`])),
    ),
  );

const mailTopic = (deployment: Deployment, channel: MailChannel): Resources => {
  const id = mailTopicId(channel);

  return {
    ...topic(id, { name: `${prefixOf(deployment)}-mail-${channel.name}`, publishers: [] }),
    [logicalId('MailSubscription', channel.name)]: subscription(id, channel),
  };
};

const subscription = (topicId: string, { address }: Readonly<{ address: string }>) => ({
  Type: 'AWS::SNS::Subscription',
  Properties: { TopicArn: ref(topicId), Protocol: 'email', Endpoint: address, ...redriven },
});
