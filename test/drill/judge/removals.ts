import { SECOND_MS } from './course.ts';
import type { Threshold } from './threshold.ts';

/** Tidegate takes no target out and marks no instance. */
export const nobodyTakenOut = (): Threshold => ({
  claim: 'Tidegate replaces nobody',
  judge: ({ removals }) => ({
    passed: removals.length === 0,
    found: removals.length === 0 ? 'nobody' : [...new Set(removals.map(({ id }) => id))].join(),
  }),
});

/** So many instances are marked for replacement by that second, and no more later. */
export const replaced = ({
  count,
  bySeconds,
}: Readonly<{ count: number; bySeconds: number }>): Threshold => ({
  claim: `Tidegate replaces ${count === 1 ? 'one instance' : `${count} instances`} by ${bySeconds} s, and no more`,
  judge: ({ removals }) => {
    const marked = removals.filter(({ call }) => call === 'SetInstanceHealth');
    const ids = new Set(marked.map(({ id }) => id));
    const last = marked.at(-1)?.at ?? Number.POSITIVE_INFINITY;
    return {
      passed: ids.size === count && last <= bySeconds * SECOND_MS,
      found: ids.size === 0 ? 'nobody' : `${[...ids].join()} at ${(last / SECOND_MS).toFixed(0)} s`,
    };
  },
});

/** The instance that an accident struck gets no more requests after so long. */
export const outOfService = ({
  withinSeconds,
  afterSeconds,
}: Readonly<{ withinSeconds: number; afterSeconds: number }>): Threshold => ({
  claim: `the sick instance gets no more requests after ${withinSeconds} s`,
  judge: ({ toStruck }) => {
    const last = toStruck.at(-1);
    if (last === undefined) return { passed: false, found: 'it never got any' };
    const after = last / SECOND_MS - afterSeconds;
    return { passed: after <= withinSeconds, found: `the last one after ${after.toFixed(1)} s` };
  },
});
