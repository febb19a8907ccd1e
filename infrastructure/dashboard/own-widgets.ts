import type { GroupsAndFleets } from '#domain/sweep/shard.ts';
import { ownMetricsIn } from '../own-metrics.ts';
import { queuedIn } from '../queues.ts';
import { type Deployment, prefixOf, ref } from '../template.ts';
import { graph, heading, line, type Widget } from './widget.ts';

const QUARTER = 6;

/** The outcomes that are counted as such (shared/lambda/take-note.ts). */
const OUTCOMES = ['scaled', 'replaced', 'at-max', 'blocked', 'failed'];

/** The row about Tidegate itself: whether messages wait, functions fail, and how soon it acts. */
export const ownWidgets = (
  configuration: GroupsAndFleets,
  deployment: Deployment,
): readonly Widget[] => {
  const { service, stage } = deployment;
  const own = { service: prefixOf(deployment) };

  return [
    heading(
      `# Tidegate: ${service}, stage ${stage}\nMade by the deployment from tidegate.yml: changes here are gone with the next one. Each change is explained in the ledger, and by the messages of its channel.`,
      3,
    ),
    graph({
      title: 'Oldest message that waits',
      width: QUARTER,
      statistic: 'Maximum',
      left: 'seconds',
      lines: queuedIn(configuration).map((name) =>
        line(
          ['AWS/SQS', 'ApproximateAgeOfOldestMessage'],
          {
            QueueName: `${prefixOf(deployment)}-${name}`,
          },
          { label: name },
        ),
      ),
    }),
    graph({
      title: 'Sweeps, and what failed',
      width: QUARTER,
      statistic: 'Sum',
      left: 'in a minute',
      lines: [
        line(
          ['AWS/Lambda', 'Invocations'],
          { FunctionName: ref('SweepLambdaFunction') },
          { label: 'sweeps' },
        ),
        ...['Scale', 'Heal', 'Notify', 'Sweep'].map((title) =>
          line(
            ['AWS/Lambda', 'Errors'],
            { FunctionName: ref(`${title}LambdaFunction`) },
            { label: `errors of ${title.toLowerCase()}` },
          ),
        ),
        ...ownMetricsIn(configuration).map(({ metricName }) => line(['Tidegate', metricName], own)),
      ],
    }),
    graph({
      title: 'Decisions by outcome',
      width: QUARTER,
      statistic: 'Sum',
      left: 'in 5 minutes',
      periodSeconds: 300,
      lines: OUTCOMES.map((outcome) =>
        line(['Tidegate', 'Decisions'], { ...own, Outcome: outcome }, { label: outcome }),
      ),
    }),
    graph({
      title: 'From alarm to action',
      width: QUARTER,
      left: 'milliseconds',
      periodSeconds: 300,
      lines: ['p50', 'p95', 'Maximum'].map((stat) =>
        line(['Tidegate', 'AlarmToAction'], own, { stat, label: stat }),
      ),
    }),
  ];
};
