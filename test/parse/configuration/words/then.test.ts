import { describe, expect, test } from '@jest/globals';
import { quote } from '#parse/configuration/describe-value.ts';
import { adjustment } from '#parse/configuration/words/then.ts';

describe('an adjustment', () => {
  test.each([
    ['add 1', { kind: 'add', amount: 1, unit: 'capacity' }],
    ['add 2147483647', { kind: 'add', amount: 2_147_483_647, unit: 'capacity' }],
    ['add 0.5%', { kind: 'add', amount: 0.5, unit: 'percent' }],
    ['add 1000%', { kind: 'add', amount: 1_000, unit: 'percent' }],
    ['remove 3', { kind: 'remove', amount: 3, unit: 'capacity' }],
    ['remove 100%', { kind: 'remove', amount: 100, unit: 'percent' }],
    ['set 0', { kind: 'set', capacity: 0 }],
    ['  set   4 ', { kind: 'set', capacity: 4 }],
  ])('%j means %j', (text, value) => {
    expect(adjustment.read(text)).toEqual({ ok: true, value });
  });

  test.each([
    ['add 0', 'add with a whole number from 1 to 2147483647, of at most 10 digits'],
    ['add 2147483648', 'add with a whole number from 1 to 2147483647, of at most 10 digits'],
    ['add 12345678901', 'add with a whole number from 1 to 2147483647, of at most 10 digits'],
    ['add 00000000001', 'add with a whole number from 1 to 2147483647, of at most 10 digits'],
    ['remove 0', 'remove with a whole number from 1 to 2147483647, of at most 10 digits'],
    ...['add 0%', 'add 1000.1%', 'add 10000%', 'add 0.0001%', `add ${'9'.repeat(20_000)}%`].map(
      (text) => [
        text,
        'add with more than 0% and at most 1000%, with at most 3 digits after the point',
      ],
    ),
    ...['remove 100.1%', 'remove 10000%', 'remove 99.9999%'].map((text) => [
      text,
      'remove with more than 0% and at most 100%, with at most 3 digits after the point',
    ]),
    ...['set 2147483648', 'set 12345678901', `set ${'9'.repeat(20_000)}`].map((text) => [
      text,
      'set with a whole number from 0 to 2147483647, of at most 10 digits',
    ]),
  ])('%j is out of range', (text, expected) => {
    const message = `found ${quote(String(text))}`;
    expect(adjustment.read(text)).toEqual({
      ok: false,
      problem: { code: 'out-of-range', message, expected },
    });
  });

  test.each([
    ['increase by 2', 'increase', 'add, remove or set', 'add 2'],
    ['Add 2', 'Add', 'add, remove or set', 'add 2'],
    ['+2', '+2', 'add, remove or set', 'add 2'],
    ['-10%', '-10%', 'add, remove or set', 'remove 10%'],
    ['= 4', '=', 'add, remove or set', 'set 4'],
    ['scale out by 10 percent', 'scale', 'add, remove or set', 'add 10%'],
    ['decrease 1 instance', 'decrease', 'add, remove or set', 'remove 1'],
    ['scale-in 1', 'scale-in', 'add, remove or set', 'remove 1'],
    ['exactly 4', 'exactly', 'add, remove or set', 'set 4'],
    ['2', '2', 'add, remove or set', undefined],
    ['explode', 'explode', 'add, remove or set', undefined],
    ['add two', 'two', 'a whole number, or a percentage such as 10%', undefined],
    ['add 1.5', '1.5', 'a whole number, or a percentage such as 10%', undefined],
    ['add -1', '-1', 'a whole number, or a percentage such as 10%', undefined],
    ['add2', 'add2', 'add, remove or set', 'add 2'],
    ['add 2 instances', 'instances', 'nothing more', 'add 2'],
    ['add 10 %', '%', 'nothing more', 'add 10%'],
    ['set to 4', 'to', 'a whole number', 'set 4'],
    ['set 50%', '50%', 'a whole number', undefined],
    ['set 4 now', 'now', 'nothing more', undefined],
  ])('%j cannot be read at %j', (text, word, expected, repaired) => {
    expect(adjustment.read(text)).toEqual({
      ok: false,
      problem: {
        code: 'bad-value',
        message: `cannot read "${word}" in "${text}"`,
        expected,
        span: { start: text.indexOf(word), length: word.length },
        ...(repaired === undefined ? {} : { suggestion: `did you mean "${repaired}"?` }),
      },
    });
  });

  test.each(['', 'add', 'set '])('%j ends too early', (text) => {
    expect(adjustment.read(text)).toMatchObject({
      problem: { message: `"${text}" ends too early` },
    });
  });
});
