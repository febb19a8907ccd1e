import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { drillGroups } from '#app/capacity/drill-groups.ts';
import type { ScalePorts } from '#app/capacity/ports.ts';
import { scaleGroups } from '#app/capacity/scale-groups.ts';
import { apartFromDrills } from '#app/lane/apart-from-drills.ts';
import { readGroups } from '#aws/auto-scaling/read-groups.ts';
import { readOnDemand } from '#aws/auto-scaling/read-on-demand.ts';
import { readPeers } from '#aws/auto-scaling/read-peers.ts';
import { setCapacity } from '#aws/auto-scaling/set-capacity.ts';
import { readPool, setPool } from '#aws/auto-scaling/warm-pool.ts';
import { actingOptions, clientOptions, queueClientOptions } from '#aws/client/client-options.ts';
import { paced } from '#aws/client/pace.ts';
import { READ_RATES } from '#aws/client/quotas.ts';
import { readAlarms } from '#aws/cloudwatch/read-alarms.ts';
import { readMetrics } from '#aws/cloudwatch/read-metrics.ts';
import { readPast } from '#aws/cloudwatch/read-past.ts';
import { rememberWhole } from '#aws/cloudwatch/remember-whole.ts';
import { keepHop } from '#aws/dynamodb/drills.ts';
import { ledger } from '#aws/dynamodb/ledger.ts';
import { readLooks, writeLooks } from '#aws/dynamodb/looks.ts';
import { readMemberships } from '#aws/dynamodb/memberships.ts';
import { publish, publishDrill } from '#aws/messaging/publish.ts';
import { postpone, quarantine, receiveWaiting, removeReceived } from '#aws/messaging/queue.ts';
import { tagKeysOf } from '#domain/configuration/fleet.ts';
import type { ScaleHead } from '#domain/ledger/head.ts';
import { indexByRules } from '#domain/sweep/group-index.ts';
import { configuration, configurationHash } from '#lambda/configuration.ts';
import { readEnvironment } from '#lambda/environment.ts';
import { sqsHandler } from '#lambda/sqs-handler.ts';
import { takeNote } from '#lambda/take-note.ts';
import { traceDecisions } from '#lambda/trace-decisions.ts';
import { parseEvaluationMessage } from '#parse/evaluation-message.ts';
import { openingOf } from '#schedule/opening-of.ts';

const env = readEnvironment(process.env, [
  'DEPLOYMENT_NAME',
  'TABLE_NAME',
  'OUTCOME_TOPIC_ARN',
  'QUEUE_URL',
  'QUARANTINE_QUEUE_URL',
]);
const note = traceDecisions(takeNote, configuration, process);
// In a storm of alarms reads wait a little, and messages gather meanwhile.
const autoScaling = paced(new AutoScalingClient(clientOptions), READ_RATES.scale);
const cloudWatch = paced(new CloudWatchClient(clientOptions), READ_RATES.scale);
const dynamo = new DynamoDBClient(clientOptions);
const sns = new SNSClient(clientOptions);
const sqs = new SQSClient(queueClientOptions);

const reads = {
  groups: indexByRules(configuration.groups),
  members: { configuration, readMemberships: readMemberships(dynamo, env.TABLE_NAME) },
  readGroups: readGroups(autoScaling, {
    deployment: env.DEPLOYMENT_NAME,
    tagKeys: tagKeysOf(configuration.fleets),
  }),
  readAlarms: readAlarms(cloudWatch),
  readMetrics: rememberWhole(readMetrics(cloudWatch, Date.now), Date.now),
  readPast: readPast(cloudWatch, Date.now),
  openingOf,
  ...readOnDemand(autoScaling),
  readPool: readPool(autoScaling),
  readPeers: readPeers(),
  note,
  now: Date.now,
};
const { read, write } = ledger<ScaleHead>(
  dynamo,
  { table: env.TABLE_NAME, configuration: configurationHash },
  'scale',
);
const acting = new AutoScalingClient(actingOptions(autoScaling));
const ports: ScalePorts = {
  ...reads,
  ledger: { read, write },
  looks: { read: readLooks(dynamo, env.TABLE_NAME), write: writeLooks(dynamo, env.TABLE_NAME) },
  setCapacity: setCapacity(acting),
  setPool: setPool(acting),
  publish: publish(sns, env.OUTCOME_TOPIC_ARN),
};
/** The ports of drills: the same reads, and nothing that could change a group or its ledger. */
const drillPorts = {
  ...reads,
  ledger: { read },
  keepHop: keepHop(dynamo, env.TABLE_NAME),
  publishDrill: publishDrill(sns, env.OUTCOME_TOPIC_ARN),
};

/** Alarm messages and evaluation requests in, desired capacities out. */
export const handler = sqsHandler({
  parse: parseEvaluationMessage,
  handle: apartFromDrills(scaleGroups(ports), drillGroups(drillPorts)),
  quarantine: quarantine(sqs, env.QUARANTINE_QUEUE_URL),
  postpone: postpone(sqs, env.QUEUE_URL),
  more: {
    receive: receiveWaiting(sqs, env.QUEUE_URL),
    remove: removeReceived(sqs, env.QUEUE_URL),
  },
  random: Math.random,
  note,
  retryCapSeconds: 120,
});
