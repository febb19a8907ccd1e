import { durationText } from '#parse/configuration/words/duration.ts';
import { plainMetric } from '#parse/import/aws/metric-of.ts';
import { plainName } from '../names.ts';
import type { ImportedMetric, ImportedRule, ImportNote, Written } from '../translation.ts';
import { cpuOf, type MetricRules, memoryOf, metricLeftOut } from './hpa.ts';
import type { KedaTrigger } from './schemas.ts';

/** A trigger with its place, and the rules' `onMissing` if the ScaledObject has a fallback. */
export type PlacedTrigger = Readonly<{
  file: string;
  about: string;
  trigger: KedaTrigger;
  fallback: Readonly<{ onMissing?: string }>;
}>;

/** The rules of a trigger that goes by a metric. */
export const rulesOfTrigger = (placed: PlacedTrigger): MetricRules => {
  const { file, about, trigger } = placed;
  switch (trigger.type) {
    case 'aws-sqs-queue':
      return withNotes(ofQueue(placed), activationNotes(placed, 'activationQueueLength'));
    case 'aws-cloudwatch':
      return withNotes(
        ofCloudWatch(placed),
        activationNotes(placed, 'activationTargetMetricValue'),
      );
    case 'cpu':
      return cpuOf({ file, about, target: utilization(trigger) });
    case 'memory':
      return memoryOf({ file, about, target: utilization(trigger) });
    default: {
      const why = `a trigger of type ${trigger.type} is read by KEDA alone: publish its value to CloudWatch, and write { track: NAME, target: N per unit }`;
      return { rules: [], notes: [metricLeftOut({ file, about, why })] };
    }
  }
};

const utilization = ({ metricType, metadata }: KedaTrigger): number | undefined =>
  (metricType ?? metadata.type) === 'Utilization' ? Number(metadata.value) : undefined;

const withNotes = ({ rules, notes }: MetricRules, more: readonly ImportNote[]): MetricRules => ({
  rules,
  notes: [...notes, ...more],
});

const activationNotes = (
  { file, about, trigger }: PlacedTrigger,
  key: string,
): readonly ImportNote[] =>
  Number(trigger.metadata[key] ?? 0) === 0
    ? []
    : [
        {
          kind: 'differs',
          file,
          about,
          message: `${key} has no equal`,
          why: 'there is one recommendation at 0 and above: the group leaves 0 as soon as the metric asks for a unit',
        },
      ];

const ofQueue = (placed: PlacedTrigger): MetricRules => {
  const { file, about, trigger, fallback } = placed;
  const { queueURL = '', queueLength = '5' } = trigger.metadata;
  const [, queue] = /(?:^|\/)([A-Za-z0-9_-]+(?:\.fifo)?)$/.exec(queueURL) ?? [];
  if (queue === undefined) {
    const why = 'queueURL names it, and here it is empty or comes from elsewhere';
    return {
      rules: [],
      notes: [metricLeftOut({ file, about, why, message: 'the queue is not named' })],
    };
  }
  return oneRule(placed, {
    metric: workOf(queue, trigger.metadata),
    write: { target: `${queueLength} per unit`, ...fallback },
    comments: [`Trigger aws-sqs-queue: ${queueLength} messages of ${queue} for each unit.`],
  });
};

/** The messages that KEDA counts: visible ones, those that workers hold, and perhaps delayed ones. */
const workOf = (queue: string, metadata: KedaTrigger['metadata']): ImportedMetric => {
  const { scaleOnInFlight = 'true', scaleOnDelayed = 'false' } = metadata;
  const visible: Written = { preset: 'sqs-backlog', queue };
  const of = (metric: string): Written => ({
    namespace: 'AWS/SQS',
    metric,
    dimensions: { QueueName: queue },
    statistic: 'Maximum',
  });
  const uses: Written = {
    visible,
    ...(scaleOnInFlight === 'true' ? { flying: of('ApproximateNumberOfMessagesNotVisible') } : {}),
    ...(scaleOnDelayed === 'true' ? { delayed: of('ApproximateNumberOfMessagesDelayed') } : {}),
  };
  const expression = Object.keys(uses).join(' + ');
  return expression === 'visible'
    ? { name: 'backlog', definition: visible }
    : { name: 'work', definition: { expression, uses } };
};

type OneRule = Readonly<{ metric: ImportedMetric; write: Written; comments: readonly string[] }>;

const oneRule = (
  { file, about }: PlacedTrigger,
  { metric, write, comments }: OneRule,
): MetricRules => {
  const rule: ImportedRule = {
    name: about,
    file,
    about,
    metrics: [metric],
    write: ([track]) => ({ track, ...write }),
    comments,
    isShadow: false,
  };
  return { rules: [rule], notes: [] };
};

const ofCloudWatch = (placed: PlacedTrigger): MetricRules => {
  const { trigger, fallback } = placed;
  const { metadata, metricType } = trigger;
  const { targetMetricValue = '', ignoreNullValues = 'true', minMetricValue = '0' } = metadata;
  const target =
    metricType === 'Value' ? Number(targetMetricValue) : `${targetMetricValue} per unit`;
  const isZero = ignoreNullValues === 'true' && Number(minMetricValue) === 0;
  return withNotes(
    oneRule(placed, {
      metric: metricOfTrigger(metadata),
      write: { target, ...(isZero ? { onMissing: 'zero' } : {}), ...fallback },
      comments: ['Trigger aws-cloudwatch.'],
    }),
    ignoreNullValues === 'true' && !isZero ? [noDefault(placed, minMetricValue)] : [],
  );
};

const noDefault = ({ file, about }: PlacedTrigger, value: string): ImportNote => ({
  kind: 'differs',
  file,
  about,
  message: `minMetricValue: ${value} has no equal where there is no data`,
  why: 'a rule without data takes 0, an older value or a capacity: see onMissing',
});

const metricOfTrigger = (metadata: KedaTrigger['metadata']): ImportedMetric => {
  const { expression, metricName = '', namespace = '', metricStat = 'Average' } = metadata;
  const period = Number(metadata.metricStatPeriod ?? 300);
  if (expression !== undefined) {
    return { name: 'query', definition: { query: expression, period: durationText(period) } };
  }
  const names = (metadata.dimensionName ?? '').split(';');
  const values = (metadata.dimensionValue ?? '').split(';');
  const dimensions = Object.fromEntries(
    names.flatMap((name, index) => (name === '' ? [] : [[name, values[index] ?? ''] as const])),
  );
  const { definition } = plainMetric(
    { namespace, metric: metricName, dimensions, statistic: metricStat, period },
    '',
  );
  return { name: plainName(metricName), definition };
};
