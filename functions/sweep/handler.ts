import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import { lastly } from '#app/report/lastly.ts';
import { tellReport } from '#app/report/tell-report.ts';
import { sweep } from '#app/sweep/sweep.ts';
import { listGroups } from '#aws/auto-scaling/list-groups.ts';
import { readGroups } from '#aws/auto-scaling/read-groups.ts';
import {
  clientOptions,
  patientClientOptions,
  queueClientOptions,
} from '#aws/client/client-options.ts';
import { paced } from '#aws/client/pace.ts';
import { READ_RATES } from '#aws/client/quotas.ts';
import { readFiringAlarms } from '#aws/cloudwatch/read-alarms.ts';
import { readRanges } from '#aws/cloudwatch/read-ranges.ts';
import { readChannelCounts } from '#aws/dynamodb/channel-counts.ts';
import { listDecisions } from '#aws/dynamodb/decisions.ts';
import { recordSweep } from '#aws/dynamodb/last-sweep.ts';
import { glanceAtLedger } from '#aws/dynamodb/ledger.ts';
import { readAllMemberships, writeMembership } from '#aws/dynamodb/memberships.ts';
import { readOpenHeads } from '#aws/dynamodb/open-heads.ts';
import { readReportMark, writeReportMark } from '#aws/dynamodb/report-mark.ts';
import { publish } from '#aws/messaging/publish.ts';
import { sendMessage, sendRequests } from '#aws/messaging/queue.ts';
import { tagKeysOf } from '#domain/configuration/fleet.ts';
import type { HealHead, ScaleHead } from '#domain/ledger/head.ts';
import { configuration } from '#lambda/configuration.ts';
import { readEnvironment } from '#lambda/environment.ts';
import { source } from '#lambda/source.ts';
import { takeNote } from '#lambda/take-note.ts';
import { logger } from '#lambda/telemetry.ts';

const QUEUES = ['SCALE_QUEUE_URL', 'HEAL_QUEUE_URL', 'NOTIFY_QUEUE_URL'] as const;
const env = readEnvironment(process.env, [
  'DEPLOYMENT_NAME',
  'TABLE_NAME',
  'DEPLOYED_BY',
  'OUTCOME_TOPIC_ARN',
  ...QUEUES,
]);
const dynamo = new DynamoDBClient(clientOptions);
// Large deployments ask for many pages at once.
const autoScaling = paced(new AutoScalingClient(patientClientOptions), READ_RATES.sweep);
const cloudWatch = paced(new CloudWatchClient(patientClientOptions), READ_RATES.sweep);
const sqs = new SQSClient(queueClientOptions);

const flush = sendMessage(sqs, env.NOTIFY_QUEUE_URL);

const seer = { deployment: env.DEPLOYMENT_NAME, tagKeys: tagKeysOf(configuration.fleets) };

const memberships = readAllMemberships(dynamo, env.TABLE_NAME);

const work = sweep({
  configuration,
  readFiringAlarms: readFiringAlarms(cloudWatch),
  readGroups: readGroups(autoScaling, seer),
  listGroups: listGroups(autoScaling, seer),
  readAllMemberships: memberships,
  writeMembership: writeMembership(dynamo, env.TABLE_NAME, Date.now),
  publish: publish(new SNSClient(clientOptions), env.OUTCOME_TOPIC_ARN),
  scaleLedger: glanceAtLedger<ScaleHead>(dynamo, env.TABLE_NAME, 'scale'),
  healLedger: glanceAtLedger<HealHead>(dynamo, env.TABLE_NAME, 'heal'),
  readOpenHeads: readOpenHeads(dynamo, env.TABLE_NAME),
  requestScaling: sendRequests(sqs, env.SCALE_QUEUE_URL),
  requestHealing: sendRequests(sqs, env.HEAL_QUEUE_URL),
  requestFlush: () => flush({ kind: 'flush' }),
  recordSweep: recordSweep(dynamo, env.TABLE_NAME, { source, by: env.DEPLOYED_BY }),
  note: takeNote,
  now: Date.now,
});

const report = tellReport({
  configuration,
  readMark: readReportMark(dynamo, env.TABLE_NAME),
  writeMark: writeReportMark(dynamo, env.TABLE_NAME),
  readAllMemberships: memberships,
  listDecisions: listDecisions(dynamo, env.TABLE_NAME),
  readRanges: readRanges(cloudWatch),
  readChannelCounts: readChannelCounts(dynamo, env.TABLE_NAME),
  tell: sendMessage(sqs, env.NOTIFY_QUEUE_URL),
  note: takeNote,
  now: Date.now,
});

/** Invoked every minute by a schedule. The report comes last, so that nothing waits for it. */
export const handler = middy().use(injectLambdaContext(logger)).handler(lastly(work, report));
