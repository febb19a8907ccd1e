import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { lastly } from '#app/report/lastly.ts';
import { tellReport } from '#app/report/tell-report.ts';
import { lookAtShards } from '#app/sweep/look-at-shards.ts';
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
import { readAllFiring, readFiringAlarms } from '#aws/cloudwatch/read-alarms.ts';
import { readRanges } from '#aws/cloudwatch/read-ranges.ts';
import { readChannelCounts } from '#aws/dynamodb/channel-counts.ts';
import { recordShard, recordSweep } from '#aws/dynamodb/last-sweep.ts';
import { glanceAtLedger } from '#aws/dynamodb/ledger.ts';
import { listDecisions } from '#aws/dynamodb/list-decisions.ts';
import { readAllMemberships, writeMembership } from '#aws/dynamodb/memberships.ts';
import { readOpenHeads } from '#aws/dynamodb/open-heads.ts';
import { readReportMark, writeReportMark } from '#aws/dynamodb/report-mark.ts';
import { publish } from '#aws/messaging/publish.ts';
import {
  postpone,
  quarantine,
  sendMessage,
  sendRequests,
  sendShards,
} from '#aws/messaging/queue.ts';
import { tagKeysOf } from '#domain/configuration/fleet.ts';
import type { HealHead, ScaleHead } from '#domain/ledger/head.ts';
import { mayNeedShards } from '#domain/sweep/shard.ts';
import { configuration } from '#lambda/configuration.ts';
import { source } from '#lambda/deployed-text.ts';
import { readEnvironment } from '#lambda/environment.ts';
import { markLines } from '#lambda/mark-lines.ts';
import { handleBatch } from '#lambda/sqs-handler.ts';
import { takeNote } from '#lambda/take-note.ts';
import { whenNeeded } from '#lambda/when-needed.ts';
import { parseShard } from '#parse/shard.ts';

const QUEUES = ['SCALE_QUEUE_URL', 'HEAL_QUEUE_URL', 'NOTIFY_QUEUE_URL'] as const;
/** Only deployments that may need shards have these. */
const SHARD_QUEUES = ['SWEEP_QUEUE_URL', 'QUARANTINE_QUEUE_URL'] as const;
const env = readEnvironment(process.env, [
  'DEPLOYMENT_NAME',
  'TABLE_NAME',
  'DEPLOYED_BY',
  'OUTCOME_TOPIC_ARN',
  ...QUEUES,
  ...(mayNeedShards(configuration) ? SHARD_QUEUES : []),
]);
const dynamo = new DynamoDBClient(clientOptions);
// Large deployments ask for many pages at once.
const autoScaling = paced(new AutoScalingClient(patientClientOptions), READ_RATES.sweep);
const cloudWatch = paced(new CloudWatchClient(patientClientOptions), READ_RATES.sweep);
const sqs = new SQSClient(queueClientOptions);

const flush = sendMessage(sqs, env.NOTIFY_QUEUE_URL);

const seer = { deployment: env.DEPLOYMENT_NAME, tagKeys: tagKeysOf(configuration.fleets) };

/** Members come and go rarely. */
const publishOutcome = whenNeeded(() =>
  publish(new SNSClient(clientOptions), env.OUTCOME_TOPIC_ARN),
);

const memberships = readAllMemberships(dynamo, env.TABLE_NAME);

/** Looks at groups are the same, whether at all of them or at a shard. */
const looks = {
  configuration,
  readFiringAlarms: readFiringAlarms(cloudWatch),
  readGroups: readGroups(autoScaling, seer),
  scaleLedger: glanceAtLedger<ScaleHead>(dynamo, env.TABLE_NAME, 'scale'),
  healLedger: glanceAtLedger<HealHead>(dynamo, env.TABLE_NAME, 'heal'),
  requestScaling: sendRequests(sqs, env.SCALE_QUEUE_URL),
  requestHealing: sendRequests(sqs, env.HEAL_QUEUE_URL),
  note: takeNote,
  now: Date.now,
};

const work = sweep({
  ...looks,
  listGroups: listGroups(autoScaling, seer),
  readAllMemberships: memberships,
  writeMembership: writeMembership(dynamo, env.TABLE_NAME, Date.now),
  publish: (outcome) => publishOutcome()(outcome),
  readAllFiring: readAllFiring(cloudWatch),
  sendShards: sendShards(sqs, env.SWEEP_QUEUE_URL),
  readOpenHeads: readOpenHeads(dynamo, env.TABLE_NAME),
  requestFlush: () => flush({ kind: 'flush' }),
  recordSweep: recordSweep(dynamo, env.TABLE_NAME, { source, by: env.DEPLOYED_BY }),
});

/** Only large deployments send shards. Several environments look at them side by side, and share what the account may read. */
const lookAtBatch = whenNeeded(() =>
  handleBatch({
    parse: parseShard,
    handle: lookAtShards({
      ...looks,
      readFiringAlarms: readFiringAlarms(
        paced(new CloudWatchClient(patientClientOptions), READ_RATES.shard),
      ),
      readGroups: readGroups(
        paced(new AutoScalingClient(patientClientOptions), READ_RATES.shard),
        seer,
      ),
      recordShard: recordShard(dynamo, env.TABLE_NAME),
    }),
    quarantine: quarantine(sqs, env.QUARANTINE_QUEUE_URL),
    postpone: postpone(sqs, env.SWEEP_QUEUE_URL),
    random: Math.random,
    note: takeNote,
    // A shard is worth something for a minute: it is tried again at once, or not at all.
    retryCapSeconds: 5,
  }),
);

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

const tick = lastly(work, report);

const isBatch = (event: object): event is SQSEvent => 'Records' in event;

/**
 * Invoked every minute by a schedule, and by the sweep queue with a shard of many groups. The report of a minute comes
 * last, so that nothing waits for it.
 */
export const handler = middy<object, SQSBatchResponse | undefined>()
  .use(markLines())
  .handler(async (event) => {
    if (isBatch(event)) return lookAtBatch()(event);
    await tick();
    return undefined;
  });
