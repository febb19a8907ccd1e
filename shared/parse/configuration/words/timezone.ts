import { ok } from '#domain/basics/result.ts';
import { quote } from '../describe-value.ts';
import { complain } from '../fault.ts';
import { didYouMean, nearest } from '../nearest.ts';
import { textWords, type Words } from './words.ts';

const EXPECTED = 'a time zone of the IANA database, such as Europe/Berlin, or UTC';

/** `Europe/Berlin` or `UTC`; abbreviations and offsets know nothing of summer time. */
export const timezone: Words<string> = textWords({
  expected: EXPECTED,
  schema: { examples: ['Europe/Berlin', 'America/New_York', 'UTC'] },
  read: (text) => {
    if (text === 'UTC' || (text.includes('/') && isZone(text))) return ok(text);

    const near = nearest(text, ZONES) ?? ZONES.find((zone) => zone.endsWith(`/${text}`));
    const message = `found ${quote(text)}`;
    return complain({ code: 'bad-value', message, expected: EXPECTED, ...didYouMean(near) });
  },
});

const ZONES: readonly string[] = Intl.supportedValuesOf('timeZone');

const isZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};
