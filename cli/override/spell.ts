import { type Instant, SECOND_MS } from '../../shared/domain/instant.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { durationText, readDuration } from '../../shared/parse/configuration/words/duration.ts';

export type SpellOptions = Readonly<{ for?: string | undefined; until?: string | undefined }>;

const DAY_SECONDS = 86_400;
const SHORTEST_SECONDS = 60;
const LONGEST_SECONDS = 30 * DAY_SECONDS;

/** When an override ends, by `--for` or `--until`; the problem is a sentence for people. */
export const endOf = (options: SpellOptions, now: Instant): Result<Instant, string> => {
  const end = options.for === undefined ? endAt(options.until) : endAfter(options.for, now);
  if (!end.ok) return end;

  const seconds = (end.value - now) / SECOND_MS;
  if (seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS) return end;
  const range = `from ${durationText(SHORTEST_SECONDS)} to ${durationText(LONGEST_SECONDS)}`;
  const found = new Date(end.value).toISOString();
  return err(`found an end at ${found}; an override lasts ${range}, counted from now`);
};

const endAfter = (text: string, now: Instant): Result<Instant, string> => {
  const seconds = readDuration(text);
  if (seconds.ok) return ok(now + seconds.value * SECOND_MS);
  const { message, expected, suggestion } = seconds.problem;
  return err(`--for: ${message}; expected ${expected}${suggestion ? `; ${suggestion}` : ''}`);
};

const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})$/;

const endAt = (text: string | undefined): Result<Instant, string> => {
  if (text === undefined) return err('say how long: --for 2h, or --until 2026-03-02T18:00:00Z');
  const at = ISO_TIME.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isFinite(at)
    ? ok(at)
    : err(`--until: found "${text}"; expected a time with its zone, such as 2026-03-02T18:00:00Z`);
};
