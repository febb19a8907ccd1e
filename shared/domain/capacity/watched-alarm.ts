import type { Metric, Reading } from '#domain/configuration/metric.ts';
import type { Comparison, Condition } from '#domain/configuration/rule-parts.ts';
import type { Alarm, AlarmState } from '#domain/observed/alarm.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import { longestAge } from './rules/newest-value.ts';

/** The newest whole datapoints of the metric of a condition, the newest first. */
type WatchedMetric = Readonly<{ metric: Metric; recent: readonly Reading[] }>;

/**
 * The alarm that a condition would have in CloudWatch, reckoned from the datapoints of the metric: in ALARM while so many
 * of the last periods are beyond the threshold as the condition asks for. The last period is that of the newest
 * datapoint; a period without one is not beyond. Without a datapoint that is new enough it has insufficient data.
 */
export const watchedAlarm = (
  condition: Condition,
  { metric, recent }: WatchedMetric,
  now: Instant,
): Alarm => {
  const periodMs = metric.periodSeconds * SECOND_MS;
  const [newest] = recent;
  const isOld =
    newest === undefined || (now - newest.at - periodMs) / SECOND_MS > longestAge(metric, 'hold');
  const within = recent.filter(
    ({ at }) => newest !== undefined && newest.at - at < condition.periods * periodMs,
  );
  const beyond = within.filter(({ value }) => isBeyond(condition, value));
  const state = stateOf(condition, isOld, beyond.length);
  return {
    name: condition.text,
    arn: '',
    state,
    since: isOld ? now : Math.min(now, newest.at + periodMs),
    actionsEnabled: true,
    isEvaluated: true,
    reason: isOld
      ? `${condition.metric} has no datapoint that is new enough`
      : `${beyond.length} of the last ${condition.periods} periods of ${condition.metric} are beyond ${condition.threshold}; ${condition.datapoints} are asked for`,
  };
};

const stateOf = ({ datapoints }: Condition, isOld: boolean, beyond: number): AlarmState => {
  if (isOld) return 'INSUFFICIENT_DATA';
  return beyond >= datapoints ? 'ALARM' : 'OK';
};

const isBeyond = ({ comparison, threshold }: Condition, value: number): boolean =>
  COMPARISONS[comparison](value, threshold);

const COMPARISONS: Readonly<Record<Comparison, (value: number, threshold: number) => boolean>> = {
  '>': (value, threshold) => value > threshold,
  '>=': (value, threshold) => value >= threshold,
  '<': (value, threshold) => value < threshold,
  '<=': (value, threshold) => value <= threshold,
};
