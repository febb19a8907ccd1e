import { describe, expect, test } from '@jest/globals';
import { describeReportTime, type ReportTime } from '#domain/configuration/report-schedule.ts';
import { lastDue, nextReportStep } from '#domain/report/due-report.ts';

const at = (text: string): number => Date.parse(text);
const iso = (instant: number): string => new Date(instant).toISOString();
const clock = (text: string): number => {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return 60 * hours + minutes;
};

const dueBefore = (every: ReportTime, timezone: string, now: string): string =>
  iso(lastDue({ every, timezone }, at(now)));

describe('the last time at which a report was due', () => {
  const monday = { weekday: 1, minuteOfDay: clock('08:00') };

  test.each([
    ['2026-03-02T08:00:00.000Z', '2026-03-02T08:00:00.000Z'],
    ['2026-03-02T07:59:59.999Z', '2026-02-23T08:00:00.000Z'],
    ['2026-03-03T00:00:00.000Z', '2026-03-02T08:00:00.000Z'],
    ['2026-03-08T23:59:59.999Z', '2026-03-02T08:00:00.000Z'],
  ])('of a day of the week, in UTC, at %s is %s', (now, due) => {
    expect(dueBefore(monday, 'UTC', now)).toBe(due);
  });

  test('of every day is that of today or of yesterday', () => {
    const every = { minuteOfDay: clock('23:30') };

    expect(dueBefore(every, 'UTC', '2026-03-02T23:30:00Z')).toBe('2026-03-02T23:30:00.000Z');
    expect(dueBefore(every, 'UTC', '2026-03-02T23:29:59Z')).toBe('2026-03-01T23:30:00.000Z');
  });

  test('goes by the day of its own zone, where that is another one', () => {
    const sunday = { weekday: 0, minuteOfDay: clock('20:00') };

    expect(dueBefore(sunday, 'America/New_York', '2026-03-02T01:00:00Z')).toBe(
      '2026-03-02T01:00:00.000Z',
    );
    expect(dueBefore({ ...sunday, weekday: 1 }, 'Pacific/Auckland', '2026-03-02T07:00:00Z')).toBe(
      '2026-03-02T07:00:00.000Z',
    );
  });

  test('stays at eight o’clock on the wall when summer begins', () => {
    expect(dueBefore(monday, 'Europe/Berlin', '2026-03-23T12:00:00Z')).toBe(
      '2026-03-23T07:00:00.000Z',
    );
    expect(dueBefore(monday, 'Europe/Berlin', '2026-03-30T12:00:00Z')).toBe(
      '2026-03-30T06:00:00.000Z',
    );
  });

  test.each([
    ['2026-03-29T00:59:59Z', '2026-03-28T01:30:00.000Z'],
    ['2026-03-29T01:00:00Z', '2026-03-29T01:00:00.000Z'],
    ['2026-03-29T12:00:00Z', '2026-03-29T01:00:00.000Z'],
  ])('is the change of the clocks for a time that they leave out: at %s it is %s', (now, due) => {
    expect(dueBefore({ minuteOfDay: clock('02:30') }, 'Europe/Berlin', now)).toBe(due);
  });

  test.each([
    ['2026-10-25T00:29:59Z', '2026-10-24T00:30:00.000Z'],
    ['2026-10-25T00:30:00Z', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T01:29:59Z', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T01:30:00Z', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T23:00:00Z', '2026-10-25T00:30:00.000Z'],
  ])('is the first of the two that the clocks show: at %s it is %s', (now, due) => {
    expect(dueBefore({ minuteOfDay: clock('02:30') }, 'Europe/Berlin', now)).toBe(due);
  });
});

describe('the next step of a report', () => {
  const schedule = {
    every: { weekday: 1, minuteOfDay: clock('08:00') },
    timezone: 'Europe/Berlin',
    to: ['ops'],
  };
  const due = at('2026-03-02T07:00:00Z');
  const before = at('2026-02-23T07:00:00Z');
  const key = 'monday 08:00 Europe/Berlin';

  test('is to begin where nothing is marked: what was due before is not told', () => {
    expect(nextReportStep(schedule, undefined, due + 1)).toEqual({
      kind: 'begin',
      mark: { schedule: key, at: due },
    });
  });

  test('is to tell what became due since the mark, from the due time before on', () => {
    expect(nextReportStep(schedule, { schedule: key, at: before }, due)).toEqual({
      kind: 'tell',
      since: before,
      mark: { schedule: key, at: due },
    });
  });

  test('is to wait until then, and once it is marked', () => {
    expect(nextReportStep(schedule, { schedule: key, at: before }, due - 1)).toEqual({
      kind: 'wait',
    });
    expect(nextReportStep(schedule, { schedule: key, at: due }, due + 60_000)).toEqual({
      kind: 'wait',
    });
  });

  test('of several that nobody looked at is the newest alone, of one week', () => {
    const old = { schedule: key, at: at('2026-01-05T07:00:00Z') };

    expect(nextReportStep(schedule, old, due)).toMatchObject({ kind: 'tell', since: before });
  });

  test('is to begin anew when the schedule has changed, but not when only its channels have', () => {
    const mark = { schedule: key, at: before };

    expect(nextReportStep({ ...schedule, timezone: 'UTC' }, mark, due).kind).toBe('begin');
    expect(nextReportStep({ ...schedule, to: ['mail'] }, mark, due).kind).toBe('tell');
  });

  test('is to begin anew when a wrong clock has marked a time that is far ahead', () => {
    const ahead = (ms: number) =>
      nextReportStep(schedule, { schedule: key, at: due + ms }, due).kind;

    expect(ahead(60_000)).toBe('wait');
    expect(ahead(60_001)).toBe('begin');
  });
});

test.each([
  [{ minuteOfDay: 0 }, 'day 00:00'],
  [{ weekday: 0, minuteOfDay: 61 }, 'sunday 01:01'],
  [{ weekday: 6, minuteOfDay: 1_439 }, 'saturday 23:59'],
  [{ weekday: 7, minuteOfDay: 480 }, 'day 08:00'],
])('%j is written as %s', (every, words) => {
  expect(describeReportTime(every)).toBe(words);
});
