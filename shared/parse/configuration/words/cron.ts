import { Cron } from 'croner';
import { ok } from '#domain/basics/result.ts';
import { quote } from '../describe-value.ts';
import { type Complaint, complain } from '../fault.ts';
import { textWords, type Words } from './words.ts';

const EXPECTED =
  'five fields: minute, hour, day of month, month, day of week, such as "0 8 * * MON-FRI"';

/** A cron line of five fields. Days of month and of week are joined by OR, as cron always did. */
export const cron: Words<string> = textWords({
  expected: EXPECTED,
  schema: {
    pattern: String.raw`^\s*(\S+\s+){4}\S+\s*$`,
    examples: ['0 8 * * MON-FRI', '30 18 * * *', '0 0 1 * *'],
  },
  read: (text) => {
    const fields = text.trim().split(/\s+/);
    if (/^(?:cron|rate|at)\(/i.test(text.trim())) {
      return complain({
        code: 'bad-value',
        message: `found ${quote(text)}, the form of EventBridge`,
        expected: EXPECTED,
        suggestion: 'write it without cron( ), without the year, and * for ?',
      });
    }
    if (fields.length !== 5) {
      const message = `found ${quote(text)}, which has ${fields.length} fields`;
      return complain({ code: 'bad-value', message, expected: EXPECTED });
    }

    const problem = problemWith(fields, text);
    return problem === undefined ? ok(fields.join(' ')) : complain(problem);
  },
});

const problemWith = (fields: readonly string[], text: string): Complaint | undefined => {
  const wrong = fields.findIndex((field, index) => !isReadable(alone(field, index)));
  if (wrong !== -1) return wrongField(wrong, text);

  const line = fields.join(' ');
  return new Cron(line, OPTIONS).nextRun() === null
    ? { code: 'bad-value', message: `${quote(line)} never happens`, expected: EXPECTED }
    : undefined;
};

const alone = (field: string, index: number): string =>
  FIELDS.map((_, each) => (each === index ? field : '*')).join(' ');

const isReadable = (line: string): boolean => {
  try {
    return new Cron(line, OPTIONS) !== undefined;
  } catch {
    return false;
  }
};

const OPTIONS = { paused: true, timezone: 'UTC', mode: '5-part' } as const;

/** Tells of one field in its own words; the library numbers days and months from zero, and words it has replaced. */
const wrongField = (index: number, text: string): Complaint => {
  const [match] = [...text.matchAll(/\S+/g)].slice(index) as [RegExpExecArray];
  const [name, range] = FIELDS[index] as (typeof FIELDS)[number];
  return {
    code: 'bad-value',
    message: `${quote(match[0])} in ${quote(text)} is no ${name}`,
    expected: `${range}; a list such as 1,2, a range that begins with the smaller one, a step such as */2, or *`,
    span: { start: match.index, length: match[0].length },
  };
};

const FIELDS = [
  ['minute', 'a minute from 0 to 59'],
  ['hour', 'an hour from 0 to 23'],
  ['day of month', 'a day of the month from 1 to 31, or L, the last'],
  ['month', 'a month from 1 to 12, or JAN to DEC'],
  ['day of week', 'a day of the week from 0 to 7, or SUN to SAT'],
] as const;
