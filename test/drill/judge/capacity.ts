import { type Course, type Look, SECOND_MS } from './course.ts';
import type { Threshold } from './threshold.ts';

/** The group is asked for so much, and so many instances serve, by that second. */
export const capacityReached = ({
  atLeast,
  bySeconds,
}: Readonly<{ atLeast: number; bySeconds: number }>): Threshold => ({
  claim: `${atLeast} instances serve by ${bySeconds} s`,
  judge: ({ looks }) =>
    reachedBy(
      looks.find(({ healthy }) => healthy >= atLeast),
      bySeconds,
      `at most ${most(looks)} served`,
    ),
});

/** All instances serve again within the time after an accident, and nothing failed counts before. */
export const servesAgain = ({
  instances,
  withinSeconds,
  afterSeconds,
}: Readonly<{ instances: number; withinSeconds: number; afterSeconds: number }>): Threshold => ({
  claim: `all ${instances} instances serve again within ${withinSeconds} s`,
  judge: ({ looks }) => {
    const after = looks.filter(({ at }) => at >= afterSeconds * SECOND_MS);
    const fell = after.findIndex(({ healthy }) => healthy < instances);
    const again = after.slice(Math.max(0, fell)).find(({ healthy }) => healthy >= instances);
    const by = afterSeconds + withinSeconds;
    return reachedBy(again, by, `${after.at(-1)?.healthy ?? 0} serve at the end`);
  },
});

const reachedBy = (look: Look | undefined, bySeconds: number, otherwise: string) =>
  look === undefined
    ? { passed: false, found: otherwise }
    : { passed: look.at <= bySeconds * SECOND_MS, found: `at ${seconds(look.at)}` };

/** The capacity follows in steps, not in one jump. */
export const changes = ({ atLeast }: Readonly<{ atLeast: number }>): Threshold => ({
  claim: `the capacity grows in ${atLeast} steps or more`,
  judge: ({ looks }) => {
    const grown = capacities(looks).filter(
      (capacity, index, all) => index > 0 && capacity > (all[index - 1] ?? 0),
    ).length;
    return { passed: grown >= atLeast, found: capacities(looks).join(' → ') };
  },
});

/** The capacity at the end is no more than this, after it was more. */
export const comesBack = ({ atMost }: Readonly<{ atMost: number }>): Threshold => ({
  claim: `the capacity is back at ${atMost} or fewer in the end`,
  judge: ({ looks }) => {
    const last = looks.at(-1)?.desired ?? Number.POSITIVE_INFINITY;
    const wasMore = looks.some(({ desired }) => desired > atMost);
    return { passed: wasMore && last <= atMost, found: capacities(looks).join(' → ') };
  },
});

/** Nobody asks for more than this, though what was asked for does not come. */
export const capacityAtMost = (capacity: number): Threshold => ({
  claim: `the desired capacity is never more than ${capacity}`,
  judge: ({ looks }) => ({
    passed: looks.length > 0 && looks.every(({ desired }) => desired <= capacity),
    found: capacities(looks).join(' → '),
  }),
});

/** Nobody asks for another capacity. */
export const capacityKept = (capacity: number): Threshold => ({
  claim: `the desired capacity stays at ${capacity}`,
  judge: ({ looks }) => ({
    passed: looks.length > 0 && looks.every(({ desired }) => desired === capacity),
    found: capacities(looks).join(' → '),
  }),
});

/** The desired capacities in the order in which they came, each once. */
const capacities = (looks: Course['looks']): readonly number[] =>
  looks
    .map(({ desired }) => desired)
    .filter((desired, index, all) => index === 0 || desired !== all[index - 1]);

const most = (looks: Course['looks']): number =>
  looks.reduce((largest, { healthy }) => Math.max(largest, healthy), 0);

const seconds = (ms: number): string => `${(ms / SECOND_MS).toFixed(0)} s`;
