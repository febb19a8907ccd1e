import { healGroups } from '#app/health/heal-groups.ts';
import { acknowledgeDrills } from '#app/lane/acknowledge-drills.ts';
import { apartFromDrills } from '#app/lane/apart-from-drills.ts';
import { readMemberships } from '#aws/dynamodb/memberships.ts';
import { messageOf } from '#aws/messaging/publish.ts';
import { handleBatch } from '#lambda/sqs-handler.ts';
import { parseEvaluationMessage } from '#parse/evaluation-message.ts';
import type { Cloud } from '../cloud.ts';
import type { BatchCode } from './batch-code.ts';
import { drillPortsOver, ledgerOver, queuePorts, TABLE } from './ports.ts';

/** `functions/heal/handler.ts` over the simulated cloud. */
export const healCode =
  (cloud: Cloud): BatchCode =>
  ({ call, ...runtime }) => {
    const { autoScaling, loadBalancing, scaleLedger, healLedger, outcomeTopic, queues } = cloud;
    return handleBatch({
      ...runtime,
      retryCapSeconds: 120,
      parse: parseEvaluationMessage,
      handle: apartFromDrills(
        healGroups({
          ...runtime,
          readMemberships: (names) =>
            call('BatchGetItem of members', names, () =>
              readMemberships(scaleLedger.client, TABLE)(names),
            ),
          readGroups: (names) =>
            call('DescribeAutoScalingGroups', names, () => autoScaling.readGroups(names)),
          readTargets: (targetGroup) =>
            call('DescribeTargetHealth', targetGroup, () => loadBalancing.readTargets(targetGroup)),
          readObstacles: ({ autoScalingGroup }) =>
            call('DescribeInstanceRefreshes', autoScalingGroup, () =>
              autoScaling.readObstacles(autoScalingGroup),
            ),
          readLaunches: (name, withinSeconds) =>
            call('DescribeScalingActivities', name, () =>
              autoScaling.readLaunches(name, withinSeconds),
            ),
          readFailOpen: (arns) =>
            call('DescribeTargetGroupAttributes', arns, () => loadBalancing.readFailOpen(arns)),
          readManaged: (arns) => call('DescribeTags', arns, () => loadBalancing.readManaged(arns)),
          ledger: ledgerOver(call, healLedger),
          deregister: (removal) =>
            call('DeregisterTargets', removal, () => loadBalancing.deregister(removal)),
          register: (registration) =>
            call('RegisterTargets', registration, () => loadBalancing.register(registration)),
          standBy: (standBy) => call('EnterStandby', standBy, () => autoScaling.standBy(standBy)),
          release: (id) =>
            call('TerminateInstanceInAutoScalingGroup', id, () => autoScaling.release(id)),
          markUnhealthy: (id) => call('SetInstanceHealth', id, () => autoScaling.markUnhealthy(id)),
          publish: (outcome) =>
            call('Publish', outcome, () => outcomeTopic.publish(messageOf(outcome))),
        }),
        acknowledgeDrills({ ...runtime, ...drillPortsOver(call, cloud) }, 'heal'),
      ),
      ...queuePorts(call, queues.heal),
    });
  };
