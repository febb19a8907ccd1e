import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { lastly } from '#app/report/lastly.ts';
import { tellReport } from '#app/report/tell-report.ts';
import type { FleetPorts } from '#app/sweep/look-at-fleets.ts';
import { lookAtShards, type ShardPorts } from '#app/sweep/look-at-shards.ts';
import { type SweepSizes, sweep } from '#app/sweep/sweep.ts';
import { recordShard, recordSweep } from '#aws/dynamodb/last-sweep.ts';
import { readAllMemberships, writeMembership } from '#aws/dynamodb/memberships.ts';
import { messageOf } from '#aws/messaging/publish.ts';
import { asError } from '#domain/basics/as-error.ts';
import { hasLeftovers } from '#domain/health/left-behind.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import type { Instant } from '#domain/time/instant.ts';
import { handleBatch } from '#lambda/sqs-handler.ts';
import { parseShard } from '#parse/shard.ts';
import type { Queue } from '#simulator/services/queue.ts';
import type { Call, Code, Runtime } from '#simulator/services/runtime.ts';
import type { Cloud } from '../cloud.ts';
import { glanceOver, queuePorts, TABLE } from './ports.ts';
import { reportPortsOver } from './report-ports.ts';

type Delayed = Readonly<{ kind: string; delaySeconds?: number }>;

/** The simulation has rules, and no file. */
const SIMULATED = { source: { hash: '51a1e51a1e51a1e5', text: 'version: 1' }, by: 'nobody' };

/** So many groups stand on a page of a listing: few, so that pages can fail. */
const GROUPS_PER_PAGE = 3;

/** The ways to the members of fleets, each at the other end of the network. */
const fleetPortsOver = (
  call: Call,
  { autoScaling, scaleLedger, outcomeTopic }: Cloud,
  now: () => Instant,
): Omit<FleetPorts, 'configuration' | 'readGroups' | 'note' | 'now'> => ({
  listGroups: async () => {
    const groups: GroupState[] = [];
    try {
      for (let page = 0, pages = 1; page < pages; page += 1) {
        const all = await call('DescribeAutoScalingGroups by tag', page, () =>
          autoScaling.listGroups(GROUPS_PER_PAGE),
        );
        groups.push(...(all[page] ?? []));
        pages = all.length;
      }
      return { isWhole: true, groups };
    } catch (thrown) {
      return { isWhole: false, groups, error: asError(thrown) };
    }
  },
  readAllMemberships: () =>
    call('Query of members', undefined, () => readAllMemberships(scaleLedger.client, TABLE)()),
  // A call that is never answered answers nothing, and that is no yes.
  writeMembership: async (membership) => {
    const isWritten: unknown = await call('PutItem of a member', membership, () =>
      writeMembership(scaleLedger.client, TABLE, now)(membership),
    );
    return isWritten === true;
  },
  publish: (outcome) => call('Publish', outcome, () => outcomeTopic.publish(messageOf(outcome))),
});

/** The event of the schedule, which says nothing, or a batch of the sweep queue. */
type SweepEvent = SQSEvent | undefined;

/** `functions/sweep/handler.ts` over the simulated cloud. */
export const sweepCode =
  (cloud: Cloud, sizes: SweepSizes): Code<SweepEvent, SQSBatchResponse | undefined> =>
  (runtime) => {
    const looks = lookPortsOver(cloud, runtime);
    const tick = lastly(
      lookCode(cloud, looks, sizes)(runtime),
      tellReport(reportPortsOver(cloud, runtime)),
    );
    const lookAtBatch = handleBatch({
      ...runtime,
      parse: parseShard,
      handle: lookAtShards(looks),
      ...queuePorts(runtime.call, cloud.queues.sweep),
      retryCapSeconds: 5,
    });
    return async (event) => {
      if (event !== undefined) return lookAtBatch(event);
      await tick();
      return undefined;
    };
  };

/** The ports of a look, whether it is at all groups or at a shard. */
const lookPortsOver = (cloud: Cloud, { call, ...runtime }: Runtime): ShardPorts => {
  const { autoScaling, alarms, scaleLedger, healLedger, queues } = cloud;
  return {
    ...runtime,
    readFiringAlarms: (names) =>
      call('DescribeAlarms', names, async () => {
        const all = await alarms.readAlarms(names);
        return new Map([...all].filter(([, { state }]) => state === 'ALARM'));
      }),
    readGroups: (names) =>
      call('DescribeAutoScalingGroups', names, () => autoScaling.readGroups(names)),
    scaleLedger: glanceOver(call, scaleLedger),
    healLedger: glanceOver(call, healLedger),
    requestScaling: sendTo(call, queues.scale),
    requestHealing: sendTo(call, queues.heal),
    // Nothing depends on it, so no fault is wasted on it.
    recordShard: recordShard(scaleLedger.client, TABLE),
  };
};

const sendTo = (call: Call, queue: Queue) => async (requests: readonly Delayed[]) => {
  if (requests.length === 0) return;
  await call('SendMessageBatch', requests, () => {
    for (const request of requests) queue.send(JSON.stringify(request), request.delaySeconds);
  });
};

const lookCode =
  (
    cloud: Cloud,
    looks: ShardPorts,
    sizes: SweepSizes,
  ): ((runtime: Runtime) => () => Promise<void>) =>
  ({ call, ...runtime }) => {
    const { alarms, scaleLedger, healLedger, queues } = cloud;

    return sweep(
      {
        ...looks,
        ...fleetPortsOver(call, cloud, runtime.now),
        readAllFiring: async () => {
          // The alarms that fire stand for the pages that they fill.
          const firing = alarms.firing();
          const found = await call('DescribeAlarms', firing, () => alarms.readAlarms(firing));
          return [...found.values()];
        },
        sendShards: async (shards) => {
          await Promise.all(
            shards.map(({ delaySeconds, ...shard }) =>
              call('SendMessage of a shard', shard, () =>
                queues.sweep.send(JSON.stringify(shard), delaySeconds),
              ),
            ),
          );
        },
        readOpenHeads: () =>
          call('QueryOpenHeads', undefined, async () =>
            healLedger.groups().filter((group) => {
              const head = healLedger.head(group);
              return head !== undefined && hasLeftovers(head);
            }),
          ),
        requestFlush: () => sendTo(call, queues.notify)([{ kind: 'flush' }]),
        // Nothing depends on it, so no fault is wasted on it.
        recordSweep: async (at, shards) =>
          recordSweep(scaleLedger.client, TABLE, SIMULATED)(at, shards),
      },
      sizes,
    );
  };
