import { describe, expect, test } from '@jest/globals';
import { recommend } from '#domain/capacity/recommend.ts';
import { compute } from '#domain/configuration/expression.ts';
import type { ExpressionRule } from '#domain/configuration/rule.ts';
import { aGroup, anObservation } from '#test/support/builders.ts';
import { expressionOf } from '#test/support/expression-of.ts';
import { CPU, reading } from '#test/support/readings.ts';

const rule = (text: string, overrides: Partial<ExpressionRule> = {}): ExpressionRule => ({
  kind: 'expression',
  name: 'queue',
  text,
  expression: expressionOf(text),
  metrics: ['backlog'],
  onMissing: 'hold',
  ...overrides,
});

const observe = (backlog: number) =>
  anObservation({
    group: aGroup({ metrics: { backlog: CPU } }),
    readings: { backlog: reading(backlog) },
  });

describe('a rule that computes', () => {
  test.each([
    { text: 'ceil(backlog / 50)', backlog: 120, wants: 3 },
    { text: 'backlog / 50', backlog: 120, wants: 3 },
    { text: 'backlog / 50', backlog: 100, wants: 2 },
    { text: 'capacity + 1', backlog: 0, wants: 5 },
    { text: 'capacity - backlog', backlog: 9, wants: 0 },
    { text: 'backlog > 100 ? 8 : 4', backlog: 101, wants: 8 },
    { text: 'backlog > 100 ? 8 : 4', backlog: 100, wants: 4 },
    { text: '100 * 1.1', backlog: 0, wants: 110 },
  ])('$text wants $wants', ({ text, backlog, wants }) => {
    expect(recommend(rule(text), observe(backlog))).toMatchObject({
      reason: 'Computed',
      capacity: wants,
    });
  });

  test('says what went in and what came out', () => {
    expect(recommend(rule('ceil(backlog / 50)'), observe(120)).detail).toBe(
      'ceil(backlog / 50) is 3 with capacity 4, backlog 120',
    );
  });

  test.each(['backlog / 0', '0 / 0', '-1 / 0'])('is blind when %s is not finite', (text) => {
    expect(recommend(rule(text), observe(1))).toEqual({
      kind: 'blind',
      rule: 'queue',
      reason: 'MissingData',
      blocksScaleIn: true,
      detail: `${text} is not a finite number with capacity 4, backlog 1`,
    });
  });

  test('is blind without data of any metric that it names', () => {
    expect(recommend(rule('backlog'), { ...observe(1), readings: {} })).toMatchObject({
      kind: 'blind',
      detail: 'backlog has no data',
    });
  });
});

describe('an expression', () => {
  test.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['7 / 2', 3.5],
    ['7 % 4', 3],
    ['-a + 1', -2],
    ['a - 1', 2],
    ['min(a, 2, 5)', 2],
    ['max(a, 2)', 3],
    ['abs(-4)', 4],
    ['floor(2.9) + ceil(2.1) + round(2.5)', 8],
    ['a >= 3 && a <= 3 ? 1 : 0', 1],
    ['a < 3 || a > 3 ? 1 : 0', 0],
    ['a == 3 ? 1 : 0', 1],
    ['a != 3 ? 1 : 0', 0],
    ['!(a > 1) ? 1 : 0', 0],
    ['true ? 1 : 2', 1],
    ['a > 1 ? a > 2 ? 10 : 20 : 30', 10],
    ['false || a > 1 ? 1 : 0', 1],
    ['a > 5 && a > 1 ? 1 : 0', 0],
  ])('%s is %d', (text, expected) => {
    expect(compute(expressionOf(text), { a: 3 })).toBe(expected);
  });

  test('with a name that has no value is no number', () => {
    expect(compute(expressionOf('b + 1'), { a: 3 })).toBeNaN();
  });
});
