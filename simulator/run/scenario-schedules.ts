import type { ScheduleRule } from '#domain/configuration/rule.ts';
import type { Window } from '#domain/configuration/schedule.ts';
import { MINUTE_MS } from '#domain/time/instant.ts';
import type { Dice } from '#simulator/faults/dice.ts';
import { type ClockChange, type Make, NINE } from './theme.ts';

/** Some windows open or close within the run. */
export const scheduleRule = (dice: Dice, { size, change }: Make): ScheduleRule => {
  const effect = dice.pick(3);
  const capacity = size + 2 + dice.pick(5);
  return {
    kind: 'schedule',
    name: 'by-the-clock',
    window:
      change === undefined
        ? windowOf(dice)
        : { kind: 'recurring', ...cronsAbout(dice, change), timezone: change.zone },
    ...(effect === 0 ? { min: capacity } : {}),
    ...(effect === 1 ? { max: capacity } : {}),
    ...(effect === 2 ? { capacity } : {}),
  };
};

/** Runs begin at nine o'clock. */
const windowOf = (dice: Dice): Window =>
  dice.random() < 0.7
    ? { kind: 'recurring', ...cronsOf(dice), timezone: 'UTC' }
    : { kind: 'once', ...instantsOf(dice) };

const DAY = 1_440;

/** Lines that lie before, in and after the minutes that the clocks leave out or show twice. */
const cronsAbout = (dice: Dice, change: ClockChange) => {
  const { first, length } = touchedBy(change);
  const times = [-20, 0, length / 2, length, length + 20].map((delta) => first + delta);
  const place = dice.pick(times.length);
  const later = (place + 1 + dice.pick(times.length - 1)) % times.length;
  return { start: lineOf(times[place] ?? first), end: lineOf(times[later] ?? first) };
};

/** The minutes that the clocks leave out or show twice: the first of them, as the clocks show it, and how many. */
const touchedBy = ({ shown: [before, after] }: ClockChange) => {
  const shift = ((after - before + DAY + DAY / 2) % DAY) - DAY / 2;
  return { first: shift > 0 ? before : after, length: Math.abs(shift) };
};

const lineOf = (minute: number): string => {
  const ofDay = (minute + DAY) % DAY;
  return `${ofDay % 60} ${Math.floor(ofDay / 60)} * * *`;
};

/**
 * A minimum above what a small group has, for the first half of the minutes that the clocks leave out or show twice:
 * whoever goes through them twice adds instances for nothing.
 */
export const ruleInTheChange = ({ size, change }: Make): readonly ScheduleRule[] => {
  if (change === undefined) return [];
  const { first, length } = touchedBy(change);
  return [
    {
      kind: 'schedule',
      name: 'in-the-change',
      window: {
        kind: 'recurring',
        start: lineOf(first),
        end: lineOf(first + length / 2),
        timezone: change.zone,
      },
      min: size + 9,
    },
  ];
};

const cronsOf = (dice: Dice) => ({
  start: `${dice.pick(60)} ${8 + dice.pick(2)} * * *`,
  end: `${dice.pick(60)} ${10 + dice.pick(2)} * * *`,
});

const instantsOf = (dice: Dice) => {
  const from = NINE + (dice.pick(60) - 20) * MINUTE_MS;
  return { from, to: from + (10 + dice.pick(60)) * MINUTE_MS };
};
