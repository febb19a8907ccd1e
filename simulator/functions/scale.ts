import { drillGroups } from '#app/capacity/drill-groups.ts';
import type { ScaleReads } from '#app/capacity/ports.ts';
import { scaleGroups } from '#app/capacity/scale-groups.ts';
import { apartFromDrills } from '#app/lane/apart-from-drills.ts';
import { readMetrics } from '#aws/cloudwatch/read-metrics.ts';
import { readPast } from '#aws/cloudwatch/read-past.ts';
import { rememberWhole } from '#aws/cloudwatch/remember-whole.ts';
import { readLooks, writeLooks } from '#aws/dynamodb/looks.ts';
import { readMemberships } from '#aws/dynamodb/memberships.ts';
import { messageOf } from '#aws/messaging/publish.ts';
import { indexByRules } from '#domain/sweep/group-index.ts';
import type { Instant } from '#domain/time/instant.ts';
import { handleBatch } from '#lambda/sqs-handler.ts';
import { parseEvaluationMessage } from '#parse/evaluation-message.ts';
import { openingOf } from '#schedule/opening-of.ts';
import type { Call } from '#simulator/services/runtime.ts';
import type { Cloud } from '../cloud.ts';
import type { BatchCode } from './batch-code.ts';
import { drillPortsOver, ledgerOver, morePorts, queuePorts, TABLE } from './ports.ts';

/** `functions/scale/handler.ts` over the simulated cloud. */
export const scaleCode =
  (cloud: Cloud): BatchCode =>
  ({ call, ...runtime }) => {
    const { autoScaling, scaleLedger, outcomeTopic, queues } = cloud;
    const { read, write } = ledgerOver(call, scaleLedger);
    const reads = {
      ...runtime,
      groups: indexByRules(runtime.configuration.groups),
      members: {
        configuration: runtime.configuration,
        readMemberships: (names: readonly string[]) =>
          call('BatchGetItem of members', names, () =>
            readMemberships(scaleLedger.client, TABLE)(names),
          ),
      },
      ...readsOver(call, cloud, runtime.now),
    };

    return handleBatch({
      ...runtime,
      retryCapSeconds: 120,
      parse: parseEvaluationMessage,
      handle: apartFromDrills(
        scaleGroups({
          ...reads,
          ledger: { read, write },
          looks: {
            read: (groups) =>
              call('BatchGetItem of looks', groups, () =>
                readLooks(scaleLedger.client, TABLE)(groups),
              ),
            write: (looks) =>
              call('BatchWriteItem', [...looks.keys()], () =>
                writeLooks(scaleLedger.client, TABLE)(looks),
              ),
          },
          setCapacity: (name, capacity) =>
            call('SetDesiredCapacity', { name, capacity }, () =>
              autoScaling.setCapacity(name, capacity),
            ),
          setPool: (name, limit) =>
            call('PutWarmPool', { name, limit }, () => autoScaling.setPool(name, limit)),
          publish: (outcome) =>
            call('Publish', outcome, () => outcomeTopic.publish(messageOf(outcome))),
        }),
        drillGroups({ ...reads, ledger: { read }, ...drillPortsOver(call, cloud) }),
      ),
      ...queuePorts(call, queues.scale),
      more: morePorts(call, queues.scale),
    });
  };

const readsOver = (
  call: Call,
  { autoScaling, peers, alarms, cloudWatch }: Cloud,
  now: () => Instant,
): Omit<ScaleReads, 'ledger' | 'note' | 'now'> => ({
  readGroups: (names) =>
    call('DescribeAutoScalingGroups', names, () => autoScaling.readGroups(names)),
  readAlarms: (names) => call('DescribeAlarms', names, () => alarms.readAlarms(names)),
  readMetrics: rememberWhole(
    (queries) => call('GetMetricData', queries, () => readMetrics(cloudWatch, now)(queries)),
    now,
  ),
  readPast: (metrics) =>
    call('GetMetricData of the past', metrics, () => readPast(cloudWatch, now)(metrics)),
  openingOf,
  readObstacles: ({ autoScalingGroup }) =>
    call('DescribeInstanceRefreshes', autoScalingGroup, () =>
      autoScaling.readObstacles(autoScalingGroup),
    ),
  readPool: (name) => call('DescribeWarmPool', name, () => autoScaling.readPool(name)),
  readPeers: (region, names) =>
    call('DescribeAutoScalingGroups of peers', { region, names }, () =>
      peers.readPeers(region, names),
    ),
  readActivities: (name) =>
    call('DescribeScalingActivities', name, () => autoScaling.readActivities(name)),
});
