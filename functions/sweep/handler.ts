import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import { sweep } from '../../shared/app/sweep.ts';
import { clientOptions, queueClientOptions } from '../../shared/aws/client-options.ts';
import { ledger } from '../../shared/aws/ledger.ts';
import { readOpenHeads } from '../../shared/aws/open-heads.ts';
import { sendMessage, sendRequests } from '../../shared/aws/queue.ts';
import { readAlarms } from '../../shared/aws/read-alarms.ts';
import { readGroups } from '../../shared/aws/read-groups.ts';
import type { HealHead, ScaleHead } from '../../shared/domain/head.ts';
import { configuration } from '../../shared/lambda/configuration.ts';
import { readEnvironment } from '../../shared/lambda/environment.ts';
import { takeNote } from '../../shared/lambda/take-note.ts';
import { logger } from '../../shared/lambda/telemetry.ts';

const QUEUES = ['SCALE_QUEUE_URL', 'HEAL_QUEUE_URL', 'NOTIFY_QUEUE_URL'] as const;
const env = readEnvironment(process.env, ['TABLE_NAME', ...QUEUES]);
const dynamo = new DynamoDBClient(clientOptions);
const sqs = new SQSClient(queueClientOptions);

const flush = sendMessage(sqs, env.NOTIFY_QUEUE_URL);

const work = sweep({
  configuration,
  readAlarms: readAlarms(new CloudWatchClient(clientOptions)),
  readGroups: readGroups(new AutoScalingClient(clientOptions)),
  scaleLedger: ledger<ScaleHead>(dynamo, env.TABLE_NAME, 'scale'),
  healLedger: ledger<HealHead>(dynamo, env.TABLE_NAME, 'heal'),
  readOpenHeads: readOpenHeads(dynamo, env.TABLE_NAME),
  requestScaling: sendRequests(sqs, env.SCALE_QUEUE_URL),
  requestHealing: sendRequests(sqs, env.HEAL_QUEUE_URL),
  requestFlush: () => flush({ kind: 'flush' }),
  note: takeNote,
  now: Date.now,
});

/** Invoked every minute by a schedule. */
export const handler = middy().use(injectLambdaContext(logger)).handler(work);
