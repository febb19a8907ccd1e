import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { readGroups } from '#aws/auto-scaling/read-groups.ts';
import { readLaunches } from '#aws/auto-scaling/read-launches.ts';
import { readOnDemand } from '#aws/auto-scaling/read-on-demand.ts';
import { readPeers } from '#aws/auto-scaling/read-peers.ts';
import { readPool } from '#aws/auto-scaling/warm-pool.ts';
import { targetGroupArn } from '#aws/client/arn.ts';
import type { ClientOptions } from '#aws/client/client-options.ts';
import { readAlarms } from '#aws/cloudwatch/read-alarms.ts';
import { readMetrics } from '#aws/cloudwatch/read-metrics.ts';
import { readPast } from '#aws/cloudwatch/read-past.ts';
import { readChannelCounts } from '#aws/dynamodb/channel-counts.ts';
import { readChannelStates } from '#aws/dynamodb/channel-states.ts';
import { readInForce, readSource } from '#aws/dynamodb/configurations.ts';
import { readLastSweep } from '#aws/dynamodb/last-sweep.ts';
import { ledger } from '#aws/dynamodb/ledger.ts';
import { listDecisions } from '#aws/dynamodb/list-decisions.ts';
import { readAllMemberships } from '#aws/dynamodb/memberships.ts';
import { readRecordOf, readTimeOf } from '#aws/dynamodb/read-decision.ts';
import { readStatusesByChannel } from '#aws/dynamodb/statuses-by-channel.ts';
import { readFailOpen, readManaged, readTargets } from '#aws/load-balancing/load-balancing.ts';
import { partitionOf } from '#domain/basics/partition.ts';
import type { HealHead, ScaleHead } from '#domain/ledger/head.ts';

/** The table of a deployment, and where it is; Region and account are absent when they could not be found out. */
export type ReadPlace = Readonly<{
  table: string;
  /** The name of the deployment, SERVICE-STAGE, which the opt-in tags carry. */
  deployment: string;
  region?: string;
  account?: string;
}>;

/** The reads of scale, heal and notify, as their handlers join them, for a person: nothing here writes. */
export const readsIn = (
  { table, deployment, region = '', account = '' }: ReadPlace,
  options: ClientOptions,
) => {
  const autoScaling = new AutoScalingClient(options);
  const cloudWatch = new CloudWatchClient(options);
  const loadBalancing = new ElasticLoadBalancingV2Client(options);
  const dynamo = new DynamoDBClient(options);
  const partition = partitionOf(region)?.name ?? 'aws';
  const sibling = `arn:${partition}:elasticloadbalancing:${region}:${account}:`;
  const groups = { readGroups: readGroups(autoScaling, { deployment, tagKeys: 'all' }) };

  return {
    scale: {
      ...groups,
      ...readOnDemand(autoScaling, options),
      readPool: readPool(autoScaling),
      readPeers: readPeers(options),
      readAlarms: readAlarms(cloudWatch),
      readMetrics: readMetrics(cloudWatch, Date.now),
      readPast: readPast(cloudWatch, Date.now),
      ledger: { read: ledger<ScaleHead>(dynamo, table, 'scale').read },
    },
    heal: {
      ...groups,
      ...readOnDemand(autoScaling, options),
      readTargets: readTargets(loadBalancing, targetGroupArn(sibling)),
      readLaunches: readLaunches(autoScaling, Date.now),
      readFailOpen: readFailOpen(loadBalancing),
      readManaged: readManaged(loadBalancing, deployment),
      ledger: { read: ledger<HealHead>(dynamo, table, 'heal').read },
    },
    readAllMemberships: readAllMemberships(dynamo, table),
    listDecisions: listDecisions(dynamo, table),
    readTimeOf: readTimeOf(dynamo, table),
    readRecordOf: readRecordOf(dynamo, table),
    readStatusesByChannel: readStatusesByChannel(dynamo, table),
    readInForce: readInForce(dynamo, table),
    readSource: readSource(dynamo, table),
    readChannelCounts: readChannelCounts(dynamo, table),
    readChannelStates: readChannelStates(dynamo, table),
    readLastSweep: readLastSweep(dynamo, table),
  };
};
