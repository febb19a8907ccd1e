import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { healGroups } from '../../shared/app/heal-groups.ts';
import { targetGroupArn } from '../../shared/aws/arn.ts';
import {
  actingOptions,
  clientOptions,
  queueClientOptions,
} from '../../shared/aws/client-options.ts';
import { condemn } from '../../shared/aws/condemn.ts';
import { ledger } from '../../shared/aws/ledger.ts';
import {
  deregister,
  readFailOpen,
  readManaged,
  readTargets,
  register,
} from '../../shared/aws/load-balancing.ts';
import { publish } from '../../shared/aws/publish.ts';
import { postpone, quarantine } from '../../shared/aws/queue.ts';
import { readGroups } from '../../shared/aws/read-groups.ts';
import { readLaunches } from '../../shared/aws/read-launches.ts';
import { lookBeforeRemovals } from '../../shared/aws/second-look.ts';
import { release, standBy } from '../../shared/aws/stand-by.ts';
import type { HealHead } from '../../shared/domain/head.ts';
import { configuration } from '../../shared/lambda/configuration.ts';
import { readEnvironment } from '../../shared/lambda/environment.ts';
import { sqsHandler } from '../../shared/lambda/sqs-handler.ts';
import { takeNote } from '../../shared/lambda/take-note.ts';
import { parseEvaluationMessage } from '../../shared/parse/evaluation-message.ts';

const env = readEnvironment(process.env, [
  'TABLE_NAME',
  'ALARM_TOPIC_ARN',
  'OUTCOME_TOPIC_ARN',
  'QUEUE_URL',
  'QUARANTINE_QUEUE_URL',
]);
const autoScaling = new AutoScalingClient(clientOptions);
const loadBalancing = new ElasticLoadBalancingV2Client(clientOptions);
const groups = new AutoScalingClient(actingOptions(autoScaling));
const targets = new ElasticLoadBalancingV2Client(actingOptions(loadBalancing));
const sqs = new SQSClient(queueClientOptions);

/** Alarm messages and evaluation requests in, unhealthy targets out of service. */
export const handler = sqsHandler({
  parse: parseEvaluationMessage,
  handle: healGroups({
    configuration,
    readGroups: readGroups(autoScaling),
    readTargets: readTargets(loadBalancing, targetGroupArn(env.ALARM_TOPIC_ARN)),
    ledger: ledger<HealHead>(new DynamoDBClient(clientOptions), env.TABLE_NAME, 'heal'),
    ...lookBeforeRemovals(autoScaling),
    readLaunches: readLaunches(autoScaling, Date.now),
    readFailOpen: readFailOpen(loadBalancing),
    readManaged: readManaged(loadBalancing),
    deregister: deregister(targets),
    register: register(targets),
    condemn: condemn(groups),
    standBy: standBy(groups),
    release: release(groups),
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
