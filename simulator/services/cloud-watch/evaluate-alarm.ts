import type { Comparison, Condition } from '#domain/configuration/rule-parts.ts';
import type { AlarmState } from '#domain/observed/alarm.ts';

/** Periods that an alarm looks at beyond those that it evaluates, to make up for missing ones. */
export const EXTRA_PERIODS = 2;

/**
 * The state of an M-of-N alarm with missing data treated as `missing`: real datapoints are gathered
 * from a range a little wider than N; with none at all the alarm has insufficient data, with too few
 * to decide it stays as it is.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export const evaluateAlarm = (
  { comparison, threshold, datapoints, periods }: Condition,
  values: readonly (number | undefined)[],
  before: AlarmState,
): AlarmState => {
  const real = values.filter((value) => value !== undefined).slice(-periods);
  if (real.length === 0) return 'INSUFFICIENT_DATA';

  const breaching = real.filter((value) => isBreaching(value, comparison, threshold)).length;
  if (breaching >= datapoints) return 'ALARM';
  const isDecided = real.length - breaching > periods - datapoints || real.length === periods;
  return isDecided || before === 'INSUFFICIENT_DATA' ? 'OK' : before;
};

const isBreaching = (value: number, comparison: Comparison, threshold: number): boolean => {
  switch (comparison) {
    case '>':
      return value > threshold;
    case '>=':
      return value >= threshold;
    case '<':
      return value < threshold;
    case '<=':
      return value <= threshold;
  }
};
