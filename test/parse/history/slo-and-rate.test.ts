import { describe, expect, test } from '@jest/globals';
import { readRate, readSlo } from '#parse/history/slo-and-rate.ts';

describe('a limit', () => {
  test.each([
    ['cpu < 80', { kind: 'cpu', percent: 80 }],
    ['cpu<=100%', { kind: 'cpu', percent: 100 }],
    [' p95 < 500ms ', { kind: 'p95', seconds: 0.5 }],
    ['p95 < 1.5s', { kind: 'p95', seconds: 1.5 }],
  ])('may be %s', (text, value) => {
    expect(readSlo(text)).toEqual({ ok: true, value });
  });

  test.each([
    'cpu < 0',
    'cpu < 101',
    'cpu < 80ms',
    'p95 < 500',
    'p95 < 0s',
    'p95 < 0ms',
    'p99 < 1s',
    'cpu > 80',
    '',
  ])('is not "%s"', (text) => {
    expect(readSlo(text)).toEqual({
      ok: false,
      problem: `found "${text}"; expected cpu < 80, from 0 to 100, or p95 < 500ms`,
    });
  });
});

describe('a rate', () => {
  test.each([
    ['45rps', 45],
    ['0.5/s', 0.5],
    ['12 msgps', 12],
    ['2700/min', 45],
    ['60rpm', 1],
  ])('may be %s', (text, value) => {
    expect(readRate(text)).toEqual({ ok: true, value });
  });

  test.each(['45', '0rps', '-1rps', 'rps', ''])('is not "%s"', (text) => {
    expect(readRate(text)).toEqual({
      ok: false,
      problem: `found "${text}"; expected a rate such as 45rps or 2700/min`,
    });
  });
});
