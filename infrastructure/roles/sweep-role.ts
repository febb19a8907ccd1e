import type { Configuration } from '#domain/configuration/configuration.ts';
import { OPEN_HEADS_INDEX } from '#domain/health/left-behind.ts';
import { mayNeedShards } from '#domain/sweep/shard.ts';
import { queuedIn, queueIds } from '../queues.ts';
import { arnOf, type Resources, sub } from '../template.ts';
import { tableAccess } from './ledger.ts';
import { consume, publishOutcomes } from './messaging.ts';
import { role } from './role.ts';
import { allow, type Statement } from './statement.ts';
import { leaveTraces } from './tracing.ts';

/**
 * Looks at everything and changes nothing: it only asks scale and heal to look, says that it did, and sends reports. With
 * fleets it also writes down who joined and who left, and tells of it. Groups that may be very many it sends to itself, in
 * shards.
 */
export const sweepRole = (
  configuration: Partial<Pick<Configuration, 'groups' | 'fleets' | 'report' | 'tracing'>>,
): Resources =>
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
    ...leaveTraces(configuration),
    ...(configuration.fleets === undefined ? [] : keepMembers),
    ...(configuration.report === undefined ? [] : READS_OF_REPORT),
    ...(mayNeedShards(configuration) ? consume('SweepQueue', 'SweepDeadLetters') : []),
    allow({
      Sid: 'FindOpenHeads',
      Action: ['dynamodb:Query'],
      Resource: sub(`\${Table.Arn}/index/${OPEN_HEADS_INDEX}`),
      Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['heal'] } },
    }),
    allow({
      Sid: 'AskOthers',
      Action: ['sqs:SendMessage'],
      Resource: queuedIn(configuration).map((name) => arnOf(queueIds(name).queue)),
    }),
  ]);

const keepMembers: readonly Statement[] = [
  tableAccess({
    Sid: 'KeepMembers',
    operations: ['Query', 'PutItem'],
    keys: ['MEMBERS'],
  }),
  ...publishOutcomes,
];

/** The reads of a report: what groups did, how large they were, and what channels were told. */
const READS_OF_REPORT: readonly Statement[] = [
  allow({ Sid: 'ReadSizes', Action: ['cloudwatch:GetMetricData'], Resource: '*' }),
  tableAccess({ Sid: 'ReadForReport', operations: ['Query'], keys: ['GROUP#*', 'CHANNEL#*'] }),
];
