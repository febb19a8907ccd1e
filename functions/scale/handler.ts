import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { scaleGroups } from '../../shared/app/scale-groups.ts';
import {
  actingOptions,
  clientOptions,
  queueClientOptions,
} from '../../shared/aws/client-options.ts';
import { ledger } from '../../shared/aws/ledger.ts';
import { publish } from '../../shared/aws/publish.ts';
import { postpone, quarantine } from '../../shared/aws/queue.ts';
import { readAlarms } from '../../shared/aws/read-alarms.ts';
import { readGroups } from '../../shared/aws/read-groups.ts';
import { readMetrics } from '../../shared/aws/read-metrics.ts';
import { secondLook } from '../../shared/aws/second-look.ts';
import { setCapacity } from '../../shared/aws/set-capacity.ts';
import type { ScaleHead } from '../../shared/domain/head.ts';
import { configuration } from '../../shared/lambda/configuration.ts';
import { readEnvironment } from '../../shared/lambda/environment.ts';
import { sqsHandler } from '../../shared/lambda/sqs-handler.ts';
import { takeNote } from '../../shared/lambda/take-note.ts';
import { parseEvaluationMessage } from '../../shared/parse/evaluation-message.ts';
import { openingOf } from '../../shared/schedule/opening-of.ts';

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
    openingOf,
    ...secondLook(autoScaling),
    ledger: ledger<ScaleHead>(new DynamoDBClient(clientOptions), env.TABLE_NAME, 'scale'),
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
