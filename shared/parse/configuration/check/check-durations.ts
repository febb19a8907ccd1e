import { durationText } from '#parse/configuration/words/duration.ts';
import type { ConditionInput, Located } from '#parse/configuration/words/when.ts';
import type { Fault, Path } from '../fault.ts';

/**
 * The times of a condition are whole periods of its metric, in order, and not beyond CloudWatch: alarms on
 * Metrics Insights see three hours
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html).
 */
export const checkDurations = (
  { hold, window }: ConditionInput,
  { period, isQuery, path }: Readonly<{ period: number; isQuery: boolean; path: Path }>,
): readonly Fault[] => {
  const times = [hold, window].filter((time) => time !== undefined);
  const uneven = times.filter(({ value }) => value === 0 || value % period !== 0);
  if (uneven.length > 0) return uneven.map((time) => unevenFault(time, period, path));

  if (hold && window && window.value < hold.value) {
    const message = `${durationText(hold.value)} do not fit into ${durationText(window.value)}`;
    const expected = 'the longer time last, as in for 3m of 5m';
    return [{ path, code: 'conflict', message, expected, span: window.span }];
  }

  const most = isQuery ? 3 * HOUR : longestOver(period);
  return times
    .filter(({ value }) => value > most)
    .map((time) => tooLong({ time, most, period, path }));
};

const longestOver = (period: number): number => (period >= HOUR ? 7 * DAY : DAY);

const unevenFault = ({ value, span }: Located<number>, period: number, path: Path): Fault => {
  const near = Math.max(1, Math.round(value / period)) * period;

  return {
    path,
    span,
    code: 'out-of-range',
    message: `${durationText(value)} is not a multiple of the metric's period of ${durationText(period)}`,
    expected: `${durationText(period)}, ${durationText(2 * period)}, ${durationText(3 * period)} and so on`,
    suggestion: `did you mean "${durationText(near)}"?`,
  };
};

type Excess = Readonly<{ time: Located<number>; most: number; period: number; path: Path }>;

const tooLong = ({ time: { value, span }, most, period, path }: Excess): Fault => ({
  path,
  span,
  code: 'out-of-range',
  message: `an alarm cannot look back for ${durationText(value)} over periods of ${durationText(period)}`,
  expected: `${durationText(most)} at most`,
});

const HOUR = 3_600;
const DAY = 86_400;
