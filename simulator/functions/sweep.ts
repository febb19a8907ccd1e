import { sweep } from '#app/sweep/sweep.ts';
import { recordSweep } from '#aws/dynamodb/last-sweep.ts';
import { hasLeftovers } from '#domain/health/let-go.ts';
import type { Queue } from '#simulator/services/queue.ts';
import type { Code } from '#simulator/services/runtime.ts';
import type { Cloud } from '../cloud.ts';
import { glanceOver } from './ports.ts';

type Delayed = Readonly<{ kind: string; delaySeconds?: number }>;

const TABLE = 'tidegate-dev';
/** The simulation has rules, and no file. */
const SIMULATED = { source: { hash: '51a1e51a1e51a1e5', text: 'version: 1' }, by: 'nobody' };

/** `functions/sweep/handler.ts` over the simulated cloud. */
export const sweepCode =
  ({ autoScaling, alarms, scaleLedger, healLedger, queues }: Cloud): Code<undefined, void> =>
  ({ call, ...runtime }) => {
    const sendTo = (queue: Queue) => async (requests: readonly Delayed[]) => {
      if (requests.length === 0) return;
      await call('SendMessageBatch', requests, () => {
        for (const { delaySeconds, ...request } of requests) {
          queue.send(JSON.stringify(request), delaySeconds);
        }
      });
    };

    return sweep({
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
      readOpenHeads: () =>
        call('QueryOpenHeads', undefined, async () =>
          healLedger.groups().filter((group) => {
            const head = healLedger.head(group);
            return head !== undefined && hasLeftovers(head);
          }),
        ),
      requestScaling: sendTo(queues.scale),
      requestHealing: sendTo(queues.heal),
      requestFlush: () => sendTo(queues.notify)([{ kind: 'flush' }]),
      // Nothing depends on it, so no fault is wasted on it.
      recordSweep: async (at) => recordSweep(scaleLedger.client, TABLE, SIMULATED)(at),
    });
  };
