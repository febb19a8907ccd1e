import { durationText } from '#parse/configuration/words/duration.ts';
import type { ImportedMetric } from '../translation.ts';
import { isSparse, metricOf } from './metric-of.ts';
import type { AlarmOfFile } from './schemas.ts';

/** An alarm as a condition over its metric. */
export type AlarmCondition = Readonly<{
  metric: ImportedMetric;
  comparison: string;
  threshold: number;
  periodSeconds: number;
  /** So many of the last `periods` must breach. */
  datapoints: number;
  periods: number;
  /** `onMissing` of the rule; nothing where the default does. */
  onMissing: Readonly<{ onMissing?: string }>;
}>;

const COMPARISONS: ReadonlyMap<string, string> = new Map([
  ['GreaterThanThreshold', '>'],
  ['GreaterThanOrEqualToThreshold', '>='],
  ['LessThanThreshold', '<'],
  ['LessThanOrEqualToThreshold', '<='],
]);

/** The condition of an alarm on one threshold; nothing for anomaly detection. */
export const conditionOfAlarm = (alarm: AlarmOfFile, group: string): AlarmCondition | undefined => {
  const comparison = COMPARISONS.get(alarm.ComparisonOperator);
  const metric = metricOf(alarm, group);
  const { Threshold: threshold, EvaluationPeriods: periods } = alarm;
  if (comparison === undefined || metric === undefined || threshold === undefined) return undefined;
  return {
    metric,
    comparison,
    threshold,
    periodSeconds: periodOf(alarm),
    datapoints: alarm.DatapointsToAlarm ?? periods,
    periods,
    onMissing:
      alarm.TreatMissingData === 'notBreaching' || isSparse(metric) ? { onMissing: 'ignore' } : {},
  };
};

const periodOf = ({ Period, Metrics }: AlarmOfFile): number =>
  Period ?? Metrics.flatMap((query) => query.MetricStat?.Period ?? query.Period ?? [])[0] ?? 60;

/** `cpu > 70 for 3m of 5m`. */
export const conditionText = (
  { comparison, threshold, periodSeconds, datapoints, periods }: Omit<AlarmCondition, 'metric'>,
  metric: string,
): string => {
  const [hold, window] = [datapoints, periods].map((count) => durationText(count * periodSeconds));
  const within = datapoints === periods ? '' : ` of ${window}`;
  return `${metric} ${comparison} ${threshold}${periods === 1 ? '' : ` for ${hold}${within}`}`;
};
