import { inStatement, type Plant, set } from './plant.ts';

export const permissionPlants: readonly Plant[] = [
  [
    'on every resource',
    'a write on everything',
    inStatement('ScaleRole', 'SetCapacity', 'Resource', '*'),
  ],
  [
    'on every resource',
    'a write among reads',
    inStatement('SweepRole', 'Observe', 'Action', [
      'cloudwatch:DescribeAlarms',
      'cloudwatch:DeleteAlarms',
    ]),
  ],
  [
    'the opt-in tag',
    'no tag for groups',
    inStatement('ScaleRole', 'SetCapacity', 'Condition', undefined),
  ],
  [
    'the opt-in tag',
    'no tag for target groups',
    inStatement('HealRole', 'TakeTargetsOutAndPutThemBack', 'Condition', undefined),
  ],
  [
    'the opt-in tag',
    'another tag',
    inStatement('HealRole', 'HaveInstancesReplaced', 'Condition', {
      StringEquals: { 'aws:ResourceTag/team': 'true' },
    }),
  ],
  [
    'the opt-in tag',
    'another kind of thing',
    inStatement('ScaleRole', 'SetCapacity', 'Resource', [{ 'Fn::Sub': 'arn:x:*' }]),
  ],
  [
    'the opt-in tag',
    'the tag of another deployment',
    inStatement('ScaleRole', 'SetCapacity', 'Condition', {
      StringEquals: { 'autoscaling:ResourceTag/tidegate:managed': ['tidegate-other', 'true'] },
    }),
  ],
  [
    'name single actions',
    'a pattern',
    inStatement('ScaleRole', 'KeepLedger', 'Action', ['dynamodb:*']),
  ],
  [
    'only scale sets capacities',
    'a group resized',
    inStatement('ScaleRole', 'SetCapacity', 'Action', ['autoscaling:UpdateAutoScalingGroup']),
  ],
  [
    'only scale sets capacities',
    'capacity set by heal',
    inStatement('HealRole', 'HaveInstancesReplaced', 'Action', ['autoscaling:SetDesiredCapacity']),
  ],
  [
    'notify knows nothing',
    'a look at groups',
    inStatement('NotifyRole', 'SendMail', 'Action', ['autoscaling:DescribeAutoScalingGroups']),
  ],
  [
    'part of the table',
    'the whole table',
    inStatement('NotifyRole', 'KeepNotices', 'Condition', undefined),
  ],
  [
    'part of the table',
    "the ledger in notify's hands",
    inStatement('NotifyRole', 'KeepNotices', 'Condition', {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['GROUP#*'] },
    }),
  ],
  [
    'a secret is read',
    'all parameters',
    inStatement('NotifyRole', 'ReadWebhooks', 'Resource', [{ 'Fn::Sub': 'arn:x:parameter/*' }]),
  ],
  [
    'a secret is read',
    'a key for everything',
    inStatement('NotifyRole', 'DecryptWebhooks', 'Condition', {
      StringEquals: { 'kms:ViaService': 'ssm' },
    }),
  ],
  [
    'a secret is read',
    'a key for every service',
    inStatement('ScaleRole', 'EncryptOutcomes', 'Condition', undefined),
  ],
  [
    'within the guard rails',
    'a person takes it on',
    set('ScaleRole', 'Properties.AssumeRolePolicyDocument.Statement.0.Principal', { AWS: '*' }),
  ],
  [
    'within the guard rails',
    'no guard rails',
    set('SweepRole', 'Properties.ManagedPolicyArns', []),
  ],
  [
    'within the guard rails',
    'weak guard rails',
    set('GuardRails', 'Properties.PolicyDocument.Statement.0.Action', ['iam:*']),
  ],
];
