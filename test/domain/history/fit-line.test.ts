import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fitLine, type XY } from '#domain/history/fit-line.ts';

const line = (count: number, y: (x: number) => number): XY[] =>
  Array.from({ length: count }, (_, x) => [x, y(x)]);

describe('the line of Theil and Sen', () => {
  test('is the line itself where the points lie on one', () => {
    expect(fitLine(line(10, (x) => 3 + 2 * x))).toEqual({
      slope: 2,
      intercept: 3,
      residual: 0,
      explained: 1,
    });
  });

  test('does not move when a quarter of the points is anything at all', () => {
    const points = line(100, (x) => (x % 4 === 0 ? 1_000 : 3 + 2 * x));
    const fitted = fitLine(points);

    expect(fitted?.slope).toBeCloseTo(2, 6);
    expect(fitted?.intercept).toBeCloseTo(3, 6);
  });

  test('explains nothing of a level, and nothing of noise', () => {
    expect(fitLine(line(10, () => 7))).toMatchObject({ slope: 0, explained: 0 });
    const noise = fitLine(line(200, (x) => ((x * 7_919) % 101) - 50));
    expect(noise?.explained).toBeLessThan(0.1);
  });

  test('is none where no two points differ in x', () => {
    expect(fitLine([])).toBeUndefined();
    expect(fitLine([[1, 1]])).toBeUndefined();
    expect(
      fitLine([
        [1, 1],
        [1, 9],
      ]),
    ).toBeUndefined();
  });

  test('takes evenly spaced points of very many', () => {
    const fitted = fitLine(line(20_000, (x) => 5 + 0.5 * x));

    expect(fitted).toEqual({ slope: 0.5, intercept: 5, residual: 0, explained: 1 });
  });

  test('is the same whatever the order of the points', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 100 })), {
          maxLength: 30,
        }),
        (points) => {
          expect(fitLine([...points].reverse())).toEqual(fitLine(points));
        },
      ),
    );
  });
});
