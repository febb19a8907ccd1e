import { readMetrics } from '#aws/cloudwatch/read-metrics.ts';
import { readPast } from '#aws/cloudwatch/read-past.ts';
import { readInForce, readSource } from '#aws/dynamodb/configurations.ts';
import { readRecordOf, readTimeOf } from '#aws/dynamodb/decision-records.ts';
import { listDecisions } from '#aws/dynamodb/decisions.ts';
import { readLastSweep } from '#aws/dynamodb/last-sweep.ts';
import type { Account, Reads } from '#cli/terminal.ts';
import { subjectOfRecorded } from '#domain/ledger/recorded-decision.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Cloud } from '#simulator/cloud.ts';
import { accountWith, aDeployment } from './a-deployment.ts';

const TABLE = 'tidegate-dev';

/** The account of a simulated cloud as the `tidegate` command reaches it. */
export const simulatedAccount = (cloud: Cloud, now: () => Instant): Account =>
  accountWith([aDeployment()], {
    tableOf: async () => TABLE,
    overridesIn: () => ({
      read: async (group) => cloud.overrides.get(group),
      write: async (group, override, read) => {
        if (cloud.overrides.get(group)?.id !== read?.id) return false;
        cloud.overrides.set(group, override);
        return true;
      },
    }),
    readsIn: async () => readsOf(cloud, now),
  });

/** The two ledgers lie in two tables here: what is listed of both is put in order. */
const readsOf = (cloud: Cloud, now: () => Instant): Reads => {
  const { autoScaling, alarms, cloudWatch, loadBalancing, scaleLedger, healLedger } = cloud;
  const readGroups = async (names: readonly string[]) => autoScaling.readGroups(names);
  const readObstacles: Reads['scale']['readObstacles'] = async ({ autoScalingGroup }) =>
    autoScaling.readObstacles(autoScalingGroup);
  const clients = [scaleLedger.client, healLedger.client];
  const lists = clients.map((client) => listDecisions(client, TABLE));

  return {
    scale: {
      readGroups,
      readObstacles,
      readAlarms: async (names) => alarms.readAlarms(names),
      readMetrics: (queries) => readMetrics(cloudWatch, now)(queries),
      readPast: (metrics) => readPast(cloudWatch, now)(metrics),
      readActivities: async (name) => autoScaling.readActivities(name),
      ledger: scaleLedger,
    },
    heal: {
      readGroups,
      readObstacles,
      readTargets: async (targetGroup) => loadBalancing.readTargets(targetGroup),
      readLaunches: async (name, seconds) => autoScaling.readLaunches(name, seconds),
      readFailOpen: async (arns) => loadBalancing.readFailOpen(arns),
      readManaged: async (arns) => loadBalancing.readManaged(arns),
      ledger: healLedger,
    },
    listDecisions: async (range) => {
      const found = await Promise.all(lists.map((list) => list(range)));
      return found
        .flat()
        .toSorted((a, b) => b.at - a.at)
        .slice(0, range.most);
    },
    readTimeOf: async (group, id) => {
      const times = await Promise.all(
        clients.map((client) => readTimeOf(client, TABLE)(group, id)),
      );
      return times.find((time) => time !== undefined);
    },
    readRecordOf: (decision) => {
      const { client } = subjectOfRecorded(decision) === 'health' ? healLedger : scaleLedger;
      return readRecordOf(client, TABLE)(decision);
    },
    readTold: async (key, channels) =>
      new Map(
        channels.flatMap((channel) => {
          const ending = cloud.outbox.endings(channel).get(key);
          return ending === undefined ? [] : [[channel, ending] as const];
        }),
      ),
    readInForce: readInForce(scaleLedger.client, TABLE),
    readSource: readSource(scaleLedger.client, TABLE),
    readChannelStates: async () => cloud.outbox.states(),
    readLastSweep: readLastSweep(scaleLedger.client, TABLE),
  };
};
