import { describe, expect, test } from '@jest/globals';
import { quote } from '#parse/configuration/describe-value.ts';
import { condition } from '#parse/configuration/words/when.ts';

const read = (text: string) => {
  const result = condition.read(text);
  return result.ok ? result.value : result.problem;
};

describe('a condition', () => {
  test('is read with the places of its parts', () => {
    expect(read('cpu > 70 for 3m of 5m')).toEqual({
      kind: 'condition',
      text: 'cpu > 70 for 3m of 5m',
      metric: { value: 'cpu', span: { start: 0, length: 3 } },
      comparison: '>',
      threshold: 70,
      hold: { value: 180, span: { start: 13, length: 2 } },
      window: { value: 300, span: { start: 19, length: 2 } },
    });
  });

  test('may leave out every duration', () => {
    expect(read('cpu > 70')).toEqual({
      kind: 'condition',
      text: 'cpu > 70',
      metric: { value: 'cpu', span: { start: 0, length: 3 } },
      comparison: '>',
      threshold: 70,
    });
  });

  test('keeps its own words with single spaces', () => {
    expect(read('  cpu   >70 \t for  5m ')).toMatchObject({
      text: 'cpu >70 for 5m',
      metric: { span: { start: 2, length: 3 } },
    });
  });

  test.each([
    ['cpu > 70', '>', 70],
    ['cpu>=70', '>=', 70],
    ['cpu < 0.5', '<', 0.5],
    ['cpu<=-3', '<=', -3],
    ['cpu > 1e6', '>', 1_000_000],
    ['cpu > 2.5E-3', '>', 0.0025],
    ['backlog-per-worker > 1', '>', 1],
    ['m5xx_rate > 1', '>', 1],
  ])('%j compares by %j with %d', (text, comparison, threshold) => {
    expect(read(text)).toMatchObject({ comparison, threshold });
  });

  test.each([
    // What stands where, what was expected there, and what was probably meant.
    ['cpu = 70', '=', 'a comparison: >, >=, < or <=', 'cpu >= 70'],
    ['cpu == 70 for 5m', '==', 'a comparison: >, >=, < or <=', 'cpu >= 70 for 5m'],
    ['cpu => 70', '=>', 'a comparison: >, >=, < or <=', 'cpu >= 70'],
    ['cpu =< 70', '=<', 'a comparison: >, >=, < or <=', 'cpu <= 70'],
    ['cpu ≥ 70', '≥', 'a comparison: >, >=, < or <=', 'cpu >= 70'],
    ['cpu ≤ 70', '≤', 'a comparison: >, >=, < or <=', 'cpu <= 70'],
    ['cpu != 70', '!=', 'a comparison: >, >=, < or <=', undefined],
    ['cpu >> 70', '>>', 'a comparison: >, >=, < or <=', undefined],
    ['cpu <> 70', '<>', 'a comparison: >, >=, < or <=', undefined],
    ['cpu above 70 for 5m', 'above', 'a comparison: >, >=, < or <=', 'cpu > 70 for 5m'],
    ['cpu is greater than 70', 'is', 'a comparison: >, >=, < or <=', 'cpu > 70'],
    ['cpu is at least 70', 'is', 'a comparison: >, >=, < or <=', 'cpu >= 70'],
    ['cpu at most 70', 'at', 'a comparison: >, >=, < or <=', 'cpu <= 70'],
    ['cpu below 30 for 10 min', 'below', 'a comparison: >, >=, < or <=', 'cpu < 30 for 10m'],
    ['cpu usage > 70', 'usage', 'a comparison: >, >=, < or <=', undefined],
    ['70 < cpu', '70', 'the name of a metric', 'cpu > 70'],
    ['70 >= cpu for 5m', '70', 'the name of a metric', 'cpu <= 70 for 5m'],
    ['> 70', '>', 'the name of a metric', undefined],
    ['5xx > 1', '5xx', 'the name of a metric', undefined],
    ['cpu.max > 1', 'cpu.max', 'the name of a metric', undefined],
    ['cpu > 70%', '70%', "a number in the metric's own unit", 'cpu > 70'],
    ['cpu > 70 %', '%', '"for" and a duration, or nothing more', 'cpu > 70'],
    ['latency > 500ms', '500ms', "a number in the metric's own unit", undefined],
    ['latency > 2s for 5m', '2s', "a number in the metric's own unit", 'latency > 2 for 5m'],
    ['backlog > 1,000', '1,000', "a number in the metric's own unit", 'backlog > 1000'],
    ['cpu > seventy', 'seventy', "a number in the metric's own unit", undefined],
    ['cpu > mem', 'mem', "a number in the metric's own unit", undefined],
    ['cpu > 70 during 5m', 'during', '"for" and a duration, or nothing more', 'cpu > 70 for 5m'],
    ['cpu > 70 5m', '5m', '"for" and a duration, or nothing more', 'cpu > 70 for 5m'],
    ['cpu > 70 For 5m', 'For', '"for" and a duration, or nothing more', 'cpu > 70 for 5m'],
    [
      'cpu > 70 for 5m out of 10m',
      'out',
      '"of" and a duration, or nothing more',
      'cpu > 70 for 5m of 10m',
    ],
    [
      'cpu > 70 for 5m, then add 2',
      '5m,',
      'a whole number with its unit: 90s, 5m, 1h or 2d',
      undefined,
    ],
    ['cpu > 70 for 5m of 10m of 1h', 'of', 'nothing more', undefined],
    ['cpu > 70 for 5m> 3', '5m', 'a duration such as 5m', undefined],
    ['cpu = 70 for 5 months', '=', 'a comparison: >, >=, < or <=', undefined],
  ])('%j cannot be read at %j', (text, word, expected, repaired) => {
    const problem = read(text);

    expect(problem).toEqual({
      code: 'bad-value',
      message: expect.any(String),
      expected,
      span: { start: expect.any(Number), length: word.length },
      ...(repaired === undefined ? {} : { suggestion: `did you mean "${repaired}"?` }),
    });
    const { start } = (problem as { span: { start: number } }).span;
    expect(text.slice(start, start + word.length)).toBe(word);
  });

  test.each(['1234567890123456', '0.1234567890123456', '1e100', `-${'1'.repeat(20_000)}`])(
    'says how many digits a threshold may have: %.20s…',
    (number) => {
      expect(condition.read(`cpu > ${number} for 5m`)).toMatchObject({
        ok: false,
        problem: {
          code: 'out-of-range',
          message: `found ${quote(number)}`,
          expected:
            "a number in the metric's own unit, of at most 15 digits before the point, 15 after it and 2 in its exponent",
          span: { start: 6, length: number.length },
        },
      });
    },
  );

  test.each([
    ['', '"" ends too early', 'the name of a metric'],
    ['cpu', '"cpu" ends too early', 'a comparison: >, >=, < or <='],
    ['cpu >', '"cpu >" ends too early', "a number in the metric's own unit"],
    ['cpu > 70 for', '"cpu > 70 for" ends too early', 'a duration such as 5m'],
    ['cpu > 70 for 5m of', '"cpu > 70 for 5m of" ends too early', 'a duration such as 5m'],
  ])('%j ends too early', (text, message, expected) => {
    expect(read(text)).toEqual({ code: 'bad-value', message, expected });
  });

  test.each([
    ['cpu > 70 for 5 minutes', '"5" is not a duration', 'cpu > 70 for 5m'],
    ['cpu > 70 for 5min of 1 hour', '"5min" is not a duration', 'cpu > 70 for 5m of 1h'],
    ['cpu > 70 for 1.5h', '"1.5h" is not a duration', 'cpu > 70 for 90m'],
    ['cpu > 70 for 5', '"5" is not a duration', 'cpu > 70 for 5m'],
    ['cpu > 70 for ever', '"ever" is not a duration', undefined],
  ])('%j has a bad duration', (text, message, repaired) => {
    expect(read(text)).toMatchObject({
      message,
      expected: 'a whole number with its unit: 90s, 5m, 1h or 2d',
    });
    expect((read(text) as { suggestion?: string }).suggestion).toBe(
      repaired && `did you mean "${repaired}"?`,
    );
  });

  test.each(['cpu > 70 and mem > 5', 'cpu > 70 OR mem > 5', 'cpu > 70 && mem > 5'])(
    '%j is two conditions',
    (text) => {
      expect(read(text)).toEqual({
        code: 'bad-value',
        message: 'found a second comparison',
        expected: 'one comparison in each rule',
        span: { start: 9, length: expect.any(Number) },
        suggestion: expect.stringContaining('write a second rule'),
      });
    },
  );

  test('is text', () => {
    expect(condition.read(70)).toMatchObject({
      ok: false,
      problem: { code: 'wrong-type', message: 'found the number 70' },
    });
  });
});
