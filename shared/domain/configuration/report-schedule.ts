/** The times at which the report is told, and the channels that it is told on. */
export type ReportSchedule = Readonly<{
  every: ReportTime;
  /** An IANA time zone. */
  timezone: string;
  to: readonly string[];
}>;

/** A time of the clock on each day, or on one day of the week. */
export type ReportTime = Readonly<{
  /** 0 is Sunday, 6 is Saturday; absent for each day. */
  weekday?: number;
  /** Minutes since midnight, 0 to 1439. */
  minuteOfDay: number;
}>;

/** The days of the week as the file names them, from Sunday. */
export const WEEKDAYS = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;

/** Writes a time of the report as the file does: `monday 08:00`, `day 08:00`. */
export const describeReportTime = ({ weekday, minuteOfDay }: ReportTime): string => {
  const day = (weekday === undefined ? undefined : WEEKDAYS[weekday]) ?? 'day';
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${day} ${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}`;
};
