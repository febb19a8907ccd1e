import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { healGroups } from '#app/health/heal-groups.ts';
import { acknowledgeDrills } from '#app/lane/acknowledge-drills.ts';
import { apartFromDrills } from '#app/lane/apart-from-drills.ts';
import { markUnhealthy } from '#aws/auto-scaling/mark-unhealthy.ts';
import { readGroups } from '#aws/auto-scaling/read-groups.ts';
import { readLaunches } from '#aws/auto-scaling/read-launches.ts';
import { readBeforeRemovals } from '#aws/auto-scaling/read-on-demand.ts';
import { release, standBy } from '#aws/auto-scaling/stand-by.ts';
import { targetGroupArn } from '#aws/client/arn.ts';
import { actingOptions, clientOptions, queueClientOptions } from '#aws/client/client-options.ts';
import { paced } from '#aws/client/pace.ts';
import { READ_RATES } from '#aws/client/quotas.ts';
import { keepHop } from '#aws/dynamodb/drills.ts';
import { ledger } from '#aws/dynamodb/ledger.ts';
import { readMemberships } from '#aws/dynamodb/memberships.ts';
import {
  deregister,
  readFailOpen,
  readManaged,
  readTargets,
  register,
} from '#aws/load-balancing/load-balancing.ts';
import { publish } from '#aws/messaging/publish.ts';
import { postpone, quarantine } from '#aws/messaging/queue.ts';
import { tagKeysOf } from '#domain/configuration/fleet.ts';
import type { HealHead } from '#domain/ledger/head.ts';
import { configuration, configurationHash } from '#lambda/configuration.ts';
import { readEnvironment } from '#lambda/environment.ts';
import { sqsHandler } from '#lambda/sqs-handler.ts';
import { takeNote } from '#lambda/take-note.ts';
import { traceDecisions } from '#lambda/trace-decisions.ts';
import { parseEvaluationMessage } from '#parse/evaluation-message.ts';

const env = readEnvironment(process.env, [
  'DEPLOYMENT_NAME',
  'TABLE_NAME',
  'ALARM_TOPIC_ARN',
  'OUTCOME_TOPIC_ARN',
  'QUEUE_URL',
  'QUARANTINE_QUEUE_URL',
]);
const note = traceDecisions(takeNote, configuration, process);
// Looks at many members come close together: their reads wait a little, so that others of the account are not throttled.
const autoScaling = paced(new AutoScalingClient(clientOptions), READ_RATES.heal);
const loadBalancing = paced(new ElasticLoadBalancingV2Client(clientOptions), READ_RATES.heal);
const groups = new AutoScalingClient(actingOptions(autoScaling));
const targets = new ElasticLoadBalancingV2Client(actingOptions(loadBalancing));
const dynamo = new DynamoDBClient(clientOptions);
const sqs = new SQSClient(queueClientOptions);

/** Alarm messages and evaluation requests in, unhealthy targets out of service. */
export const handler = sqsHandler({
  parse: parseEvaluationMessage,
  handle: apartFromDrills(
    healGroups({
      configuration,
      readMemberships: readMemberships(dynamo, env.TABLE_NAME),
      readGroups: readGroups(autoScaling, {
        deployment: env.DEPLOYMENT_NAME,
        tagKeys: tagKeysOf(configuration.fleets),
      }),
      readTargets: readTargets(loadBalancing, targetGroupArn(env.ALARM_TOPIC_ARN)),
      ledger: ledger<HealHead>(
        dynamo,
        { table: env.TABLE_NAME, configuration: configurationHash },
        'heal',
      ),
      ...readBeforeRemovals(autoScaling),
      readLaunches: readLaunches(autoScaling, Date.now),
      readFailOpen: readFailOpen(loadBalancing),
      readManaged: readManaged(loadBalancing, env.DEPLOYMENT_NAME),
      deregister: deregister(targets),
      register: register(targets),
      markUnhealthy: markUnhealthy(groups),
      standBy: standBy(groups),
      release: release(groups),
      publish: publish(new SNSClient(clientOptions), env.OUTCOME_TOPIC_ARN),
      note,
      now: Date.now,
    }),
    acknowledgeDrills({ keepHop: keepHop(dynamo, env.TABLE_NAME), now: Date.now }, 'heal'),
  ),
  quarantine: quarantine(sqs, env.QUARANTINE_QUEUE_URL),
  postpone: postpone(sqs, env.QUEUE_URL),
  random: Math.random,
  note,
  retryCapSeconds: 120,
});
