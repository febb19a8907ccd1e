import { MINUTE_SECONDS } from './constants.ts';

/**
 * A stretch of one metric, the whole of what a forecast looks at. A value is missing where it is NaN.
 * Both series have one unit: a 5-minute mean of totals is their sum divided by five.
 */
export type DemandWindow = Readonly<{
  /** The begin of the first minute, in epoch seconds: a multiple of 60. */
  startSeconds: number;
  /** The demand of consecutive whole minutes, the oldest first; at most 1,440 are of use. */
  minutes: Float64Array;
  /** The number of the first bin of five minutes, counted from the epoch. */
  firstBin: number;
  /** Means of the same demand over bins of five minutes, up to eight days back. */
  fives: Float64Array;
}>;

/** The end of the last minute, in epoch seconds. */
export const endSecondsOf = ({ startSeconds, minutes }: DemandWindow): number =>
  startSeconds + minutes.length * MINUTE_SECONDS;

/** The stretch at the end of the window that is missing, in seconds. */
export const missingAtEnd = ({ minutes }: DemandWindow): number => {
  const last = minutes.findLastIndex((value) => !Number.isNaN(value));
  return (minutes.length - 1 - last) * MINUTE_SECONDS;
};

/** A value of a series, missing where the series does not reach. */
export const valueAt = (series: Float64Array, index: number): number =>
  (index >= 0 && index < series.length ? series[index] : undefined) ?? Number.NaN;
