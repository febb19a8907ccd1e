import { err, ok, type Result } from '#domain/basics/result.ts';
import { wordOf } from '#parse/configuration/word-of.ts';
import { quote } from '../describe-value.ts';
import { type Complaint, complain } from '../fault.ts';
import { didYouMean } from '../nearest.ts';
import { textWords, type Words } from './words.ts';

/** `90s`, `5m`, `1h` or `2d`, as a pattern that editors and parsers share. */
export const DURATION_PATTERN = String.raw`\d{1,9}[smhd]`;

type DurationRange = Readonly<{
  /** Both in seconds, both allowed. */
  min: number;
  max: number;
  /** A further condition, and the words for range and condition together. */
  also?: Readonly<{ expected: string; holds: (seconds: number) => boolean }>;
}>;

/** A length of time within a range; its value is in seconds. */
export const duration = ({ min, max, also }: DurationRange): Words<number> => {
  const expected =
    also?.expected ??
    `a duration from ${durationText(min)} to ${durationText(max)}, such as 90s or 5m`;

  const fits = (seconds: number) =>
    seconds >= min && seconds <= max && also?.holds(seconds) !== false;
  const guess = (value: unknown): string | undefined => inSmallestUnit(wordOf(value), fits);

  return textWords({
    expected,
    schema: { pattern: `^${DURATION_PATTERN}$`, examples: ['1m', '5m', '1h'] },
    guess,
    read: (text) => {
      const seconds = readDuration(text);
      if (!seconds.ok) return err(withRange(seconds.problem, guess(text) ?? fitting(text, fits)));

      return fits(seconds.value)
        ? seconds
        : complain({ code: 'out-of-range', message: `found ${quote(text)}`, expected });
    },
  });
};

/** A number without its unit, in the smallest unit in which it is allowed. */
const inSmallestUnit = (digits: string, fits: (seconds: number) => boolean): string | undefined =>
  /^\d{1,9}$/.test(digits.trim())
    ? UNITS.toReversed()
        .map((unit) => `${digits.trim()}${unit}`)
        .find((each) => fits(inSeconds(each)))
    : undefined;

const fitting = (text: string, fits: (seconds: number) => boolean): string | undefined => {
  const repaired = repairDuration(text);
  return repaired !== undefined && fits(inSeconds(repaired)) ? repaired : undefined;
};

/** A duration that is out of range is no help. */
const withRange = (
  { suggestion: _, ...problem }: Complaint,
  meant: string | undefined,
): Complaint => ({ ...problem, ...didYouMean(meant) });

/** Reads `5m` as 300. */
export const readDuration = (text: string): Result<number, Complaint> => {
  if (DURATION.test(text)) return ok(inSeconds(text));
  if (OF_ANY_LENGTH.test(text)) {
    const expected = 'a duration of at most 9 digits with its unit: 90s, 5m, 1h or 2d';
    return complain({ code: 'out-of-range', message: `found ${quote(text)}`, expected });
  }
  return complain({
    code: 'bad-value',
    message: `${quote(text)} is not a duration`,
    expected: 'a whole number with its unit: 90s, 5m, 1h or 2d',
    ...didYouMean(repairDuration(text)),
  });
};

/** The seconds of a text that is known to be a duration. */
export const inSeconds = (text: string): number =>
  Number(text.slice(0, -1)) * SECONDS_PER[text.slice(-1) as Unit];

/** `300` as `5m`: in the largest unit that leaves a whole number. */
export const durationText = (seconds: number): string => {
  const fitting = UNITS.filter((unit) => seconds > 0 && seconds % SECONDS_PER[unit] === 0);
  const unit = fitting[0] ?? 's';
  return `${seconds / SECONDS_PER[unit]}${unit}`;
};

/**
 * The duration that a text like `5 minutes`, `1.5h` or `1h30m` means, if it means one. A bare number means seconds if
 * these are whole minutes, which alarms count in, and else minutes.
 */
export const repairDuration = (text: string): string | undefined => {
  const lower = text.trim().toLowerCase();
  if (/^\d{1,9}$/.test(lower)) return Number(lower) % 60 === 0 ? `${lower}s` : `${lower}m`;
  if (lower.length > LONGEST_REPAIR || !LOOSE_DURATION.test(lower)) return undefined;

  const parts = [...lower.matchAll(LOOSE_PART)] as unknown as [string, string, Unit][];
  const seconds = parts.reduce(
    (sum, [, count, unit]) => sum + Number(count) * SECONDS_PER[unit],
    0,
  );
  return seconds > 0 && Number.isInteger(seconds) ? durationText(seconds) : undefined;
};

type Unit = keyof typeof SECONDS_PER;
const SECONDS_PER = { d: 86_400, h: 3_600, m: 60, s: 1 } as const;
const UNITS = ['d', 'h', 'm', 's'] as const;

const DURATION = new RegExp(`^${DURATION_PATTERN}$`);
/** The form is right, the digits are too many. */
const OF_ANY_LENGTH = /^\d+[smhd]$/;
const LONGEST_REPAIR = 40;

const LOOSE_UNIT = '(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)';
const LOOSE_DURATION = new RegExp(`^(?:\\d{1,9}(?:\\.\\d{1,9})?\\s*${LOOSE_UNIT}\\s*)+$`);
/** Every word for a unit of time begins with the unit's own letter. */
const LOOSE_PART = /(\d+(?:\.\d+)?)\s*([smhd])/g;
