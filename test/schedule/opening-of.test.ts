import { describe, expect, test } from '@jest/globals';
import type { Window } from '#domain/configuration/schedule.ts';
import { openingOf } from '#schedule/opening-of.ts';

const OFFICE: Window = {
  kind: 'recurring',
  start: '0 8 * * MON-FRI',
  end: '0 18 * * MON-FRI',
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
    kind: 'recurring',
    start,
    end,
    timezone: 'Europe/Berlin',
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

describe('a window of which both ends fall into the hour that is left out', () => {
  const closed = { isOpen: false };

  test.each([
    {
      name: 'in Berlin, every night',
      window: { start: '0 2 * * *', end: '0 3 * * *', timezone: 'Europe/Berlin' },
      moments: ['2026-03-29T00:59:59Z', '2026-03-29T01:00:00Z', '2026-03-29T12:00:00Z'],
      next: '2026-03-30T00:00:00.000Z',
    },
    {
      name: 'in New York, every week',
      window: { start: '15 2 * * SUN', end: '45 2 * * SUN', timezone: 'America/New_York' },
      moments: ['2026-03-08T07:00:00Z', '2026-03-08T12:00:00Z', '2026-03-14T12:00:00Z'],
      next: '2026-03-15T06:15:00.000Z',
    },
    {
      name: 'in Santiago, where midnight is left out',
      window: { start: '0 0 * * *', end: '30 0 * * *', timezone: 'America/Santiago' },
      moments: ['2026-09-06T04:00:00Z', '2026-09-06T12:00:00Z'],
      next: '2026-09-07T03:00:00.000Z',
    },
    {
      name: 'on Lord Howe, where half an hour is left out',
      window: { start: '0 2 * * *', end: '30 2 * * *', timezone: 'Australia/Lord_Howe' },
      moments: ['2026-10-03T15:30:00Z', '2026-10-04T02:00:00Z'],
      next: '2026-10-04T15:00:00.000Z',
    },
  ])('$name, is not open that day', ({ window, moments, next }) => {
    const openings = moments.map((moment) => at({ kind: 'recurring', ...window }, moment));

    expect(openings).toEqual(moments.map(() => ({ ...closed, changesAt: Date.parse(next) })));
  });

  test('ends first and begins after that as it is written, and so stays open', () => {
    const window: Window = {
      kind: 'recurring',
      start: '30 2 * * *',
      end: '0 2 * * *',
      timezone: 'Europe/Berlin',
    };

    expect(at(window, '2026-03-28T12:00:00Z')).toEqual({
      isOpen: true,
      changesAt: Date.parse('2026-03-30T00:00:00Z'),
    });
    expect(at(window, '2026-03-29T01:00:00Z').isOpen).toBe(true);
  });
});

describe('ends that share a minute', () => {
  const window = (start: string, end: string): Window => ({
    kind: 'recurring',
    start,
    end,
    timezone: 'UTC',
  });

  test('end it: what begins every day and ends on Saturdays does not begin on Saturday', () => {
    const weekly = window('0 8 * * *', '0 8 * * SAT');

    expect(at(weekly, '2026-03-06T12:00:00Z')).toEqual({
      isOpen: true,
      changesAt: Date.parse('2026-03-07T08:00:00Z'),
    });
    expect(at(weekly, '2026-03-07T08:00:00Z')).toEqual({
      isOpen: false,
      changesAt: Date.parse('2026-03-08T08:00:00Z'),
    });
  });

  test('always leave a window without any length, which is never open and never changes', () => {
    expect(at(window('0 8 * * *', '0 8 * * *'), '2026-03-06T08:00:00Z')).toEqual({ isOpen: false });
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

  test.each([window.from, window.from - 1])(
    'and ends no later than it begins is never open',
    (to) => {
      const inverted: Window = { ...window, to };

      const moments = [to - 1, to, window.from, window.from + 1];
      expect(moments.map((moment) => openingOf(inverted, moment))).toEqual(
        moments.map(() => ({ isOpen: false })),
      );
    },
  );
});

test('a window that never began is closed, and one whose end never comes stays open', () => {
  const leap = '0 0 29 2 *';
  const never: Window = { ...OFFICE, start: '0 0 31 12 *', end: leap };
  expect(at(never, '2026-06-01T00:00:00Z').isOpen).toBe(true);
});
