import type { Instant } from '#domain/time/instant.ts';

/** A time that a file says, or why it is none. */
type Time = Readonly<{ at: Instant }> | Readonly<{ why: string; help: string }>;

/**
 * Reads `2026-03-02T09:00:00Z`, with any offset and also with a blank between day and time, or the seconds or
 * milliseconds since 1970. A time without a zone is refused: when clocks are set back, an hour comes twice.
 */
export const readTimestamp = (text: string): Time => {
  const said = text.trim();
  if (SECONDS.test(said)) return { at: Math.round(Number(said) * 1_000) };
  if (MILLISECONDS.test(said)) return { at: Number(said) };

  const [, day, time = '00:00', zone] = CALENDAR.exec(said) ?? [];
  if (day === undefined) {
    return {
      why: `found ${JSON.stringify(said.slice(0, 40))}, which is no time`,
      help: 'write times such as 2026-03-02T09:00:00Z, or seconds since 1970',
    };
  }
  if (zone === undefined) {
    return {
      why: `${said} has no time zone`,
      help: `write it as UTC, ${day}T${time}Z, or with its offset, ${day}T${time}+01:00`,
    };
  }
  const at = Date.parse(`${day}T${time}${zone.toUpperCase().replace(/^UTC$/, 'Z')}`);
  return Number.isNaN(at)
    ? { why: `${said} is no time of the calendar`, help: 'is the day of that month?' }
    : { at };
};

const SECONDS = /^\d{9,10}(?:\.\d+)?$/;
const MILLISECONDS = /^\d{12,13}$/;
const CALENDAR =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?))?\s?(Z|UTC|[+-]\d\d:?\d\d)?$/i;
