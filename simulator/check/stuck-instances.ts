import type { Instant } from '#domain/time/instant.ts';
import { hasArrived, isLeaving } from '#simulator/services/auto-scaling/machine.ts';
import { type Checker, unless } from './check-world.ts';
import { publishedIn } from './news.ts';

/** An instance on its way is given a quarter of an hour, or its group's warm-up. */
const PATIENCE_SECONDS = 900;

type Known = Readonly<{ at: Instant; isStuck: boolean }>;

/** A sweep, the evaluation that it asks for, and another try of both. */
const DELAY_MS = 240_000;

export const stuckIsTold: Checker = {
  id: 'L10',
  promise: 'once it is quiet people know of instances that are stuck, and of no other',
  watch: ({ timeline, configuration, cloud }) => {
    const known = new Map<string, Known>();

    return {
      onEvent: (event) => {
        const outcome = publishedIn(event);
        if (outcome === undefined) return [];
        const { group, reason, decisionId, at } = outcome;
        const isStuck = reason === 'InstancesStuck';
        if (!isStuck && !decisionId.startsWith(`${group}-unstuck-`)) return [];
        // News may be published again, and then late: the newest counts.
        if (at >= (known.get(group)?.at ?? 0)) known.set(group, { at, isStuck });
        return [];
      },
      atEnd: () =>
        configuration().groups.flatMap(({ name, autoScalingGroup, behavior }) => {
          const now = timeline.now();
          const patienceMs = 1_000 * Math.max(PATIENCE_SECONDS, behavior.warmupSeconds);
          const late = cloud.autoScaling
            .machines(autoScalingGroup)
            .filter((each) => !isLeaving(each) && !each.isStandby && each.oddState === undefined)
            .filter((each) => !hasArrived(each, now) || now - each.inServiceAt < DELAY_MS);
          const isStuck = late.some(
            (each) => !hasArrived(each, now) && now - each.launchedAt > patienceMs + DELAY_MS,
          );
          const isOdd = cloud.autoScaling
            .machines(autoScalingGroup)
            .some(({ oddState }) => oddState !== undefined);
          const isKnown = known.get(name)?.isStuck === true;
          return [
            ...unless(isKnown || !isStuck, () => `nobody knows that ${name} has a stuck instance`),
            ...unless(!isKnown || late.length > 0 || isOdd, () => {
              return `people think that ${name} has a stuck instance`;
            }),
          ];
        }),
    };
  },
};
