import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formula } from '#parse/configuration/words/formula.ts';
import { runs } from '#test/support/runs.ts';

const problemOf = (value: unknown) => {
  const result = formula.read(value);
  if (result.ok) throw new Error(`${String(value)} was read`);
  const { message, expected, suggestion, span } = result.problem;
  const at = span && String(value).slice(span.start, span.start + span.length);
  return [message, expected, suggestion, at].filter((part) => part !== undefined).join(' | ');
};

describe('an expression', () => {
  test('keeps its text and knows the names that it uses, with their places', () => {
    expect(formula.read(' max(a, b) + a ')).toMatchObject({
      ok: true,
      value: {
        text: 'max(a, b) + a',
        names: [
          { name: 'a', span: { start: 5, length: 1 } },
          { name: 'b', span: { start: 8, length: 1 } },
          { name: 'a', span: { start: 13, length: 1 } },
        ],
      },
    });
  });

  test.each([
    ['a +', 'Unexpected token: the end of the text'],
    ['a b', "Unexpected character: 'b'"],
    ['', 'found an empty text | 1 to 2000 characters'],
    ['x'.repeat(2_001), '1 to 2000 characters'],
    [7, 'found the number 7'],
    ['a > 1', 'it is true or false | a number, such as cpu > 70 ? 6 : 4'],
    ['a ? 1 : 2', '"a" is a number | true or false | a'],
    ['1 + (a > 1)', '"a > 1" is true or false | a number | a > 1'],
    ['!a', '"a" is a number | true or false'],
    ['-(a > 1)', '"a > 1" is true or false | a number'],
    ['a > 1 ? 2 : a > 2', '"a > 2" is true or false | a number | a > 2'],
    ['a && true', '"a" is a number | true or false'],
    ['"text"', 'found "text" | a number | "text"'],
    ['[1, 2]', 'found [1, 2] | numbers, metrics, + - * / %, comparisons, ? : | [1, 2]'],
    ['a.b', 'found a.b | numbers'],
    ['a in [1]', 'found a in [1]'],
    ['1u', 'found 1u | a number'],
    ['cieling(a)', 'no function is named "cieling" | one of abs, ceil, floor, round, min, max'],
    ['ciel(a)', 'did you mean "ceil"?'],
    ['ceil()', 'ceil has 0 arguments | one argument | ceil()'],
    ['ceil(1, 2)', 'ceil has 2 arguments | one argument'],
    ['max()', 'max has 0 arguments | one argument or more'],
    ['a.matches("x")', 'found a.matches("x")'],
    [`${'('.repeat(40)}1${')'.repeat(40)}`, 'Exceeded maxDepth'],
  ])('%s is refused', (value, words) => {
    expect(problemOf(value)).toContain(words);
  });

  test('of any characters is read or refused, and nothing else', () => {
    const part = fc.constantFrom(
      'a',
      '1',
      '+',
      '(',
      ')',
      '"',
      '?',
      ':',
      'ceil',
      '.',
      '[',
      ' ',
      '!',
      '{',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(part).map((parts) => parts.join('')),
        ),
        (text) => {
          expect(formula.read(text)).toHaveProperty('ok');
        },
      ),
      { numRuns: runs(500) },
    );
  });

  test('that is far too large is refused by its nodes', () => {
    expect(problemOf(Array.from({ length: 300 }, () => '1').join('+'))).toMatch(/node|depth/i);
  });
});
