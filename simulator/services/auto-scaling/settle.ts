import { MINUTE_MS } from '#domain/time/instant.ts';
import type { Timeline } from '#simulator/kernel/timeline.ts';
import { converge } from './converge.ts';
import { type Fleet, remember } from './fleet.ts';
import { isLeaving } from './machine.ts';

/** Looks at the group now, and again whenever something is due in it. */
export const settle = (timeline: Timeline, fleet: Fleet): void => {
  const now = timeline.now();
  converge(fleet, now);
  const hanging = fleet.machines.filter((each) => each.hook === 'hangs' && !isLeaving(each));
  const next = [
    ...(fleet.launchesFailUntil > now ? [fleet.launchesFailUntil] : []),
    ...(fleet.outdated.size > 0 ? [now + MINUTE_MS] : []),
    ...hanging.map(({ runningAt }) => runningAt + fleet.hookLimitMs),
  ];
  const at = Math.min(...next);
  if (next.length === 0 || (fleet.looksAt > now && fleet.looksAt <= at)) return;
  fleet.looksAt = at;
  timeline.quietly(at, () => settle(timeline, fleet));
};

/** Sets the desired capacity, and looks at what follows from it. */
export const setDesired = (timeline: Timeline, fleet: Fleet, desired: number): void => {
  fleet.desired = desired;
  remember(fleet, timeline.now());
  settle(timeline, fleet);
};
