import { type Plant, set } from './plant.ts';

const FUNCTION = 'ScaleLambdaFunction';

export const tablePlants: readonly Plant[] = [
  ['the table is', 'bought capacity', set('Table', 'Properties.BillingMode', 'PROVISIONED')],
  [
    'the table is',
    'another attribute',
    set('Table', 'Properties.TimeToLiveSpecification.AttributeName', 'ttl'),
  ],
  [
    'the table is',
    'no restore',
    set('Table', 'Properties.PointInTimeRecoverySpecification', undefined),
  ],
  ['the table is', 'no encryption', set('Table', 'Properties.SSESpecification', undefined)],
  [
    'everything that is referred to',
    'a queue renamed',
    set(FUNCTION, 'Properties.Environment.Variables.QUEUE_URL', { Ref: 'ScalingQueue' }),
  ],
  [
    'everything that is referred to',
    'a topic in a text',
    set('NotifyLambdaFunction', 'Properties.Environment.Variables.MAIL_TOPIC_ARNS', {
      'Fn::Sub': `{"a":"\${Gone}"}`,
    }),
  ],
];
