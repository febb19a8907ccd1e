import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { GetKeyPolicyCommand, type KMSClient } from '@aws-sdk/client-kms';
import {
  GetTopicAttributesCommand,
  paginateListSubscriptionsByTopic,
  type SNSClient,
  type Subscription,
} from '@aws-sdk/client-sns';
import {
  type ParameterMetadata,
  paginateDescribeParameters,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import { chunks } from '#aws/client/chunks.ts';
import { type Channel, isInSecretsManager, parametersOf } from '#domain/configuration/channel.ts';
import type { MailFacts, WebhookFacts } from '#domain/doctor/channel-facts.ts';
import type { DeploymentFacts, TopicFacts } from '#domain/doctor/checkup.ts';
import type { ShardFacts } from '#domain/doctor/shard-facts.ts';
import type { Instant } from '#domain/time/instant.ts';
import { asking, unlessMissing } from './asking.ts';
import { readShards } from './shards.ts';
import { mailTopicBeside, readStack } from './topic-of.ts';

export type DeploymentClients = Readonly<{
  cloudFormation: CloudFormationClient;
  cloudWatch: CloudWatchClient;
  kms: KMSClient;
  sns: SNSClient;
  ssm: SSMClient;
}>;

type DeploymentPlace = Readonly<{
  stack: string;
  topicArn?: string;
  channels: readonly Channel[];
  /** True where its sweep may divide groups into shards. */
  hasShards: boolean;
  now: Instant;
}>;

/** Reads whether alarms reach the deployment, and the deployment reaches people. */
export const examineDeployment =
  (clients: DeploymentClients) =>
  async (place: DeploymentPlace): Promise<DeploymentFacts> => {
    const { stack, topicArn, channels, hasShards } = place;
    const { ask, unread } = asking();
    const { version, status, topic } = await ask<DeployedStack>(
      'the alarm topic',
      async () => {
        const named = topicArn === undefined ? undefined : { topicArn };
        const found = named ?? (await readStack(clients.cloudFormation, stack));
        if (found.topicArn === undefined) return found;
        return { ...found, topic: await readTopic(clients, found.topicArn) };
      },
      {},
    );
    const mail = channels.flatMap((each) => (each.kind === 'email' ? [each] : []));
    const [mailFacts, webhooks, shards] = await Promise.all([
      topic === undefined
        ? []
        : ask('the subscriptions', () => readMail(clients.sns, { topic, stack, mail }), []),
      ask('the parameters', () => readWebhooks(clients.ssm, channels), []),
      ask<ShardFacts | undefined>(
        'the shards of its sweep',
        async () => (hasShards ? readShards(clients.cloudWatch, place) : undefined),
        undefined,
      ),
    ]);
    return {
      stack,
      mailboxes: mail.length,
      mail: mailFacts,
      webhooks,
      secrets: channels.flatMap(parametersOf).filter(isInSecretsManager),
      unread,
      ...(shards === undefined ? {} : { shards }),
      ...(topic === undefined ? {} : { topic }),
      ...(version === undefined ? {} : { version }),
      ...(status === undefined ? {} : { status }),
    };
  };

type DeployedStack = Readonly<{
  topicArn?: string;
  topic?: TopicFacts;
  version?: string;
  status?: string;
}>;

const readTopic = async ({ kms, sns }: DeploymentClients, arn: string): Promise<TopicFacts> => {
  const { Attributes = {} } = await sns.send(new GetTopicAttributesCommand({ TopicArn: arn }));
  const keyId = Attributes.KmsMasterKeyId;
  const isOurs = keyId !== undefined && keyId !== '' && !keyId.startsWith('alias/aws/');
  const key = isOurs
    ? await kms.send(new GetKeyPolicyCommand({ KeyId: keyId, PolicyName: 'default' }))
    : undefined;
  const [policy, keyPolicy] = [parsed(Attributes.Policy), parsed(key?.Policy)];

  return {
    arn,
    ...(policy === undefined ? {} : { policy }),
    ...(keyId === undefined || keyId === '' ? {} : { keyId }),
    ...(keyPolicy === undefined ? {} : { keyPolicy }),
  };
};

/** Of a policy that is no JSON nothing can be said. */
const parsed = (text = ''): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

type Mail = Readonly<{
  topic: TopicFacts;
  stack: string;
  mail: readonly Extract<Channel, { kind: 'email' }>[];
}>;

const readMail = (sns: SNSClient, { topic, stack, mail }: Mail): Promise<readonly MailFacts[]> =>
  Promise.all(
    mail.map(async ({ name, address }) => {
      const arn = mailTopicBeside(topic.arn, stack, name);
      const found = await unlessMissing(['NotFoundException', 'NotFound'], async () => {
        const subscriptions: Subscription[] = [];
        for await (const page of paginateListSubscriptionsByTopic(
          { client: sns },
          { TopicArn: arn },
        )) {
          subscriptions.push(...(page.Subscriptions ?? []));
        }
        return subscriptions;
      });
      const subscription = found?.find(({ Endpoint }) => Endpoint === address);
      return { channel: name, address, status: statusOf(subscription?.SubscriptionArn) };
    }),
  );

/** Until it is confirmed a subscription has words where its ARN will be. */
const statusOf = (arn: string | undefined): MailFacts['status'] => {
  if (arn === undefined || arn === 'Deleted') return 'missing';
  return arn.startsWith('arn:') ? 'confirmed' : 'pending';
};

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterStringFilter.html */
const NAMES_PER_FILTER = 50;

const readWebhooks = async (
  ssm: SSMClient,
  channels: readonly Channel[],
): Promise<readonly WebhookFacts[]> => {
  const kept = channels.flatMap((channel) =>
    parametersOf(channel)
      // A secret of Secrets Manager would have to be read to see whether it is there.
      .filter((parameter) => !isInSecretsManager(parameter))
      .map((parameter) => ({ channel: channel.name, parameter })),
  );
  if (kept.length === 0) return [];

  const names = [...new Set(kept.map(({ parameter }) => parameter))];
  const found: ParameterMetadata[] = [];
  for (const chunk of chunks(names, NAMES_PER_FILTER)) {
    const filters = [{ Key: 'Name', Option: 'Equals', Values: [...chunk] }];
    // A page may be empty and not be the last.
    for await (const page of paginateDescribeParameters(
      { client: ssm },
      { ParameterFilters: filters },
    )) {
      found.push(...(page.Parameters ?? []));
    }
  }
  return kept.map((each) => {
    const type = found.find(({ Name }) => Name === each.parameter)?.Type;
    return { ...each, ...(type === undefined ? {} : { type }) };
  });
};
