import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import { durationText, readDuration } from '#parse/configuration/words/duration.ts';
import { refused } from './override-refused.ts';

export type EndOptions = Readonly<{ for?: string | undefined; until?: string | undefined }>;

const DAY_SECONDS = 86_400;
const SHORTEST_SECONDS = 60;
const LONGEST_SECONDS = 30 * DAY_SECONDS;

/** Computes when an override ends, by `--for` or by `--until`. Throws when both, none, or no such time is said. */
export const endOf = (options: EndOptions, now: Instant): Instant => {
  const end = endSaid(options, now);
  const seconds = (end - now) / SECOND_MS;
  if (seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS) return end;

  const range = `from ${durationText(SHORTEST_SECONDS)} to ${durationText(LONGEST_SECONDS)}`;
  throw refused(
    `found an end at ${isoOf(end)}; an override lasts ${range}, counted from now`,
    `now it is ${isoOf(now)}`,
  );
};

const endSaid = (options: EndOptions, now: Instant): Instant => {
  if (options.for !== undefined && options.until !== undefined) {
    throw refused(
      `--for ${options.for} and --until ${options.until} give two ends`,
      'give one of them',
    );
  }
  if (options.for !== undefined) return endAfter(options.for, now);
  if (options.until !== undefined) return timeIn('--until', options.until);
  throw refused('no end was given: use --for 2h, or --until 2026-03-02T18:00:00Z');
};

const endAfter = (text: string, now: Instant): Instant => {
  const seconds = readDuration(text);
  if (seconds.ok) return now + seconds.value * SECOND_MS;
  const { message, expected, suggestion } = seconds.problem;
  throw refused(`--for: ${message}; expected ${expected}`, suggestion);
};

const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** The moment that an option says. Throws when it says none. */
export const timeIn = (option: string, text: string): Instant => {
  const at = ISO_TIME.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isFinite(at)) return at;
  throw refused(
    `${option}: found "${text}"; expected a time with its zone, such as 2026-03-02T18:00:00Z`,
  );
};

/** An end as an ISO time, or in figures when it lies beyond every calendar. */
const isoOf = (at: Instant): string =>
  Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : `${at} ms`;
