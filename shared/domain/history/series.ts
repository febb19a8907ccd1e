import type { Instant } from '#domain/time/instant.ts';

/** One value for each period from `start` on. */
export type RecordedSeries = Readonly<{
  unit: SeriesUnit;
  periodSeconds: number;
  /** The begin of the first period. */
  start: Instant;
  /** In the order of time; undefined is a hole: a period of which nothing is known. */
  values: readonly (number | undefined)[];
}>;

/** The units that a history is kept in. `Count` is a number in each period, or a level. */
export type SeriesUnit = 'Count' | 'Percent' | 'Seconds';

/** The series that a history may have of a group. */
export type SeriesName = keyof typeof SERIES;

type SeriesKind = Readonly<{ unit: SeriesUnit; meaning: string }>;

/** Every series, the unit that it is kept in, and its meaning. */
export const SERIES = {
  requests: { unit: 'Count', meaning: 'requests that reached an instance, in each period' },
  rejected: {
    unit: 'Count',
    meaning: 'requests that the load balancer turned away for want of an instance, in each period',
  },
  errors: { unit: 'Count', meaning: 'answers of instances with a status of 5xx, in each period' },
  latency: { unit: 'Seconds', meaning: 'the 95th percentile of the response time' },
  messagesSent: { unit: 'Count', meaning: 'messages put into the queue, in each period' },
  messagesDeleted: { unit: 'Count', meaning: 'messages that were done with, in each period' },
  backlog: { unit: 'Count', meaning: 'messages that waited in the queue' },
  cpu: { unit: 'Percent', meaning: 'the mean CPU of the instances, from 0 to 100' },
  inService: { unit: 'Count', meaning: 'instances in service' },
} as const satisfies Readonly<Record<string, SeriesKind>>;

export const SERIES_NAMES = Object.keys(SERIES) as readonly SeriesName[];

/** The end of the last period of a series. */
export const endOfSeries = ({ start, periodSeconds, values }: RecordedSeries): Instant =>
  start + values.length * periodSeconds * 1_000;

/** The value of the period that an instant lies in; undefined in a hole and outside. */
export const valueAt = (
  { start, periodSeconds, values }: RecordedSeries,
  at: Instant,
): number | undefined => values[Math.floor((at - start) / (periodSeconds * 1_000))];
