import type { Instant } from '#domain/time/instant.ts';
import type { RecordedSeries, SeriesName } from './series.ts';

/** All that was recorded of a group. */
export type GroupHistory = Readonly<{
  /** The name in `tidegate.yml`. */
  name: string;
  /** The name that AWS knows; absent in a history that was written by hand. */
  autoScalingGroup?: string;
  series: Readonly<Partial<Record<SeriesName, RecordedSeries>>>;
  /** Series of AWS in which a period without an event has no datapoint at all. */
  silentAtZero: readonly SeriesName[];
  launches: readonly Launch[];
}>;

/** The launch of one instance. */
export type Launch = Readonly<{
  startedAt: Instant;
  /** Seconds until the group counted it as in service; absent when the launch failed. */
  bootSeconds?: number;
  /** True when the instance was stopped in the warm pool: it was started, not launched anew. */
  isStart?: true;
}>;

/** Something about a history that is no mistake and that its reader should know. */
export type HistoryFinding = Readonly<{
  code:
    | 'gap'
    | 'duplicate'
    | 'off-grid'
    | 'not-a-number'
    | 'saturated'
    | 'small-unit'
    | 'silent'
    | 'shared';
  /** The file or series that it is about. */
  subject: string;
  message: string;
}>;
