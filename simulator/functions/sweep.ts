import { sweep } from '../../shared/app/sweep.ts';
import type { Code } from '../services/lambda.ts';
import type { Queue } from '../services/queue.ts';
import type { Deployed } from './deployed.ts';
import { ledgerOver } from './ports.ts';

/** `functions/sweep/handler.ts` over the simulated cloud. */
export const sweepCode =
  ({ cloud, configuration, note, now }: Deployed): Code<undefined, void> =>
  (call) => {
    const sendTo = (queue: Queue) => (requests: readonly unknown[]) =>
      call('SendMessageBatch', () => {
        for (const request of requests) queue.send(JSON.stringify(request));
      });

    return sweep({
      ...{ configuration, note, now },
      readAlarms: (names) => call('DescribeAlarms', () => cloud.alarms.readAlarms(names)),
      readGroups: (names) =>
        call('DescribeAutoScalingGroups', () => cloud.autoScaling.readGroups(names)),
      scaleLedger: ledgerOver(call, cloud.scaleLedger),
      healLedger: ledgerOver(call, cloud.healLedger),
      requestScaling: sendTo(cloud.queues.scale),
      requestHealing: sendTo(cloud.queues.heal),
    });
  };
