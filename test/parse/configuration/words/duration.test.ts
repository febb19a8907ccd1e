import { describe, expect, test } from '@jest/globals';
import { quote } from '#parse/configuration/describe-value.ts';
import {
  duration,
  durationText,
  readDuration,
  repairDuration,
} from '#parse/configuration/words/duration.ts';

describe('a duration', () => {
  test.each([
    ['0s', 0],
    ['90s', 90],
    ['5m', 300],
    ['1h', 3_600],
    ['2d', 172_800],
    ['007m', 420],
  ])('%j means %d seconds', (text, seconds) => {
    expect(readDuration(text)).toEqual({ ok: true, value: seconds });
  });

  test.each([
    ['5', 'did you mean "5m"?'],
    ['120', 'did you mean "120s"?'],
    ['5 m', 'did you mean "5m"?'],
    ['5min', 'did you mean "5m"?'],
    ['5 Minutes', 'did you mean "5m"?'],
    ['1.5h', 'did you mean "90m"?'],
    ['1h30m', 'did you mean "90m"?'],
    ['1 hour 30 minutes', 'did you mean "90m"?'],
    ['2 days', 'did you mean "2d"?'],
    ['90 secs', 'did you mean "90s"?'],
    ['', undefined],
    ['m', undefined],
    ['-5m', undefined],
    ['500ms', undefined],
    ['1 month', undefined],
    ['0.3s', undefined],
    ['0m 0s', undefined],
    ['five minutes', undefined],
    ['5m and more', undefined],
  ])('%j is refused, with the help %j', (text, suggestion) => {
    expect(readDuration(text)).toEqual({
      ok: false,
      problem: {
        code: 'bad-value',
        message: `"${text}" is not a duration`,
        expected: 'a whole number with its unit: 90s, 5m, 1h or 2d',
        ...(suggestion === undefined ? {} : { suggestion }),
      },
    });
  });

  test.each(['1234567890m', `${'1'.repeat(20_000)}s`])('%.20s… has too many digits', (text) => {
    expect(readDuration(text)).toEqual({
      ok: false,
      problem: {
        code: 'out-of-range',
        message: `found ${quote(text)}`,
        expected: 'a duration of at most 9 digits with its unit: 90s, 5m, 1h or 2d',
      },
    });
  });

  test.each([
    [0, '0s'],
    [59, '59s'],
    [60, '1m'],
    [90, '90s'],
    [5_400, '90m'],
    [7_200, '2h'],
    [86_400, '1d'],
    [90_000, '25h'],
  ])('%d seconds are written %j', (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });

  test.each([
    ['5m 5m', '10m'],
    ['5m '.repeat(14), undefined],
    ['5m '.repeat(50_000), undefined],
  ])('is not guessed from a text longer than people write', (text, repaired) => {
    expect(repairDuration(text)).toBe(repaired);
  });
});

describe('a range of durations', () => {
  const words = duration({ min: 60, max: 300 });

  test.each(['60s', '1m', '5m'])('includes %j', (text) => {
    expect(words.read(text).ok).toBe(true);
  });

  test.each(['59s', '301s', '0s'])('excludes %j', (text) => {
    expect(words.read(text)).toEqual({
      ok: false,
      problem: {
        code: 'out-of-range',
        message: `found "${text}"`,
        expected: 'a duration from 1m to 5m, such as 90s or 5m',
      },
    });
  });

  test('takes a bare number for seconds that lack their unit', () => {
    expect(words.read(180)).toEqual({
      ok: false,
      problem: {
        code: 'wrong-type',
        message: 'found the number 180',
        expected: 'a duration from 1m to 5m, such as 90s or 5m',
        suggestion: 'did you mean "180s"?',
      },
    });
  });

  test('says that a text is no duration before it looks at the range', () => {
    expect(words.read('soon')).toMatchObject({ problem: { message: '"soon" is not a duration' } });
  });
});
