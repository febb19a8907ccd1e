import { failure } from '#cli/output/failure.ts';
import { timeIn } from '#console/override/override-end.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';
import { readDuration } from '#parse/configuration/words/duration.ts';

const DAY_MS = 24 * 60 * MINUTE_MS;

/** The moment that `--since` names: so long ago, or at a time. Throws when it names none. */
export const sinceSaid = (text: string, now: Instant): Instant => {
  if (/^\d{4}-/.test(text)) return timeIn('--since', text);
  const seconds = readDuration(text);
  if (seconds.ok) return now - seconds.value * SECOND_MS;
  throw failure(
    'usage',
    `--since: found "${text}"; expected how long ago, such as 90m or 7d, or a time with its zone, such as 2026-03-02T18:00:00Z`,
  );
};

/** A moment, and the end of what its text names: a minute for `14:02`. */
export type Moment = Readonly<{ from: Instant; to: Instant }>;

/** True of a text that names a moment: `14:02`, or an ISO time with its zone. */
export const isTime = (text: string): boolean =>
  /^\d{1,2}:\d{2}$/.test(text) || /^\d{4}-\d{2}-\d{2}T/.test(text);

/** The moment that a text names; `14:02` is the last one that there was, in UTC. Throws when it names none. */
export const momentIn = (text: string, now: Instant): Moment => {
  const clock = /^(\d{1,2}):(\d{2})$/.exec(text);
  const from = clock === null ? timeIn('TIME', text) : lastAt(clock, text, now);
  return { from, to: from + lengthOf(text) - 1 };
};

const lastAt = ([, hour, minute]: RegExpExecArray, text: string, now: Instant): Instant => {
  const [hours, minutes] = [Number(hour), Number(minute)];
  if (hours > 23 || minutes > 59)
    throw failure(
      'usage',
      `TIME: found "${text}"; a day has no such minute`,
      'expected a time of the day in UTC, from 00:00 to 23:59',
    );
  const today = Math.floor(now / DAY_MS) * DAY_MS + (hours * 60 + minutes) * MINUTE_MS;
  return today <= now ? today : today - DAY_MS;
};

/** A text names a minute, a second or a millisecond. */
const lengthOf = (text: string): number => {
  if (/\.\d/.test(text)) return 1;
  return /:\d{2}:\d{2}/.test(text) ? SECOND_MS : MINUTE_MS;
};
