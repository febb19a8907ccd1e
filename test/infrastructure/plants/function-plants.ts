import { drop, type Plant, set } from './plant.ts';

const FUNCTION = 'ScaleLambdaFunction';

export const functionPlants: readonly Plant[] = [
  ['nodejs24.x and arm64', 'an old runtime', set(FUNCTION, 'Properties.Runtime', 'nodejs18.x')],
  ['nodejs24.x and arm64', 'x86', set(FUNCTION, 'Properties.Architectures', ['x86_64'])],
  [
    'a role of its own',
    'a shared role',
    set(FUNCTION, 'Properties.Role', { 'Fn::GetAtt': ['HealRole', 'Arn'] }),
  ],
  ['endless recursion', 'the guard taken away', set(FUNCTION, 'Properties.RecursiveLoop', 'Allow')],
  ['log is kept', 'a log for ever', set('NotifyLogGroup', 'Properties.RetentionInDays', undefined)],
  ['log is kept', 'no log group', drop('SweepLogGroup')],
  [
    'no secret',
    'a webhook in the environment',
    set(
      'NotifyLambdaFunction',
      'Properties.Environment.Variables.URL',
      'https://hooks.slack.com/services/T/B/x',
    ),
  ],
  [
    'no secret',
    'a variable for a secret',
    set('NotifyLambdaFunction', 'Properties.Environment.Variables.SLACK_TOKEN', 'x'),
  ],
  [
    'sweep runs every minute',
    'every five minutes',
    set('SweepEventsRuleSchedule1', 'Properties.ScheduleExpression', 'rate(5 minutes)'),
  ],
  [
    'sweep runs every minute',
    'a schedule that is off',
    set('SweepEventsRuleSchedule1', 'Properties.State', 'DISABLED'),
  ],
  [
    'sweep runs every minute',
    'repeated ticks',
    set('SweepLambdaEvConf', 'Properties.MaximumRetryAttempts', 2),
  ],
  [
    'sweep runs every minute',
    'stale ticks',
    set('SweepLambdaEvConf', 'Properties.MaximumEventAgeInSeconds', 3600),
  ],
];
