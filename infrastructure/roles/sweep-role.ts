import { OPEN_HEADS_INDEX } from '#domain/health/let-go.ts';
import { arnOf, type Resources, sub } from '../template.ts';
import { tableAccess } from './ledger.ts';
import { role } from './role.ts';
import { allow } from './statement.ts';

/** Looks at everything and changes nothing: it only asks scale and heal to look, and says that it did. */
export const sweepRole = (): Resources =>
  role('Sweep', [
    allow({
      Sid: 'Observe',
      Action: ['autoscaling:DescribeAutoScalingGroups', 'cloudwatch:DescribeAlarms'],
      Resource: '*',
    }),
    tableAccess({ Sid: 'ReadLedger', operations: ['BatchGetItem'], keys: ['GROUP#*'] }),
    tableAccess({
      Sid: 'SayThatItLooked',
      operations: ['GetItem', 'PutItem'],
      keys: ['SWEEP', 'CONFIGURATION'],
    }),
    allow({
      Sid: 'FindOpenHeads',
      Action: ['dynamodb:Query'],
      Resource: sub(`\${Table.Arn}/index/${OPEN_HEADS_INDEX}`),
      Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['heal'] } },
    }),
    allow({
      Sid: 'AskOthers',
      Action: ['sqs:SendMessage'],
      Resource: [arnOf('ScaleQueue'), arnOf('HealQueue'), arnOf('NotifyQueue')],
    }),
  ]);
