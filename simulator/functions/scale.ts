import { scaleGroups } from '#app/capacity/scale-groups.ts';
import { readMetrics } from '#aws/cloudwatch/read-metrics.ts';
import { readPast } from '#aws/cloudwatch/read-past.ts';
import { messageOf } from '#aws/messaging/publish.ts';
import { handleBatch } from '#lambda/sqs-handler.ts';
import { parseEvaluationMessage } from '#parse/evaluation-message.ts';
import { openingOf } from '#schedule/opening-of.ts';
import type { Cloud } from '../cloud.ts';
import type { BatchCode } from './batch-code.ts';
import { ledgerOver, queuePorts } from './ports.ts';

/** `functions/scale/handler.ts` over the simulated cloud. */
export const scaleCode =
  ({ autoScaling, alarms, cloudWatch, scaleLedger, outcomeTopic, queues }: Cloud): BatchCode =>
  ({ call, ...runtime }) =>
    handleBatch({
      ...runtime,
      retryCapSeconds: 120,
      parse: parseEvaluationMessage,
      handle: scaleGroups({
        ...runtime,
        readGroups: (names) =>
          call('DescribeAutoScalingGroups', names, () => autoScaling.readGroups(names)),
        readAlarms: (names) => call('DescribeAlarms', names, () => alarms.readAlarms(names)),
        readMetrics: (queries) =>
          call('GetMetricData', queries, () => readMetrics(cloudWatch, runtime.now)(queries)),
        readPast: (metrics) =>
          call('GetMetricData of the past', metrics, () =>
            readPast(cloudWatch, runtime.now)(metrics),
          ),
        openingOf,
        readObstacles: ({ autoScalingGroup }) =>
          call('DescribeInstanceRefreshes', autoScalingGroup, () =>
            autoScaling.readObstacles(autoScalingGroup),
          ),
        readActivities: (name) =>
          call('DescribeScalingActivities', name, () => autoScaling.readActivities(name)),
        ledger: ledgerOver(call, scaleLedger),
        setCapacity: (name, capacity) =>
          call('SetDesiredCapacity', { name, capacity }, () =>
            autoScaling.setCapacity(name, capacity),
          ),
        publish: (outcome) =>
          call('Publish', outcome, () => outcomeTopic.publish(messageOf(outcome))),
      }),
      ...queuePorts(call, queues.scale),
    });
