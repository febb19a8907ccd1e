import type { Random } from '#simulator/kernel/random.ts';
import type { Timeline } from '#simulator/kernel/timeline.ts';
import type { History } from '../history.ts';
import { FAULTS } from './catalogue.ts';

/** Draws from a stream of chance. */
export type Chance = Readonly<{
  random: Random;
  /** A whole number from 0 to one below the count. */
  pick: (count: number) => number;
  one: <T>(items: readonly T[]) => T | undefined;
}>;

/** Decides whether a fault strikes, and keeps the record of those that did. */
export type Dice = Chance & Readonly<{ strikes: (id: string, detail: string) => boolean }>;

export type DiceWorld = Readonly<{
  timeline: Timeline;
  history: History;
  random: Random;
  /** The factor by which each chosen kind is likelier than by default; kinds that are absent never strike. */
  kinds: ReadonlyMap<string, number>;
  isQuiet: () => boolean;
}>;

export const createDice = ({ timeline, history, random, kinds, isQuiet }: DiceWorld): Dice => {
  const rates = new Map(FAULTS.map(({ id, rate }) => [id, rate * (kinds.get(id) ?? 0)] as const));

  return {
    ...chanceOver(random),
    strikes: (id, detail) => {
      const rate = rates.get(id) ?? 0;
      if (rate === 0 || isQuiet() || random() >= rate) return false;
      history.record({ at: timeline.now(), kind: 'fault', fault: id, detail });
      return true;
    },
  };
};

export const chanceOver = (random: Random): Chance => {
  const pick = (count: number): number => Math.floor(random() * count);
  return { random, pick, one: (items) => items[pick(items.length)] };
};
