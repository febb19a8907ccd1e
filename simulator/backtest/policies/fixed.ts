import type { Policy } from '../policy.ts';
import { largestOf } from '../series.ts';
import { peakNeed } from '../world.ts';

/** The same capacity at all times: a share of what the largest demand of the whole trace needs, known in hindsight. */
export const staticPeak = (share = 1): Policy => ({
  name: 'static peak',
  looks: [0],
  start: (world) => {
    const capacity = Math.ceil(share * peakNeed(world));
    return () => capacity;
  },
});

/**
 * An oracle that sees so many seconds ahead, and nothing beyond: it asks for what the largest demand of that time
 * needs. With the longest boot in sight nothing of the present is late, so it stands for perfect knowledge of
 * one boot.
 */
export const lookAhead = (seconds: number): Policy => ({
  name: `sees ${seconds} s ahead`,
  looks: [0, 15, 30, 45],
  lagSeconds: 0,
  start: ({ need, conditions: { tickSeconds } }) => {
    const ticks = Math.ceil(seconds / tickSeconds);
    return ({ now }) => {
      const tick = Math.round(now / tickSeconds);
      return largestOf(need, tick, Math.min(need.length, tick + ticks + 1));
    };
  },
});
