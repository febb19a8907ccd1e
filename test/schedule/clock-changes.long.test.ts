import { describe, expect, test } from '@jest/globals';
import type { Window } from '#domain/configuration/schedule.ts';
import { openingOf } from '#schedule/opening-of.ts';
import {
  type ClockChange,
  clockChanges,
  type PlainWindow,
  walk,
} from '#test/support/clock-changes.ts';

const CHANGES = clockChanges(2024, 2030);
const MINUTE_MS = 60_000;
const DAY = 1_440;

const windowOf = (zone: string, { start, end, weekday }: PlainWindow): Window => {
  const lineOf = (minute: number) =>
    `${minute % 60} ${Math.floor(minute / 60)} * * ${weekday ?? '*'}`;
  return { kind: 'recurring', start: lineOf(start), end: lineOf(end), timezone: zone };
};

const minuteOfDay = (minute: number): number => ((minute % DAY) + DAY) % DAY;

/** The minutes of the day that the clock shows just before and just after the change, in order. */
const edgesOf = ({ at, before, after }: ClockChange): readonly [number, number] => [
  at + Math.min(before, after),
  at + Math.max(before, after),
];

/** Differences between the code and the walk, at some minutes about the change. */
const differences = (
  change: ClockChange,
  plain: PlainWindow,
  options: Readonly<{ days: number; minutes: readonly number[] }>,
): readonly string[] => {
  const expected = walk(change, plain, options.days);
  const window = windowOf(change.zone, plain);
  return options.minutes.flatMap((delta) => {
    const minute = change.at + delta;
    const isOpen = expected.get(minute);
    if (isOpen === undefined) return [];
    const opening = openingOf(window, minute * MINUTE_MS);
    let next = minute + 1;
    while (expected.get(next) === isOpen) next += 1;
    const changesAt = expected.has(next) ? next * MINUTE_MS : undefined;
    const isRight =
      opening.isOpen === isOpen && (changesAt === undefined || opening.changesAt === changesAt);
    const when = new Date(minute * MINUTE_MS).toISOString();
    return isRight ? [] : [`${JSON.stringify(window)} at ${when}: ${JSON.stringify(opening)}`];
  });
};

/** One change of each kind: how far, at which local time, and on which day of the week. */
const KINDS = [
  ...new Map(
    CHANGES.map((change) => {
      const [from, to] = edgesOf(change);
      const isForward = change.before < change.after;
      return [`${isForward} ${minuteOfDay(from)} ${minuteOfDay(to)}`, change];
    }),
  ).values(),
];

describe('windows at every change of the clocks from 2024 to 2030', () => {
  test('there are zones that change by an hour, by half of it, by two, and at midnight', () => {
    const shifts = new Set(CHANGES.map(({ before, after }) => Math.abs(after - before)));
    const zones = new Set(CHANGES.map(({ zone }) => zone));

    expect([...shifts].sort((a, b) => a - b)).toEqual([30, 60, 120]);
    expect([...zones]).toEqual(
      expect.arrayContaining([
        'Europe/Berlin',
        'America/New_York',
        'Australia/Lord_Howe',
        'America/Santiago',
        'Africa/Cairo',
        'Antarctica/Troll',
      ]),
    );
  });

  test('in every zone, one that lies within the hour that is left out or comes twice is as the walk says', () => {
    const found = CHANGES.flatMap((change) => {
      const [from, to] = edgesOf(change).map(minuteOfDay) as [number, number];
      const within = { start: from, end: to };
      const expected = walk(change, within, 2);
      const window = windowOf(change.zone, within);
      return [-1, 0, 240]
        .map((delta) => change.at + delta)
        .filter((minute) => openingOf(window, minute * MINUTE_MS).isOpen !== expected.get(minute))
        .map((minute) => `${change.zone} at ${new Date(minute * MINUTE_MS).toISOString()}`);
    });

    expect(found).toEqual([]);
  });

  test('each kind of change with daily windows that begin and end before, in and after it', () => {
    const found = KINDS.flatMap((change) => {
      const [from, to] = edgesOf(change);
      const middle = Math.floor((from + to) / 2);
      const times = [from - 45, from, middle, to, to + 45].map(minuteOfDay);
      const windows = times.flatMap((start) =>
        times.filter((end) => end !== start).map((end) => ({ start, end })),
      );
      const length = to - from;
      const minutes = [-length, -1, 0, length / 2, length, 900];
      return windows.flatMap((window) =>
        differences(change, window, { days: 2, minutes: minutes.map(Math.floor) }),
      );
    });

    expect(found).toEqual([]);
  });

  test('each kind of change with weekly windows on its day', () => {
    const found = KINDS.flatMap((change) => {
      const [from, to] = edgesOf(change);
      const weekday = (Math.floor(from / DAY) + 4) % 7;
      const times = [from, Math.floor((from + to) / 2), to].map(minuteOfDay);
      const windows = times.flatMap((start) =>
        times.filter((end) => end !== start).map((end) => ({ start, end, weekday })),
      );
      return windows.flatMap((window) =>
        differences(change, window, { days: 8, minutes: [-1, 0, 60, 2_000] }),
      );
    });

    expect(found).toEqual([]);
  });
});
