import { type Resources, ref, type Value } from './template.ts';

export type Dimensions = Readonly<Record<string, Value>>;

/** The value that an alarm compares: one statistic of one metric, or an expression over several. */
export type AlarmSource = Readonly<Record<string, Value>>;

type AlarmOptions = Readonly<{
  /** For alarms that the functions ask for by name; the others are named by CloudFormation. */
  name?: string;
  description: string;
  source: AlarmSource;
  comparison: '>' | '>=' | '<' | '<=';
  threshold: number;
  datapoints: number;
  periods: number;
  missing: 'missing' | 'notBreaching' | 'breaching';
  /** Hears when the alarm fires and when it has cleared. */
  topicId: string;
}>;

/** A CloudWatch alarm that tells a topic when it fires and when it clears. */
export const alarm = (id: string, options: AlarmOptions): Resources => ({
  [id]: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      ...(options.name === undefined ? {} : { AlarmName: options.name }),
      AlarmDescription: options.description.slice(0, LONGEST_DESCRIPTION),
      ...options.source,
      ComparisonOperator: OPERATORS[options.comparison],
      Threshold: options.threshold,
      EvaluationPeriods: options.periods,
      DatapointsToAlarm: options.datapoints,
      TreatMissingData: options.missing,
      AlarmActions: [ref(options.topicId)],
      OKActions: [ref(options.topicId)],
    },
  },
});

/** CloudWatch's own limit. */
const LONGEST_DESCRIPTION = 1_024;

const OPERATORS = {
  '>': 'GreaterThanThreshold',
  '>=': 'GreaterThanOrEqualToThreshold',
  '<': 'LessThanThreshold',
  '<=': 'LessThanOrEqualToThreshold',
} as const;

type Statistic = Readonly<{
  namespace: string;
  metricName: string;
  dimensions: Dimensions;
  statistic: string;
  periodSeconds: number;
}>;

/** One statistic of one metric. CloudWatch has a field of its own for percentiles and their kin. */
export const statisticSource = (metric: Statistic): AlarmSource => ({
  Namespace: metric.namespace,
  MetricName: metric.metricName,
  Dimensions: dimensionList(metric.dimensions),
  Period: metric.periodSeconds,
  ...(PLAIN_STATISTICS.includes(metric.statistic)
    ? { Statistic: metric.statistic }
    : { ExtendedStatistic: metric.statistic }),
});

export const dimensionList = (dimensions: Dimensions): readonly Value[] =>
  Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));

const PLAIN_STATISTICS = ['Average', 'Sum', 'Minimum', 'Maximum', 'SampleCount'];
