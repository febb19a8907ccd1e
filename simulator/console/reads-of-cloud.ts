import { readMetrics } from '#aws/cloudwatch/read-metrics.ts';
import { readPast } from '#aws/cloudwatch/read-past.ts';
import type { HourRange } from '#aws/dynamodb/channel-counts.ts';
import { readInForce, readSource } from '#aws/dynamodb/configurations.ts';
import { readLastSweep } from '#aws/dynamodb/last-sweep.ts';
import { type DecisionRange, listDecisions } from '#aws/dynamodb/list-decisions.ts';
import { readAllMemberships } from '#aws/dynamodb/memberships.ts';
import { readRecordOf, readTimeOf } from '#aws/dynamodb/read-decision.ts';
import type { Metric, MetricQuery } from '#domain/configuration/metric.ts';
import { type RecordedDecision, subjectOfRecorded } from '#domain/ledger/recorded-decision.ts';
import { addCounts, NO_COUNTS } from '#domain/notify/channel-counts.ts';
import { hourOf } from '#domain/notify/channel-state.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Cloud } from '#simulator/cloud.ts';

const TABLE = 'tidegate-dev';

/** Everything that is read of a simulated deployment, by the adapters of the real one where there are any. The two ledgers
 * lie in two tables here: what is listed of both is put in order. */
export const readsOfCloud = (cloud: Cloud, now: () => Instant) => {
  const { autoScaling, peers, alarms, cloudWatch, loadBalancing, scaleLedger, healLedger } = cloud;
  const readGroups = async (names: readonly string[]) => autoScaling.readGroups(names);
  const readObstacles = async ({ autoScalingGroup }: Readonly<{ autoScalingGroup: string }>) =>
    autoScaling.readObstacles(autoScalingGroup);
  const clients = [scaleLedger.client, healLedger.client];
  const lists = clients.map((client) => listDecisions(client, TABLE));

  return {
    scale: {
      readGroups,
      readObstacles,
      readAlarms: async (names: readonly string[]) => alarms.readAlarms(names),
      readMetrics: (queries: readonly MetricQuery[]) => readMetrics(cloudWatch, now)(queries),
      readPast: (metrics: readonly Metric[]) => readPast(cloudWatch, now)(metrics),
      readActivities: async (name: string) => autoScaling.readActivities(name),
      readPool: async (name: string) => autoScaling.readPool(name),
      readPeers: peers.readPeers,
      ledger: scaleLedger,
    },
    heal: {
      readGroups,
      readObstacles,
      readTargets: async (targetGroup: string) => loadBalancing.readTargets(targetGroup),
      readLaunches: async (name: string, seconds: number) =>
        autoScaling.readLaunches(name, seconds),
      readFailOpen: async (arns: readonly string[]) => loadBalancing.readFailOpen(arns),
      readManaged: async (arns: readonly string[]) => loadBalancing.readManaged(arns),
      ledger: healLedger,
    },
    listDecisions: async (range: DecisionRange) => {
      const found = await Promise.all(lists.map((list) => list(range)));
      return found
        .flat()
        .toSorted((a, b) => b.at - a.at)
        .slice(0, range.most);
    },
    readAllMemberships: readAllMemberships(scaleLedger.client, TABLE),
    readTimeOf: async (group: string, id: string) => {
      const times = await Promise.all(
        clients.map((client) => readTimeOf(client, TABLE)(group, id)),
      );
      return times.find((time) => time !== undefined);
    },
    readRecordOf: (decision: RecordedDecision) => {
      const { client } = subjectOfRecorded(decision) === 'health' ? healLedger : scaleLedger;
      return readRecordOf(client, TABLE)(decision);
    },
    readStatusesByChannel: async (key: string, channels: readonly string[]) =>
      new Map(
        channels.flatMap((channel) => {
          const ending = cloud.outbox.endings(channel).get(key);
          return ending === undefined ? [] : [[channel, ending] as const];
        }),
      ),
    readChannelCounts: async (channels: readonly string[], { since, until }: HourRange) =>
      new Map(
        channels.map((channel) => {
          const hours = [...cloud.outbox.counts(channel)].filter(
            ([hour]) => hour >= hourOf(since) && hour < until,
          );
          return [channel, hours.map(([, counts]) => counts).reduce(addCounts, NO_COUNTS)] as const;
        }),
      ),
    readInForce: readInForce(scaleLedger.client, TABLE),
    readSource: readSource(scaleLedger.client, TABLE),
    readChannelStates: async () => cloud.outbox.states(),
    readLastSweep: readLastSweep(scaleLedger.client, TABLE),
  };
};
