import { describe, expect, test } from '@jest/globals';
import { instantOf, readClock } from '#domain/time/local-clock.ts';

const shownIn = (zone: string, moment: string): string =>
  new Date(readClock(zone, Date.parse(moment))).toISOString();

describe('the clock that schedules read', () => {
  test.each([
    { name: 'in winter', moment: '2026-01-01T12:00:00.500Z', shows: '2026-01-01T13:00:00.500Z' },
    { name: 'before a gap', moment: '2026-03-29T00:59:59.999Z', shows: '2026-03-29T01:59:59.999Z' },
    { name: 'after a gap', moment: '2026-03-29T01:00:00.000Z', shows: '2026-03-29T03:00:00.000Z' },
    {
      name: 'before a hour comes again',
      moment: '2026-10-25T00:59:59.999Z',
      shows: '2026-10-25T02:59:59.999Z',
    },
    {
      name: 'stands still while it does',
      moment: '2026-10-25T01:00:00.000Z',
      shows: '2026-10-25T02:59:59.999Z',
    },
    {
      name: 'to its last moment',
      moment: '2026-10-25T01:59:59.999Z',
      shows: '2026-10-25T02:59:59.999Z',
    },
    { name: 'and goes on', moment: '2026-10-25T02:00:00.000Z', shows: '2026-10-25T03:00:00.000Z' },
  ])('in Berlin, $name', ({ moment, shows }) => {
    expect(shownIn('Europe/Berlin', moment)).toBe(shows);
  });

  test.each([
    { name: 'Greenwich', zone: 'UTC', shows: '2026-01-01T12:00:00.000Z' },
    { name: 'west of it', zone: 'America/St_Johns', shows: '2026-01-01T08:30:00.000Z' },
  ])('in $name shows $shows at noon', ({ zone, shows }) => {
    expect(shownIn(zone, '2026-01-01T12:00:00Z')).toBe(shows);
  });

  test('knows the seconds of local times of old', () => {
    expect(shownIn('Europe/Paris', '1900-01-01T00:00:00Z')).toBe('1900-01-01T00:09:21.000Z');
  });

  test('never goes back, on Lord Howe neither, where half an hour comes again', () => {
    const begin = Date.parse('2026-04-04T14:00:00Z');
    const shown = Array.from({ length: 120 }, (_, at) =>
      readClock('Australia/Lord_Howe', begin + at * 60_000),
    );

    expect(shown).toEqual([...shown].sort((a, b) => a - b));
    expect(new Set(shown).size).toBe(91);
  });
});

describe('the instant of a local time', () => {
  test.each([
    { name: 'one that exists once', local: '2026-07-01T08:00:00Z', at: '2026-07-01T06:00:00.000Z' },
    {
      name: 'the last one before a gap',
      local: '2026-03-29T01:59:00Z',
      at: '2026-03-29T00:59:00.000Z',
    },
    { name: 'one in a gap', local: '2026-03-29T02:30:00Z', at: '2026-03-29T01:00:00.000Z' },
    { name: 'the end of a gap', local: '2026-03-29T03:00:00Z', at: '2026-03-29T01:00:00.000Z' },
    { name: 'one that comes twice', local: '2026-10-25T02:30:00Z', at: '2026-10-25T00:30:00.000Z' },
    {
      name: 'the end of what comes twice',
      local: '2026-10-25T03:00:00Z',
      at: '2026-10-25T02:00:00.000Z',
    },
  ])('in Berlin, $name', ({ local, at }) => {
    const instant = instantOf('Europe/Berlin', Date.parse(local));

    expect(new Date(instant).toISOString()).toBe(at);
  });

  test('a day that is left out as a whole is over when the next one begins', () => {
    const instant = instantOf('Pacific/Apia', Date.parse('2011-12-30T12:00:00Z'));

    expect(new Date(instant).toISOString()).toBe('2011-12-30T10:00:00.000Z');
  });
});
