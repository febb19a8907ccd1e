import { arnOf, ref } from '../template.ts';
import { allow, type Statement, via } from './statement.ts';

/** Takes messages from the function's own queue, and puts aside what cannot be understood. */
export const consume = (queueId: string, deadLettersId: string): readonly Statement[] => [
  allow({
    Sid: 'ConsumeOwnQueue',
    Action: [
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ChangeMessageVisibility',
    ],
    Resource: arnOf(queueId),
  }),
  allow({ Sid: 'Quarantine', Action: ['sqs:SendMessage'], Resource: arnOf(deadLettersId) }),
];

/** Publishes what was done. The topic is encrypted, so SNS uses the key in the function's name. */
export const publishOutcomes: readonly Statement[] = [
  allow({ Sid: 'PublishOutcomes', Action: ['sns:Publish'], Resource: ref('OutcomeTopic') }),
  allow({
    Sid: 'EncryptOutcomes',
    Action: ['kms:GenerateDataKey*', 'kms:Decrypt'],
    Resource: arnOf('Key'),
    Condition: { StringEquals: via('sns') },
  }),
];
