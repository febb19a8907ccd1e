import { err, type Result } from '#domain/basics/result.ts';

/** A problem says why a message cannot be understood. It quotes little of the message: see `SHOWN`. */
export type ParseProblem = Readonly<{
  /** The path in the message: `Message.StateChangeTime`. `body` is the message itself. */
  path: string;
  found: string;
  expected: string;
  /** All of it as one sentence for the log and the dead-letter queue. */
  message: string;
}>;

type Problem = Readonly<{ path: string; found: unknown; expected: string }>;

export const problemAt = ({ path, found, expected }: Problem): ParseProblem => {
  const described = describeFound(found);
  const hint = 'docs/events.md lists the messages that are understood';

  return {
    path,
    found: described,
    expected,
    message: `${path}: found ${described}, expected ${expected}; ${hint}`,
  };
};

export const failAt = (problem: Problem): Result<never, ParseProblem> => err(problemAt(problem));

const describeFound = (found: unknown): string => {
  if (found === undefined || found === null) return 'nothing';
  if (typeof found === 'string') return quote(found);
  if (typeof found === 'number') return `the number ${found}`;
  if (typeof found === 'boolean') return `${found}`;
  return Array.isArray(found) ? 'a list' : 'an object';
};

/** So many characters of the message are repeated at most. */
const SHOWN = 40;

const quote = (text: string): string => {
  const start = Array.from(text.slice(0, 2 * SHOWN))
    .slice(0, SHOWN)
    .join('');
  const shown = JSON.stringify(start.replace(UNPRINTABLE, '?'));

  return start.length === text.length ? shown : `${shown} and more (${text.length} characters)`;
};

/** Characters that break a log line, hide in a terminal, or are refused as an SQS attribute. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;
