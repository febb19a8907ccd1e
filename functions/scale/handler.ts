import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { scaleGroups } from '#app/capacity/scale-groups.ts';
import { readGroups } from '#aws/auto-scaling/read-groups.ts';
import { readOnDemand } from '#aws/auto-scaling/read-on-demand.ts';
import { setCapacity } from '#aws/auto-scaling/set-capacity.ts';
import { actingOptions, clientOptions, queueClientOptions } from '#aws/client/client-options.ts';
import { readAlarms } from '#aws/cloudwatch/read-alarms.ts';
import { readMetrics } from '#aws/cloudwatch/read-metrics.ts';
import { readPast } from '#aws/cloudwatch/read-past.ts';
import { ledger } from '#aws/dynamodb/ledger.ts';
import { publish } from '#aws/messaging/publish.ts';
import { postpone, quarantine } from '#aws/messaging/queue.ts';
import type { ScaleHead } from '#domain/ledger/head.ts';
import { configuration, configurationHash } from '#lambda/configuration.ts';
import { readEnvironment } from '#lambda/environment.ts';
import { sqsHandler } from '#lambda/sqs-handler.ts';
import { takeNote } from '#lambda/take-note.ts';
import { parseEvaluationMessage } from '#parse/evaluation-message.ts';
import { openingOf } from '#schedule/opening-of.ts';

const env = readEnvironment(process.env, [
  'TABLE_NAME',
  'OUTCOME_TOPIC_ARN',
  'QUEUE_URL',
  'QUARANTINE_QUEUE_URL',
]);
const autoScaling = new AutoScalingClient(clientOptions);
const cloudWatch = new CloudWatchClient(clientOptions);
const sqs = new SQSClient(queueClientOptions);

/** Alarm messages and evaluation requests in, desired capacities out. */
export const handler = sqsHandler({
  parse: parseEvaluationMessage,
  handle: scaleGroups({
    configuration,
    readGroups: readGroups(autoScaling),
    readAlarms: readAlarms(cloudWatch),
    readMetrics: readMetrics(cloudWatch, Date.now),
    readPast: readPast(cloudWatch, Date.now),
    openingOf,
    ...readOnDemand(autoScaling),
    ledger: ledger<ScaleHead>(
      new DynamoDBClient(clientOptions),
      { table: env.TABLE_NAME, configuration: configurationHash },
      'scale',
    ),
    setCapacity: setCapacity(new AutoScalingClient(actingOptions(autoScaling))),
    publish: publish(new SNSClient(clientOptions), env.OUTCOME_TOPIC_ARN),
    note: takeNote,
    now: Date.now,
  }),
  quarantine: quarantine(sqs, env.QUARANTINE_QUEUE_URL),
  postpone: postpone(sqs, env.QUEUE_URL),
  random: Math.random,
  note: takeNote,
  retryCapSeconds: 120,
});
