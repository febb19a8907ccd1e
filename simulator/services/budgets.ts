import type { Budgets } from '../../shared/app/notify-ports.ts';
import { hourOf } from '../../shared/domain/budget.ts';
import { MINUTE_MS } from '../../shared/domain/instant.ts';

/** The table of DynamoDB as far as budgets use it: one counter for each channel and hour. */
export const createBudgets = (): Budgets => {
  const counts = new Map<string, number>();
  const keyOf = (channel: string, at: number): string => `${channel} ${hourOf(at)}`;
  const add = (key: string, amount: number): number => {
    counts.set(key, (counts.get(key) ?? 0) + amount);
    return counts.get(key) ?? 0;
  };

  return {
    spend: async (channel, now) => {
      const count = add(keyOf(channel, now), 1);
      return { count, before: counts.get(keyOf(channel, now - 60 * MINUTE_MS)) ?? 0 };
    },
    giveBack: async (channel, now) => {
      add(keyOf(channel, now), -1);
    },
  };
};
