import { Cron } from 'croner';
import { asError } from '#domain/basics/as-error.ts';
import { ok } from '#domain/basics/result.ts';
import { quote } from '../describe-value.ts';
import { complain } from '../fault.ts';
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

    const problem = problemWith(fields.join(' '));
    return problem === undefined
      ? ok(fields.join(' '))
      : complain({ code: 'bad-value', message: problem, expected: EXPECTED });
  },
});

const problemWith = (line: string): string | undefined => {
  try {
    const next = new Cron(line, { paused: true, timezone: 'UTC', mode: '5-part' }).nextRun();
    return next === null ? `${quote(line)} never happens` : undefined;
  } catch (thrown) {
    const reason = asError(thrown).message.replace(/^CronPattern: /, '');
    return `${quote(line)} is no cron line: ${reason}`;
  }
};
