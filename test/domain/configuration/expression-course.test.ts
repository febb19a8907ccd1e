import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compute, type Expression, FUNCTION_NAMES } from '#domain/configuration/expression.ts';
import { courseOf } from '#domain/configuration/expression-course.ts';
import { compile } from '#parse/configuration/formula/compile.ts';
import { runs } from '#test/support/runs.ts';

const parsed = (text: string): Expression => {
  const formula = compile(text);
  if (!formula.ok) throw new Error(`${text}: ${formula.problem.message}`);
  return formula.value.expression;
};

const VALUES = { growing: 'a', neverNegative: ['a', 'b', 'capacity'] };
const courseIn = (text: string) => courseOf(parsed(text), VALUES);

describe('the course of an expression while a value grows', () => {
  test.each([
    'a',
    'ceil(a / 50)',
    'a + b',
    'a - b',
    'b - (b - a)',
    '2 * a * b',
    'max(2, a / 10)',
    'min(a, 10)',
    'b > 3 ? a : capacity',
    'round(a / max(b, 1))',
    '-(-a)',
  ])('of %s is up or not known', (text) => {
    expect(['up', 'any']).toContain(courseIn(text));
  });

  test.each([
    { text: 'ceil(a / 50)', course: 'up' },
    { text: 'a + b * capacity', course: 'up' },
    { text: 'a * abs(b)', course: 'up' },
    { text: 'a * (b > 2 ? 1 : 0)', course: 'up' },
    { text: 'b > 3 ? a : capacity', course: 'up' },
    { text: 'b - a', course: 'down' },
    { text: '-a', course: 'down' },
    { text: '-(b - a)', course: 'up' },
    { text: 'b + capacity', course: 'same' },
    { text: '-b', course: 'same' },
    { text: 'abs(b)', course: 'same' },
    { text: 'b > 3 ? 1 : 2', course: 'same' },
    { text: 'a - a', course: 'any' },
    { text: 'abs(a)', course: 'any' },
    { text: 'abs(a - 1)', course: 'any' },
    { text: 'a * c', course: 'any' },
    { text: 'a * (b - 1)', course: 'any' },
    { text: 'a * -2', course: 'any' },
    { text: 'b / a', course: 'any' },
    { text: 'a / c', course: 'any' },
    { text: 'a / (capacity - 1)', course: 'any' },
    { text: 'a % 5', course: 'any' },
    { text: 'a > 5 ? 1 : 2', course: 'any' },
    { text: '!(a > 5) ? 1 : 2', course: 'any' },
    { text: '!(b > 5) ? a : 2', course: 'up' },
    { text: 'a * (!(b > 5) ? 1 : 2)', course: 'up' },
  ])('of $text is $course', ({ text, course }) => {
    expect(courseIn(text)).toBe(course);
  });

  const expressions: fc.Arbitrary<Expression> = fc.letrec<{ tree: Expression }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.integer({ min: -5, max: 5 }).map((value): Expression => ({ kind: 'number', value })),
      fc.constantFrom('a', 'b', 'c').map((name): Expression => ({ kind: 'name', name })),
      fc
        .constantFrom('-' as const, '!' as const)
        .chain((operator) =>
          tie('tree').map((of): Expression => ({ kind: 'unary', operator, of })),
        ),
      fc
        .tuple(
          fc.constantFrom('+' as const, '-' as const, '*' as const, '/' as const, '>' as const),
          tie('tree'),
          tie('tree'),
        )
        .map(([operator, left, right]): Expression => ({ kind: 'binary', operator, left, right })),
      fc.tuple(tie('tree'), tie('tree'), tie('tree')).map(
        ([condition, then, otherwise]): Expression => ({
          kind: 'if',
          condition,
          then,
          otherwise,
        }),
      ),
      fc
        .tuple(fc.constantFrom(...FUNCTION_NAMES), tie('tree'))
        .map(([name, only]): Expression => ({ kind: 'call', name, args: [only] })),
    ),
  })).tree;
  const amount = fc.integer({ min: 0, max: 20 });

  test('is never called up where it falls', () => {
    fc.assert(
      fc.property(
        fc.record({ expression: expressions, a: amount, more: amount, b: amount }),
        fc.integer({ min: -10, max: 10 }),
        ({ expression, a, more, b }, c) => {
          fc.pre(courseOf(expression, VALUES) === 'up');
          const less = compute(expression, { a, b, c });
          const larger = compute(expression, { a: a + more, b, c });
          // What is no number is no recommendation either.
          expect(larger >= less - 1e-9 || Number.isNaN(less) || Number.isNaN(larger)).toBe(true);
        },
      ),
      { numRuns: runs(300) },
    );
  });
});
