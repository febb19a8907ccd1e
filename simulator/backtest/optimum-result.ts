import { optimumOf } from './optimum.ts';
import type { Result } from './result.ts';
import { createScore } from './score.ts';
import { at } from './series.ts';
import { isViolated, serveSpan } from './service.ts';
import type { World } from './world.ts';

/**
 * The exact optimum as the result of a policy: its capacity serves the requests of the judged part. Nothing is
 * violated as long as the maximum leaves room; beyond that nobody could have served them, and they are counted here as
 * in every other result.
 */
export const optimumResult = (world: World): Result => {
  const { arrivals, conditions, firstScored } = world;
  const { instanceHour, service, tickSeconds } = conditions;
  const { capacity, days, instanceHours } = optimumOf(world);
  const score = createScore(world);
  let before = at(capacity, 0);
  let backlog = 0;

  capacity.forEach((instances, index) => {
    const tick = firstScored + index;
    if (instances !== before) score.change(tick * tickSeconds, before, instances);
    before = instances;
    const arrived = at(arrivals, tick);
    const served = serveSpan(service, {
      seconds: tickSeconds,
      arrivals: arrived,
      backlog,
      instances,
    });
    backlog = served.backlog;
    score.serve({
      tick,
      arrivals: arrived,
      isViolated: isViolated(service, served),
      desired: instances,
    });
  });

  const scored = score.result('optimum in hindsight');
  return {
    ...scored,
    instanceHours,
    cost: instanceHours * instanceHour,
    days: { ...scored.days, instanceHours: days },
  };
};
