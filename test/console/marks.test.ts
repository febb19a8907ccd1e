import { describe, expect, test } from '@jest/globals';
import { countKinds, EVERYTHING, filterMarks, toggleKind } from '#console/page/filter-marks.ts';
import { kindOfMark } from '#console/page/mark-kinds.ts';
import { placeMarks } from '#console/page/place-marks.ts';
import { stepMarks, tabStopIn } from '#console/page/step-marks.ts';
import { minutes, NOON } from '#test/support/builders.ts';
import { aChart, aGroup, aHold, aMark } from './a-page.ts';

describe('the kind of a mark', () => {
  test.each([
    { kind: 'scaled', change: { from: 4, to: 6 }, is: 'out' },
    { kind: 'scaled', change: { from: 6, to: 4 }, is: 'in' },
    { kind: 'replaced', is: 'replaced' },
    { kind: 'held', is: 'held' },
    { kind: 'at-max', is: 'at-max' },
    { kind: 'planned', is: 'planned' },
  ] as const)('of a decision $kind with the change $change is $is', ({ is, ...mark }) => {
    expect(kindOfMark(mark)).toBe(is);
  });
});

describe('the filter', () => {
  const marks = [aMark(), aHold(), aHold({ id: 'web-3', reason: 'Warm' })];
  const idsFor = (filter: Parameters<typeof filterMarks>[1]): readonly string[] =>
    filterMarks(marks, filter).map(({ id }) => id);

  test.each([
    { filter: EVERYTHING, ids: ['web-1', 'web-2', 'web-3'] },
    { filter: { without: ['held'], words: '' }, ids: ['web-1'] },
    { filter: { without: [], words: 'COOLDOWN web-2' }, ids: ['web-2'] },
    { filter: { without: [], words: ' coolingdown ' }, ids: ['web-2'] },
    { filter: { without: [], words: 'cooldown cpu-high' }, ids: [] },
  ] as const)('$filter lets $ids through', ({ filter, ids }) => {
    expect(idsFor(filter)).toEqual(ids);
  });

  test('counts the kinds that there are, in the order in which they are shown', () => {
    expect(countKinds(marks.toReversed())).toEqual([
      { kind: 'out', count: 1 },
      { kind: 'held', count: 2 },
    ]);
  });

  test('leaves a kind out at the first press and lets it through again at the second', () => {
    const once = toggleKind(EVERYTHING, 'held');

    expect([once, toggleKind(once, 'held')]).toEqual([
      { without: ['held'], words: '' },
      EVERYTHING,
    ]);
  });
});

describe('a key at a mark', () => {
  const marks = Array.from({ length: 30 }, (_, place) => aMark({ id: `web-${place}` }));

  test.each([
    { key: 'ArrowRight', from: 5, to: 6 },
    { key: 'ArrowLeft', from: 5, to: 4 },
    { key: 'PageDown', from: 5, to: 15 },
    { key: 'PageDown', from: 25, to: 29 },
    { key: 'PageUp', from: 5, to: 0 },
    { key: 'Home', from: 5, to: 0 },
    { key: 'End', from: 5, to: 29 },
  ])('$key leads from $from to $to', ({ key, from, to }) => {
    expect(stepMarks(marks, `web-${from}`, key)?.id).toBe(`web-${to}`);
  });

  test.each([
    { key: 'ArrowLeft', from: 0 },
    { key: 'ArrowRight', from: 29 },
    { key: 'a', from: 5 },
  ])('$key leads nowhere from $from', ({ key, from }) => {
    expect(stepMarks(marks, `web-${from}`, key)).toBeUndefined();
  });

  test('Tab leads to the mark that was visited last, and first to the newest', () => {
    expect(['web-3', 'gone', undefined].map((id) => tabStopIn(marks, id))).toEqual([
      'web-3',
      'web-29',
      'web-29',
    ]);
    expect(tabStopIn([], undefined)).toBeUndefined();
  });
});

describe('the place of a mark', () => {
  const { times } = aGroup();
  const window = { from: NOON, to: NOON + minutes(4) };
  const frame = { left: 50, top: 10, width: 400, height: 100, lowest: 0, highest: 10 };
  const placesOf = (...marks: Parameters<typeof placeMarks>[0]) =>
    placeMarks(marks, { times, chart: aChart(), window, frame }).map(({ x, y }) => [x, y]);

  test('is the capacity that a change made, and the wanted capacity of its time for all others', () => {
    const change = aMark({ at: NOON + minutes(1), change: { from: 4, to: 6 } });
    const hold = aHold({ at: NOON + minutes(3) });

    expect(placesOf(change, hold)).toEqual([
      [150, 50],
      [350, 30],
    ]);
  });

  test('is none outside of the window; its edges are inside', () => {
    const at = [-1, 0, minutes(4), minutes(4) + 1].map((ms) => aHold({ at: NOON + ms }));

    expect(placesOf(...at).map(([x]) => x)).toEqual([50, 450]);
  });
});
