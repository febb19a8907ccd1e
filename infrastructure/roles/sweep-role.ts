import type { Configuration } from '#domain/configuration/configuration.ts';
import { OPEN_HEADS_INDEX } from '#domain/health/let-go.ts';
import { arnOf, type Resources, sub } from '../template.ts';
import { tableAccess } from './ledger.ts';
import { publishOutcomes } from './messaging.ts';
import { role } from './role.ts';
import { allow, type Statement } from './statement.ts';

/**
 * Looks at everything and changes nothing: it only asks scale and heal to look, and says that it did. With fleets it also
 * writes down who joined and who left, and tells of it.
 */
export const sweepRole = ({ fleets }: Pick<Configuration, 'fleets'>): Resources =>
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
    ...(fleets === undefined ? [] : keepMembers),
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

const keepMembers: readonly Statement[] = [
  tableAccess({
    Sid: 'KeepMembers',
    operations: ['Query', 'PutItem', 'DeleteItem'],
    keys: ['MEMBERS'],
  }),
  ...publishOutcomes,
];
