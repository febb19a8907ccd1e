import {
  type Channel,
  type Configuration,
  parametersOf,
} from '../../shared/domain/configuration.ts';
import { mailChannels, mailTopicId } from '../mail-topics.ts';
import { arn, type Resources, ref, type Value } from '../template.ts';
import { tableAccess } from './ledger.ts';
import { consume } from './messaging.ts';
import { role } from './role.ts';
import { allowOn, type Statement, via } from './statement.ts';

/** Speaks on the configured channels. It may neither read nor change anything that scales. */
export const notifyRole = ({ channels }: Configuration): Resources =>
  role('Notify', [
    ...consume('NotifyQueue', 'NotifyDeadLetters'),
    tableAccess({ Sid: 'KeepNotices', operations: ['PutItem'], keys: 'NOTICE#*' }),
    tableAccess({
      ...{ Sid: 'KeepBudgets', operations: ['GetItem', 'UpdateItem'], keys: 'BUDGET#*' },
    }),
    ...allowOn(
      mailChannels(channels).map((channel) => ref(mailTopicId(channel))),
      { Sid: 'SendMail', Action: ['sns:Publish'] },
    ),
    ...readWebhooks(webhookParameters(channels)),
  ]);

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
