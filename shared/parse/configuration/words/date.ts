import { ok } from '#domain/basics/result.ts';
import { quote } from '../describe-value.ts';
import { complain } from '../fault.ts';
import { textWords, type Words } from './words.ts';

const EXPECTED = 'a date such as 2026-11-28';

/** A day of the calendar. */
export const date: Words<string> = textWords({
  expected: EXPECTED,
  schema: { pattern: String.raw`^\d{4}-\d{2}-\d{2}$`, examples: ['2026-11-28'] },
  read: (text) =>
    isDay(text)
      ? ok(text)
      : complain({ code: 'bad-value', message: `found ${quote(text)}`, expected: EXPECTED }),
});

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text);
