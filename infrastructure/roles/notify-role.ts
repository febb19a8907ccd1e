import {
  type Channel,
  isInSecretsManager,
  parametersOf,
  SECRETS_MANAGER,
} from '#domain/configuration/channel.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import { mailChannels, mailTopicId } from '../mail-topics.ts';
import { arn, arnOf, type Resources, ref, type Value } from '../template.ts';
import { keepDrills, tableAccess } from './ledger.ts';
import { consume } from './messaging.ts';
import { role } from './role.ts';
import { allow, allowOn, type Statement, via } from './statement.ts';
import { leaveTraces } from './tracing.ts';

/** Speaks on the configured channels. It may neither read nor change anything that scales. */
export const notifyRole = (configuration: Configuration): Resources =>
  role('Notify', [
    ...consume('NotifyQueue', 'NotifyDeadLetters'),
    // In one statement: a transaction writes to both.
    tableAccess({ Sid: 'KeepNotices', operations: OPERATIONS, keys: ['NOTICE#*', 'CHANNEL#*'] }),
    keepDrills,
    ...leaveTraces(configuration),
    allow({ Sid: 'TellOfChannels', Action: ['sqs:SendMessage'], Resource: arnOf('NotifyQueue') }),
    allow({ Sid: 'ReadMetrics', Action: ['cloudwatch:GetMetricData'], Resource: '*' }),
    ...sendMails(configuration.channels),
    ...allowOn(
      mailChannels(configuration.channels).map((channel) => ref(mailTopicId(channel))),
      { Sid: 'SendMail', Action: ['sns:Publish'] },
    ),
    ...readWebhooks(webhookParameters(configuration.channels)),
    ...readSecrets(configuration.channels.flatMap(parametersOf)),
  ]);

/** An identity may have a configuration set, which SES then asks a permission for, too. */
const SES_RESOURCES = [arn('ses', 'identity/*'), arn('ses', 'configuration-set/*')];

/** From the senders of the channels to their addresses, and nowhere else. */
const sendMails = (channels: readonly Channel[]): readonly Statement[] => {
  const mailboxes = channels.flatMap((channel) => (channel.kind === 'mail' ? [channel] : []));
  const [senders, receivers] = [
    [...new Set(mailboxes.map(({ from }) => from))],
    [...new Set(mailboxes.map(({ address }) => address))],
  ];
  return allowOn(mailboxes.length === 0 ? [] : SES_RESOURCES, {
    Sid: 'SendMails',
    // A picture may make a mail a raw one to SES.
    Action: ['ses:SendEmail', 'ses:SendRawEmail'],
    Condition: {
      StringEquals: { 'ses:FromAddress': senders },
      'ForAllValues:StringEquals': { 'ses:Recipients': receivers },
    },
  });
};

/** Systems Manager reads a secret with the rights of who asks; behind its name stand six characters. */
const readSecrets = (parameters: readonly string[]): readonly Statement[] => {
  const secrets = [...new Set(parameters)]
    .filter(isInSecretsManager)
    .map((name) => arn('secretsmanager', `secret:${name.slice(SECRETS_MANAGER.length)}-??????`));
  return [
    ...allowOn(secrets, { Sid: 'ReadSecrets', Action: ['secretsmanager:GetSecretValue'] }),
    ...allowOn(secrets.length === 0 ? [] : [arn('kms', 'key/*')], {
      Sid: 'DecryptSecrets',
      Action: ['kms:Decrypt'],
      Condition: {
        StringEquals: via('secretsmanager'),
        StringLike: { 'kms:EncryptionContext:SecretARN': secrets },
      },
    }),
  ];
};

/** Lines are read, held, changed, and emptied in transactions. */
const OPERATIONS = [
  ...(['BatchGetItem', 'GetItem', 'Query', 'UpdateItem', 'PutItem', 'DeleteItem'] as const),
  'ConditionCheckItem',
] as const;

const webhookParameters = (channels: readonly Channel[]): readonly Value[] =>
  [...new Set(channels.flatMap(parametersOf))].map((name) => arn('ssm', `parameter${name}`));

/**
 * Whichever key encrypts a parameter, Systems Manager decrypts with the parameter's ARN as context, so
 * that is what the permission is bound to
 * (https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html).
 */
const readWebhooks = (parameters: readonly Value[]): readonly Statement[] => [
  ...allowOn(parameters, { Sid: 'ReadWebhooks', Action: ['ssm:GetParameter'] }),
  ...allowOn(parameters.length === 0 ? [] : [arn('kms', 'key/*')], {
    Sid: 'DecryptWebhooks',
    Action: ['kms:Decrypt'],
    Condition: {
      StringEquals: { ...via('ssm'), 'kms:EncryptionContext:PARAMETER_ARN': parameters },
    },
  }),
];
