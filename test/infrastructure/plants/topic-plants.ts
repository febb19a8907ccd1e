import { drop, type Plant, set } from './plant.ts';

const forTopic = (id: string, path: string, value: unknown) =>
  set(`${id}Policy`, `Properties.PolicyDocument.Statement.${path}`, value);

const forKey = (path: string, value: unknown) =>
  set('Key', `Properties.KeyPolicy.Statement.${path}`, value);

export const topicPlants: readonly Plant[] = [
  ['publish on every topic', 'no permission', forTopic('AlarmTopic', '0.Effect', 'Deny')],
  [
    'publish on every topic',
    'any account',
    forTopic('OperationsTopic', '0.Condition', { ArnLike: { 'aws:SourceArn': '*' } }),
  ],
  [
    'a key that CloudWatch may use',
    "SNS's own key",
    set('AlarmTopic', 'Properties.KmsMasterKeyId', 'alias/aws/sns'),
  ],
  [
    'a key that CloudWatch may use',
    'a key without the statement',
    forKey('1.Principal', { Service: 'sns.amazonaws.com' }),
  ],
  ['a key that CloudWatch may use', 'half of the permissions', forKey('1.Action', ['kms:Decrypt'])],
  [
    'a key that CloudWatch may use',
    'an old key',
    set('Key', 'Properties.EnableKeyRotation', false),
  ],
  [
    'wake functions are encrypted',
    'a plain topic',
    set('OutcomeTopic', 'Properties.KmsMasterKeyId', undefined),
  ],
  ['reach all three functions', 'heal left out', drop('AlarmsToHeal')],
  [
    'whole and unfiltered',
    'a queue that refuses',
    set('HealQueuePolicy', 'Properties.PolicyDocument.Statement.0.Condition.ArnEquals', {
      'aws:SourceArn': { Ref: 'OutcomeTopic' },
    }),
  ],
  [
    'whole and unfiltered',
    'a filter',
    set('AlarmsToScale', 'Properties.FilterPolicy', { a: ['b'] }),
  ],
  [
    'whole and unfiltered',
    'raw delivery',
    set('AlarmsToScale', 'Properties.RawMessageDelivery', true),
  ],
  [
    'cannot be delivered is kept',
    'no dead letters',
    set('AlarmsToScale', 'Properties.RedrivePolicy', undefined),
  ],
  [
    'cannot be delivered is kept',
    'a refusing queue',
    set('UndeliveredQueuePolicy', 'Properties.PolicyDocument.Statement.0.Effect', 'Deny'),
  ],
  [
    'does not use TLS',
    'a queue without the guard',
    set('ScaleDeadLettersPolicy', 'Properties.PolicyDocument.Statement', []),
  ],
  [
    'does not use TLS',
    'a guard the wrong way round',
    forTopic('OutcomeTopic', '0.Condition.Bool', { 'aws:SecureTransport': 'true' }),
  ],
  ['lets nobody in', 'everybody let in', forTopic('AlarmTopic', '0.Principal', '*')],
  ['lets nobody in', 'a service for anybody', forKey('2.Condition', undefined)],
  ['lets nobody in', 'every account', forKey('0.Principal', { AWS: '*' })],
  ['also hears', 'an address left out', drop('OperationsSubscriptionMail00d8d3f1')],
];
