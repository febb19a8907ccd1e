import { describe, expect, test } from '@jest/globals';
import {
  dueBy,
  SHAPES,
  type Shape,
  type Stage,
  stagesOf,
  totalOf,
} from '#cli/drill/load/shapes.ts';

/** Seconds, and the rates at the begin and at the end, as people would write them. */
const asText = ({ seconds, from, to }: Stage): string =>
  `${Number(seconds.toFixed(3))} s from ${Number(from.toFixed(3))} to ${Number(to.toFixed(3))}`;

test.each<[Shape, readonly string[]]>([
  ['gradual', ['10 s from 3 to 3', '60 s from 3 to 9', '20 s from 9 to 9', '10 s from 9 to 3']],
  ['spike', ['20 s from 2.25 to 2.25', '60 s from 9 to 9', '20 s from 2.25 to 2.25']],
  ['sustained', ['10 s from 0 to 9', '90 s from 9 to 9']],
])('a load of 9 requests a second over 100 s that is %s has these stages', (shape, expected) => {
  expect(stagesOf(shape, 9, 100).map(asText)).toEqual(expected);
});

test.each(Object.keys(SHAPES) as Shape[])('%s lasts as long as it was asked to', (shape) => {
  const lasts = stagesOf(shape, 7, 333).reduce((sum, { seconds }) => sum + seconds, 0);

  expect(lasts).toBeCloseTo(333);
});

describe('requests are due by the clock', () => {
  const ramp: readonly Stage[] = [
    { seconds: 10, from: 0, to: 10 },
    { seconds: 5, from: 10, to: 10 },
  ];

  test.each([
    { ms: 0, due: 0 },
    { ms: 1_413, due: 0 },
    { ms: 1_415, due: 1 },
    { ms: 10_000, due: 50 },
    { ms: 10_099, due: 50 },
    { ms: 10_100, due: 51 },
    { ms: 15_000, due: 100 },
    { ms: 99_000, due: 100 },
  ])('$due after $ms ms of a rise from 0 to 10 and a stay', ({ ms, due }) => {
    expect(dueBy(ramp, ms)).toBe(due);
  });

  test.each<[Shape, number]>([
    ['gradual', 700],
    ['spike', 700],
    ['sustained', 950],
  ])('%s of 10 a second over 100 s comes to %d', (shape, total) => {
    expect(totalOf(stagesOf(shape, 10, 100))).toBe(total);
  });
});
