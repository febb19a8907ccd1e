import { describeReportTime, type ReportSchedule } from '#domain/configuration/report-schedule.ts';
import { CLOCK_AHEAD_MS, type Instant, MINUTE_MS } from '#domain/time/instant.ts';
import { instantOf, readClock } from '#domain/time/local-clock.ts';

const DAY_MS = 1_440 * MINUTE_MS;
/** The epoch was a Thursday. */
const FIRST_WEEKDAY = 4;

/** The mark that a deployment keeps of its reports: until which due time they are told, and by which schedule. */
export type ReportMark = Readonly<{ schedule: string; at: Instant }>;

/**
 * The newest time at or before a moment at which the report was due. A time that the clocks leave out comes when they are
 * changed; one that they show twice comes once, at the first.
 */
export const lastDue = (
  { every, timezone }: Pick<ReportSchedule, 'every' | 'timezone'>,
  now: Instant,
): Instant => {
  const local = readClock(timezone, now);
  const ofToday = Math.floor(local / DAY_MS) * DAY_MS + every.minuteOfDay * MINUTE_MS;
  const newest = ofToday <= local ? ofToday : ofToday - DAY_MS;
  return instantOf(timezone, newest - daysSince(every.weekday, newest) * DAY_MS);
};

/** The days from the last such day of the week to a local time; none for each day. */
const daysSince = (weekday: number | undefined, local: number): number => {
  if (weekday === undefined) return 0;
  const today = (Math.floor(local / DAY_MS) + FIRST_WEEKDAY) % 7;
  return (today - weekday + 7) % 7;
};

/** The step that the report needs now. */
export type ReportStep =
  | Readonly<{ kind: 'wait' }>
  /** The schedule is new: what was due before it is not told. */
  | Readonly<{ kind: 'begin'; mark: ReportMark }>
  /** The report of a time is to be told, and then marked so. */
  | Readonly<{ kind: 'tell'; since: Instant; mark: ReportMark }>;

/**
 * Decides whether a report is due. It is told once for each due time; of several that passed while nobody looked,
 * only the newest. Its time goes from the due time before to its own.
 */
export const nextReportStep = (
  schedule: ReportSchedule,
  before: ReportMark | undefined,
  now: Instant,
): ReportStep => {
  const at = lastDue(schedule, now);
  const mark = { schedule: keyOf(schedule), at };
  const isKnown = before?.schedule === mark.schedule && before.at <= now + CLOCK_AHEAD_MS;
  if (!isKnown) return { kind: 'begin', mark };
  return before.at >= at
    ? { kind: 'wait' }
    : { kind: 'tell', since: lastDue(schedule, at - 1), mark };
};

const keyOf = ({ every, timezone }: ReportSchedule): string =>
  `${describeReportTime(every)} ${timezone}`;
