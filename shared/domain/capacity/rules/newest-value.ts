import type { Metric } from '#domain/configuration/metric.ts';
import { settleSeconds } from '#domain/configuration/reading-window.ts';
import type { OnMissing } from '#domain/configuration/rule-parts.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { SECOND_MS } from '#domain/time/instant.ts';
import type { GroupObservation } from '../observation.ts';

export type Sight =
  | Readonly<{
      kind: 'seen';
      value: number;
      /** More may have come: the data of the period are still arriving. */
      isAtLeast?: true;
    }>
  | Readonly<{ kind: 'missing'; detail: string }>;

/**
 * The newest value of a metric, unless it is too old to say anything about now. CloudWatch itself is one
 * to three minutes late, a total is taken only when it is whole, and a metric of long periods is later still.
 */
export const newestValue = (
  name: string,
  { readings, group, now }: GroupObservation,
  onMissing: OnMissing,
): Sight => {
  const reading = readings[name];
  if (onMissing === 'zero' && reading === undefined) return { kind: 'seen', value: 0 };
  if (reading === undefined) return { kind: 'missing', detail: `${name} has no data` };

  const metric = group.metrics[name];
  const ageSeconds = (now - reading.at) / SECOND_MS - (metric?.periodSeconds ?? 0);
  if (ageSeconds <= longestAge(metric, onMissing)) {
    return { kind: 'seen', value: reading.value };
  }
  if (onMissing === 'zero') return { kind: 'seen', value: 0 };
  const age = describeSeconds(Math.floor(ageSeconds));
  return { kind: 'missing', detail: `the last value of ${name} is ${age} old` };
};

/** A rule that looks at metrics itself. */
export type WatchingRule = Readonly<{ onMissing: OnMissing; watched: readonly string[] }>;

/**
 * The value of a metric as far as its data have arrived, where that is more than its last whole value says:
 * nothing of a metric that has none, or that is not known to grow.
 */
export const arrivingValue = (
  name: string,
  observation: GroupObservation,
  { onMissing }: Pick<WatchingRule, 'onMissing'>,
): Sight | undefined => {
  const { arriving = {}, group, now } = observation;
  const reading = arriving[name];
  if (reading === undefined) return undefined;

  const metric = group.metrics[name];
  const ageSeconds = (now - reading.at) / SECOND_MS - (metric?.periodSeconds ?? 0);
  if (ageSeconds > longestAge(metric, onMissing)) return undefined;
  const whole = newestValue(name, observation, onMissing);
  return whole.kind === 'seen' && whole.value >= reading.value
    ? undefined
    : { kind: 'seen', value: reading.value, isAtLeast: true };
};

/** Computes how far back a rule looks for a value of a metric, from the end of its period, in seconds. */
export const longestAge = (metric: Metric | undefined, onMissing: OnMissing): number =>
  Math.max(
    metric === undefined
      ? USUAL_DELAY_SECONDS
      : settleSeconds(metric) + Math.max(USUAL_DELAY_SECONDS, 2 * metric.periodSeconds),
    typeof onMissing === 'object' && 'last' in onMissing ? onMissing.last : 0,
  );

const USUAL_DELAY_SECONDS = 180;

/** Computes how far back to read a metric so that each rule finds what it looks for, in seconds. */
export const lookback = (metric: Metric, onMissing: readonly OnMissing[]): number =>
  metric.periodSeconds + Math.max(...onMissing.map((each) => longestAge(metric, each)));

/** A value for people: no more digits than say something. */
export const describeValue = (value: number): string => String(Number(value.toPrecision(6)));

/** A sight for people: `520`, or `at least 520` while more may come. */
export const describeSight = ({ value, isAtLeast }: Extract<Sight, { kind: 'seen' }>): string =>
  isAtLeast ? `at least ${describeValue(value)}` : describeValue(value);
