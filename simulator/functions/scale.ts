import { scaleGroups } from '../../shared/app/scale-groups.ts';
import { handleBatch } from '../../shared/lambda/sqs-handler.ts';
import { parseEvaluationMessage } from '../../shared/parse/evaluation-message.ts';
import type { BatchCode, Deployed } from './deployed.ts';
import { ledgerOver, queuePorts } from './ports.ts';

/** `functions/scale/handler.ts` over the simulated cloud. */
export const scaleCode =
  ({ cloud, configuration, note, now, random }: Deployed): BatchCode =>
  (call) =>
    handleBatch({
      parse: parseEvaluationMessage,
      handle: scaleGroups({
        ...{ configuration, note, now },
        readGroups: (names) =>
          call('DescribeAutoScalingGroups', () => cloud.autoScaling.readGroups(names)),
        readAlarms: (names) => call('DescribeAlarms', () => cloud.alarms.readAlarms(names)),
        ledger: ledgerOver(call, cloud.scaleLedger),
        setCapacity: (name, capacity) =>
          call('SetDesiredCapacity', () => cloud.autoScaling.setCapacity(name, capacity)),
        publish: (outcome) =>
          call('Publish', () => cloud.outcomeTopic.publish(JSON.stringify(outcome))),
      }),
      ...queuePorts(call, cloud.queues.scale),
      ...{ random, note, retryCapSeconds: 120 },
    });
