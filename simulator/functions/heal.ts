import { healGroups } from '../../shared/app/heal-groups.ts';
import { handleBatch } from '../../shared/lambda/sqs-handler.ts';
import { parseEvaluationMessage } from '../../shared/parse/evaluation-message.ts';
import type { BatchCode, Deployed } from './deployed.ts';
import { ledgerOver, queuePorts } from './ports.ts';

/** `functions/heal/handler.ts` over the simulated cloud. */
export const healCode =
  ({ cloud, configuration, note, now, random }: Deployed): BatchCode =>
  (call) =>
    handleBatch({
      parse: parseEvaluationMessage,
      handle: healGroups({
        ...{ configuration, note, now },
        readGroups: (names) =>
          call('DescribeAutoScalingGroups', () => cloud.autoScaling.readGroups(names)),
        readTargets: (name) =>
          call('DescribeTargetHealth', () => cloud.loadBalancing.readTargets(name)),
        ledger: ledgerOver(call, cloud.healLedger),
        deregister: (removal) =>
          call('DeregisterTargets', () => cloud.loadBalancing.deregister(removal)),
        condemn: (id) => call('SetInstanceHealth', () => cloud.autoScaling.condemn(id)),
        publish: (outcome) =>
          call('Publish', () => cloud.outcomeTopic.publish(JSON.stringify(outcome))),
      }),
      ...queuePorts(call, cloud.queues.heal),
      ...{ random, note, retryCapSeconds: 120 },
    });
