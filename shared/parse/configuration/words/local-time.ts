import { ok } from '#domain/basics/result.ts';
import type { LocalTime } from '#domain/time/local-clock.ts';
import { wordOf } from '#parse/configuration/word-of.ts';
import { describeValue, quote } from '../describe-value.ts';
import { complain } from '../fault.ts';
import type { Words } from './words.ts';

const EXPECTED = 'a local time to the minute, such as 2026-11-27T08:00, without an offset';

/** `2026-11-27T08:00` or `2026-11-27`, to be read in the schedule's time zone. */
export const localTime: Words<string> = {
  expected: EXPECTED,
  schema: { type: 'string', pattern: String.raw`^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2})?$` },
  read: (value) => {
    const [, day, clock = '00:00'] = LOCAL_TIME.exec(wordOf(value)) ?? [];
    if (typeof value === 'string' && day !== undefined && isOnCalendar(day, clock)) {
      return ok(`${day}T${clock}:00`);
    }

    const found = typeof value === 'string' ? quote(value) : describeValue(value);
    return complain({ code: 'bad-value', message: `found ${found}`, expected: EXPECTED });
  },
};

const LOCAL_TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}))?$/;

/** Dates that do not exist roll over, and then read differently. */
const isOnCalendar = (day: string, clock: string): boolean => {
  const at = Date.parse(`${day}T${clock}:00Z`);
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(`${day}T${clock}`);
};

/** Converts a text that `localTime` has read to the time on the wall clock. */
export const localTimeOf = (text: string): LocalTime => Date.parse(`${text}Z`);
