import { describe, expect, test } from '@jest/globals';
import type { Line } from '#console/page/data.ts';
import { bandText, poolNumbers } from '#console/page/pool-text.ts';
import { stackBands } from '#console/page/stack-bands.ts';
import { minutes, NOON } from '#test/support/builders.ts';

describe('the warm pool of a group', () => {
  test.each([
    {
      title: 'wants what its limit leaves beside the desired capacity, and refills what it lacks',
      desired: 4,
      pool: { ready: 2, warming: 1, limit: 9 },
      numbers: { wanted: 5, ready: 2, starting: 1, refilling: 2 },
    },
    {
      title: 'refills nothing while it has more than it wants',
      desired: 8,
      pool: { ready: 3, warming: 0, limit: 9 },
      numbers: { wanted: 1, ready: 3, starting: 0, refilling: 0 },
    },
    {
      title: 'wants nothing once the group is as large as its limit',
      desired: 10,
      pool: { ready: 0, warming: 0, limit: 9 },
      numbers: { wanted: 0, ready: 0, starting: 0, refilling: 0 },
    },
    {
      title: 'has no number that it wants without a limit',
      desired: 4,
      pool: { ready: 1, warming: 2 },
      numbers: { ready: 1, starting: 2 },
    },
  ])('$title', ({ desired, pool, numbers }) => {
    expect(poolNumbers({ desired, pool })).toEqual(numbers);
  });

  test('has no numbers where there is none, or it was not read', () => {
    expect(poolNumbers({ desired: 4 })).toBeUndefined();
  });
});

const line = (style: Line['style'], ...values: readonly (number | null)[]): Line => ({
  name: style === 'band' ? 'ready in the pool' : 'serving',
  style,
  values,
});

describe('a band', () => {
  test('is drawn on the line before it, and has a gap where one of both has', () => {
    const lines = [line('step', 4, 5, null, 5), line('band', 2, 1, 1, null)];

    expect(stackBands(lines).map(({ values }) => values)).toEqual([
      [4, 5, null, 5],
      [6, 6, null, null],
    ]);
  });

  test('without a line before it, and every other line, stay as they are', () => {
    const lines = [line('band', 2, 1), line('step', 4, 5), line('area', 1, 1)];

    expect(stackBands(lines)).toEqual(lines);
  });

  test('is told in words: its newest value, and its range in the time shown', () => {
    const times = [0, 1, 2, 3].map((minute) => NOON + minutes(minute));
    const lines = [line('step', 4, 5, 5, 5), line('band', 9, 1, null, 3)];
    const from = (minute: number) => ({ from: NOON + minutes(minute), to: NOON + minutes(3) });

    expect(bandText({ lines }, times, from(0))).toBe(
      'ready in the pool: 3 at last, from 1 to 9 in the time shown',
    );
    expect(bandText({ lines }, times, from(1))).toBe(
      'ready in the pool: 3 at last, from 1 to 3 in the time shown',
    );
    expect(bandText({ lines }, times, { from: NOON + minutes(2), to: NOON + minutes(2) })).toBe(
      'ready in the pool: no data in the time shown',
    );
    expect(bandText({ lines: lines.slice(0, 1) }, times, from(0))).toBeUndefined();
  });
});
