import { describe, expect, test } from '@jest/globals';
import {
  capacityAtMost,
  capacityKept,
  capacityReached,
  changes,
  comesBack,
  servesAgain,
} from './capacity.ts';
import { type Course, NOTHING, type Sent } from './course.ts';
import { told } from './messages.ts';
import { nobodyTakenOut, outOfService, replaced } from './removals.ts';
import { failedShare, percentile, slowest } from './requests.ts';
import { judge, type Threshold } from './threshold.ts';

const verdictOf = (threshold: Threshold, seen: Partial<Course>) =>
  threshold.judge({ ...NOTHING, ...seen });

/** So many answers, one each 100 ms, of which the first ones fail. */
const answers = (count: number, failed: number, status = 503): readonly Sent[] =>
  Array.from({ length: count }, (_, index) => ({
    at: index * 100,
    ms: index + 1,
    status: index < failed ? status : 200,
  }));

/** A look each second, by the desired capacity, the instances that serve, and those that fail. */
const looks = (...seen: readonly (readonly [number, number])[]) =>
  seen.map(([desired, healthy], index) => ({ at: index * 1_000, desired, healthy, unhealthy: 0 }));

describe('the share of failed requests', () => {
  const most = failedShare({ atMost: 2, fromSeconds: 0 });

  test.each([
    { failed: 2, passed: true, found: '2 of 100, 2.00 %' },
    { failed: 3, passed: false, found: '3 of 100, 3.00 %' },
  ])('may be as large as it is said to be: $found', ({ failed, ...expected }) => {
    expect(verdictOf(most, { requests: answers(100, failed) })).toEqual(expected);
  });

  test.each([
    { status: 0, counts: true },
    { status: 499, counts: false },
    { status: 500, counts: true },
  ])('counts the status $status: $counts', ({ status, counts }) => {
    const { found } = verdictOf(most, { requests: answers(4, 1, status) });

    expect(found).toBe(counts ? '1 of 4, 25.00 %' : '0 of 4, 0.00 %');
  });

  test.each([
    { fromSeconds: 0, untilSeconds: 1, found: '5 of 10, 50.00 %' },
    { fromSeconds: 1, untilSeconds: 2, found: '0 of 10, 0.00 %' },
  ])('is that of a stretch, from its first to before its last second', ({ found, ...stretch }) => {
    const threshold = failedShare({ atMost: 0, ...stretch });

    expect(verdictOf(threshold, { requests: answers(20, 5) }).found).toBe(found);
  });

  test('is not met by a stretch without requests', () => {
    expect(verdictOf(most, {})).toEqual({ passed: false, found: 'no request was answered' });
  });
});

describe('the 95th percentile', () => {
  test.each([
    { values: [7], expected: 7 },
    { values: [3, 1, 2], expected: 3 },
    { values: Array.from({ length: 100 }, (_, index) => index + 1), expected: 95 },
    { values: Array.from({ length: 101 }, (_, index) => index + 1), expected: 96 },
  ])('is a value that was seen: $expected', ({ values, expected }) => {
    expect(percentile(values, 95)).toBe(expected);
  });

  test.each([
    { atMostMs: 95, passed: true },
    { atMostMs: 94, passed: false },
  ])('may be as large as it is said to be', ({ atMostMs, passed }) => {
    const threshold = slowest({ atMostMs, fromSeconds: 0 });

    expect(verdictOf(threshold, { requests: answers(100, 0) })).toEqual({ passed, found: '95 ms' });
  });

  test('leaves failed requests out, which are quick', () => {
    const threshold = slowest({ atMostMs: 10, fromSeconds: 0 });

    expect(verdictOf(threshold, { requests: answers(3, 2) }).found).toBe('3 ms');
    expect(verdictOf(threshold, { requests: answers(3, 3) }).passed).toBe(false);
  });
});

describe('capacity', () => {
  test.each([
    { bySeconds: 2, passed: true, found: 'at 2 s' },
    { bySeconds: 1, passed: false, found: 'at 2 s' },
  ])(
    'is reached when instances serve, not when they are asked for',
    ({ bySeconds, ...expected }) => {
      const threshold = capacityReached({ atLeast: 4, bySeconds });

      expect(verdictOf(threshold, { looks: looks([2, 2], [4, 2], [4, 4]) })).toEqual(expected);
    },
  );

  test('is not reached by fewer', () => {
    const threshold = capacityReached({ atLeast: 5, bySeconds: 9 });

    expect(verdictOf(threshold, { looks: looks([4, 4]) })).toEqual({
      passed: false,
      found: 'at most 4 served',
    });
  });

  test.each([
    { title: 'again', seen: looks([3, 3], [3, 2], [3, 3]), passed: true, found: 'at 2 s' },
    {
      title: 'too late',
      seen: looks([3, 3], [3, 2], [3, 2], [3, 3]),
      passed: false,
      found: 'at 3 s',
    },
    { title: 'never', seen: looks([3, 3], [3, 2]), passed: false, found: '2 serve at the end' },
  ])('serves $title', ({ seen, passed, found }) => {
    const threshold = servesAgain({ instances: 3, withinSeconds: 2, afterSeconds: 0 });

    expect(verdictOf(threshold, { looks: seen })).toEqual({ passed, found });
  });

  test('grows in steps, of which removals are none', () => {
    const seen = looks([2, 2], [3, 2], [3, 3], [5, 3], [4, 3]);

    expect(verdictOf(changes({ atLeast: 2 }), { looks: seen })).toEqual({
      passed: true,
      found: '2 → 3 → 5 → 4',
    });
    expect(verdictOf(changes({ atLeast: 3 }), { looks: seen }).passed).toBe(false);
  });

  test.each([
    { title: 'after it was more', seen: looks([2, 2], [6, 6], [3, 3]), passed: true },
    { title: 'not when it was never more', seen: looks([2, 2], [3, 3]), passed: false },
    { title: 'not when it is still more', seen: looks([2, 2], [6, 6], [4, 4]), passed: false },
  ])('comes back $title', ({ seen, passed }) => {
    expect(verdictOf(comesBack({ atMost: 3 }), { looks: seen }).passed).toBe(passed);
  });

  test.each([
    { seen: looks([3, 3], [3, 2]), passed: true },
    { seen: looks([3, 3], [4, 3]), passed: false },
    { seen: [], passed: false },
  ])('is kept, or not: $passed', ({ seen, passed }) => {
    expect(verdictOf(capacityKept(3), { looks: seen }).passed).toBe(passed);
  });

  test.each([
    { seen: looks([2, 2], [5, 2]), passed: true },
    { seen: looks([2, 2], [6, 2], [5, 2]), passed: false },
    { seen: [], passed: false },
  ])('is never more than asked for, or once: $passed', ({ seen, passed }) => {
    expect(verdictOf(capacityAtMost(5), { looks: seen }).passed).toBe(passed);
  });
});

describe('removals', () => {
  const removal = (id: string, at: number) => [
    { at: at - 100, call: 'DeregisterTargets' as const, id },
    { at, call: 'SetInstanceHealth' as const, id },
  ];

  test('are none when Tidegate took nobody out', () => {
    expect(verdictOf(nobodyTakenOut(), {})).toEqual({ passed: true, found: 'nobody' });
    expect(verdictOf(nobodyTakenOut(), { removals: removal('i-1', 5) })).toEqual({
      passed: false,
      found: 'i-1',
    });
  });

  test.each([
    { title: 'one in time', removals: removal('i-1', 3_000), passed: true, found: 'i-1 at 3 s' },
    { title: 'one too late', removals: removal('i-1', 3_001), passed: false, found: 'i-1 at 3 s' },
    { title: 'nobody', removals: [], passed: false, found: 'nobody' },
    {
      title: 'two',
      removals: [...removal('i-1', 1_000), ...removal('i-2', 2_000)],
      passed: false,
      found: 'i-1,i-2 at 2 s',
    },
  ])('replace $title', ({ removals, passed, found }) => {
    expect(verdictOf(replaced({ count: 1, bySeconds: 3 }), { removals })).toEqual({
      passed,
      found,
    });
  });

  test.each([
    { toStruck: [1_000, 8_000], passed: true, found: 'the last one after 3.0 s' },
    { toStruck: [1_000, 8_001], passed: false, found: 'the last one after 3.0 s' },
    { toStruck: [], passed: false, found: 'it never got any' },
  ])('end what a sick instance gets: $found, $passed', ({ toStruck, passed, found }) => {
    const threshold = outOfService({ withinSeconds: 3, afterSeconds: 5 });

    expect(verdictOf(threshold, { toStruck })).toEqual({ passed, found });
  });
});

describe('messages', () => {
  const messages = [
    { at: 0, text: 'web', body: 'web scaled out from 2 to 4' },
    { at: 1, text: 'web is blocked', body: 'the cause is common' },
  ];

  test.each([
    { about: 'scaled', atLeast: 1, atMost: 1, passed: true },
    { about: 'a common cause', atLeast: 1, atMost: 1, passed: true },
    { about: 'replaced', atLeast: 1, atMost: 1, passed: false },
    { about: 'scaled', atLeast: 0, atMost: 0, passed: false },
  ] as const)('about $about, from $atLeast to $atMost: $passed', ({ passed, ...wanted }) => {
    expect(verdictOf(told(wanted), { messages }).passed).toBe(passed);
  });

  test('are named by their number', () => {
    expect(told({ about: 'replaced', atLeast: 1, atMost: 1 }).claim).toBe(
      'people get 1 message about what was replaced',
    );
    expect(told({ about: 'a common cause', atLeast: 1, atMost: 3 }).claim).toBe(
      'people get 1 to 3 messages about a common cause',
    );
  });
});

test('a course is judged by every threshold, in their order', () => {
  expect(judge([capacityKept(2), nobodyTakenOut()], { ...NOTHING, looks: looks([2, 2]) })).toEqual([
    { claim: 'the desired capacity stays at 2', passed: true, found: '2' },
    { claim: 'Tidegate replaces nobody', passed: true, found: 'nobody' },
  ]);
});
