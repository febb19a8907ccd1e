import { ok } from '#domain/basics/result.ts';
import { type ReportTime, WEEKDAYS } from '#domain/configuration/report-schedule.ts';
import { quote } from '../describe-value.ts';
import { complain } from '../fault.ts';
import { didYouMean, nearest } from '../nearest.ts';
import { textWords, type Words } from './words.ts';

const EXPECTED = 'day or a day of the week, and a time: monday 08:00, day 07:30';
const DAYS: readonly string[] = ['day', ...WEEKDAYS];

const PATTERN = String.raw`^\s*(${DAYS.join('|')})\s+([01]\d|2[0-3]):[0-5]\d\s*$`;

/** `monday 08:00` or `day 07:30`: when the report is told. */
export const reportTime: Words<ReportTime> = textWords({
  expected: EXPECTED,
  schema: {
    pattern: PATTERN,
    examples: ['monday 08:00', 'day 07:30'],
  },
  read: (text) => {
    const [, day = '', clock = ''] = /^\s*(\S+)\s+(\S+)\s*$/.exec(text) ?? [];
    const refuse = (meant: string | undefined) =>
      complain({
        code: 'bad-value',
        message: `found ${quote(text)}`,
        expected: EXPECTED,
        ...didYouMean(isTime(meant) ? meant : undefined),
      });
    if (!DAYS.includes(day)) return refuse(guess(text, day, clock));
    const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(clock) ?? [];
    if (hours === undefined || minutes === undefined) return refuse(padded(day, clock));

    const weekday = (WEEKDAYS as readonly string[]).indexOf(day);
    return ok({
      ...(weekday === -1 ? {} : { weekday }),
      minuteOfDay: Number(hours) * 60 + Number(minutes),
    });
  },
});

const isTime = (text = ''): boolean => new RegExp(PATTERN).test(text);

/** The day that was probably meant: `Monday`, `mon`, `daily` and a time alone are the usual slips. */
const guess = (text: string, day: string, clock: string): string | undefined => {
  const lower = day.toLowerCase();
  if (/^\s*\d{2}:\d{2}\s*$/.test(text)) return `day ${text.trim()}`;
  const known =
    lower === 'daily'
      ? 'day'
      : (DAYS.find((each) => lower.length > 2 && each.startsWith(lower)) ?? nearest(lower, DAYS));
  return known === undefined || clock === '' ? undefined : `${known} ${clock}`;
};

/** An hour of one digit has a zero in front. */
const padded = (day: string, clock: string): string | undefined =>
  /^\d:[0-5]\d$/.test(clock) ? `${day} 0${clock}` : undefined;
