import { describe, expect, test } from '@jest/globals';
import type { Window } from '../../shared/domain/schedule.ts';
import { openingOf } from '../../shared/schedule/opening-of.ts';

const OFFICE: Window = {
  ...{ kind: 'recurring', start: '0 8 * * MON-FRI', end: '0 18 * * MON-FRI' },
  timezone: 'Europe/Berlin',
};

const at = (window: Window, moment: string) => openingOf(window, Date.parse(moment));
const isoOf = (instant: number | undefined): string | undefined =>
  instant === undefined ? undefined : new Date(instant).toISOString();

describe('office hours in Berlin', () => {
  test.each([
    // Winter: an hour ahead of UTC.
    { moment: '2026-03-02T06:59:59.999Z', isOpen: false, next: '2026-03-02T07:00:00.000Z' },
    { moment: '2026-03-02T07:00:00Z', isOpen: true, next: '2026-03-02T17:00:00.000Z' },
    { moment: '2026-03-02T16:59:59.999Z', isOpen: true, next: '2026-03-02T17:00:00.000Z' },
    { moment: '2026-03-02T17:00:00Z', isOpen: false, next: '2026-03-03T07:00:00.000Z' },
    // The weekend, over which the clocks change.
    { moment: '2026-03-28T12:00:00Z', isOpen: false, next: '2026-03-30T06:00:00.000Z' },
    { moment: '2026-03-30T06:00:00Z', isOpen: true, next: '2026-03-30T16:00:00.000Z' },
    { moment: '2026-10-26T06:30:00Z', isOpen: false, next: '2026-10-26T07:00:00.000Z' },
  ])('at $moment: $isOpen', ({ moment, isOpen, next }) => {
    const opening = at(OFFICE, moment);

    expect({ isOpen: opening.isOpen, next: isoOf(opening.changesAt) }).toEqual({ isOpen, next });
  });
});

describe('a night in which the clocks change', () => {
  const night = (start: string, end: string): Window => ({
    ...{ kind: 'recurring', start, end, timezone: 'Europe/Berlin' },
  });

  test('in spring, what should begin in the gap begins when it is over', () => {
    const window = night('30 2 * * *', '0 5 * * *');
    expect(at(window, '2026-03-29T00:59:00Z').isOpen).toBe(false);
    expect(at(window, '2026-03-29T01:30:00Z').isOpen).toBe(true);
    expect(at(window, '2026-03-29T03:00:00Z').isOpen).toBe(false);
  });

  test('in autumn, what comes twice begins once and lasts', () => {
    const window = night('30 2 * * *', '0 5 * * *');
    expect(at(window, '2026-10-25T00:29:00Z').isOpen).toBe(false);
    expect(at(window, '2026-10-25T00:30:00Z').isOpen).toBe(true);
    expect(at(window, '2026-10-25T01:45:00Z').isOpen).toBe(true);
    expect(at(window, '2026-10-25T04:00:00Z').isOpen).toBe(false);
  });

  test('one that spans midnight is open on both sides of it', () => {
    const window = night('0 22 * * *', '0 6 * * *');
    expect(at(window, '2026-03-02T22:30:00Z').isOpen).toBe(true);
    expect(at(window, '2026-03-03T04:59:00Z').isOpen).toBe(true);
    expect(at(window, '2026-03-03T05:00:00Z').isOpen).toBe(false);
  });
});

describe('a window that is open once', () => {
  const window: Window = {
    kind: 'once',
    from: Date.parse('2026-11-27T07:00:00Z'),
    to: Date.parse('2026-11-30T19:00:00Z'),
  };

  test.each([
    { moment: '2026-11-27T06:59:59Z', isOpen: false, next: '2026-11-27T07:00:00.000Z' },
    { moment: '2026-11-27T07:00:00Z', isOpen: true, next: '2026-11-30T19:00:00.000Z' },
    { moment: '2026-11-30T19:00:00Z', isOpen: false, next: undefined },
  ])('at $moment: $isOpen', ({ moment, isOpen, next }) => {
    const opening = at(window, moment);

    expect({ isOpen: opening.isOpen, next: isoOf(opening.changesAt) }).toEqual({ isOpen, next });
  });
});

test('a window that never began is closed, and one whose end never comes stays open', () => {
  const leap = '0 0 29 2 *';
  const never: Window = { ...OFFICE, start: '0 0 31 12 *', end: leap };
  expect(at(never, '2026-06-01T00:00:00Z').isOpen).toBe(true);
});
