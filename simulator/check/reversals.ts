import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';
import type { Checker } from './check-world.ts';
import { unless } from './check-world.ts';
import { isCorrection, onCapacity, what } from './on-capacity.ts';

const HOUR_MS = 60 * MINUTE_MS;

type Turn = Readonly<{ at: Instant; isOut: boolean }>;

export const reversalsAreFew: Checker = {
  id: 'S26',
  promise: 'a group turns round no more often than the cooldown of its scale-in allows',
  watch: (world) => {
    const turns = new Map<string, readonly Turn[]>();

    return onCapacity((call) => {
      const { plan, isReissue, at, group, capacity } = call;
      if (isReissue || plan === undefined || isCorrection(call)) return [];

      const isOut = capacity > plan.from;
      const past = (turns.get(group.name) ?? []).filter((turn) => at - turn.at < HOUR_MS);
      const isTurn = past.at(-1)?.isOut !== isOut;
      turns.set(group.name, isTurn ? [...past, { at, isOut }] : past);

      const perHour = HOUR_MS / (group.behavior.scaleIn.cooldownSeconds * 1_000);
      const limit = 2 * (Math.ceil(perHour) + 1);
      return unless(past.length < limit, () => {
        return `${what(call)} and turned round for the ${past.length}th time in an hour`;
      });
    })(world);
  },
};

export const everyCallChangesSomething: Checker = {
  id: 'S27',
  promise: 'a capacity is set only when it is another one',
  watch: onCapacity((call) => {
    if (call.plan === undefined) return [];
    return unless(call.capacity !== call.plan.from, () => `${what(call)}, as it was`);
  }),
};
