import type { Instant } from '#domain/time/instant.ts';

/**
 * The delay with which a metric's periods come, as looks have found it: seconds from the end of a period. It lies between
 * two ages, of which the first is never the larger one.
 */
export type MetricDelay = Readonly<{
  /** At this age a period was not there yet; the least that there can be when nobody has looked sooner. */
  absentAt: number;
  /** At this age a period was there. */
  thereAt: number;
  /** The newest period that was not there although it was due: its begin, and its age then. */
  missed?: Readonly<{ at: Instant; age: number }>;
  /** The time at which a period was last seen that had come later than it was due. */
  lateAt?: Instant;
}>;

/** The delays of a group's metrics, by their names. */
export type MetricDelays = Readonly<Record<string, MetricDelay>>;
