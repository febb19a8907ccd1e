import type { ScheduleRule } from '#domain/configuration/rule.ts';
import { isScheduleSuspended } from '#domain/observed/group-state.ts';
import type { GroupObservation } from '../observation.ts';
import type { Recommendation } from '../recommendation.ts';
import { abstain, wants } from './recommendations.ts';

/**
 * A schedule with a capacity asks for it; one with bounds only moves the bounds. While the process
 * `ScheduledActions` is suspended it does neither: whoever stops the clock of Auto Scaling means ours, too.
 */
export const recommendBySchedule = (
  rule: ScheduleRule,
  { openings, state }: GroupObservation,
): Recommendation => {
  if (isScheduleSuspended(state)) {
    const detail = 'ScheduledActions is suspended, which leaves schedules out';
    return abstain(rule, 'SchedulesSuspended', detail);
  }
  if (openings[rule.name]?.isOpen !== true) {
    return abstain(rule, 'WindowClosed', 'its time has not come');
  }

  const { capacity } = rule;
  return capacity === undefined
    ? abstain(rule, 'WindowOpen', `its time has come: ${describeBounds(rule)}`)
    : wants(rule, 'WindowOpen', { capacity, detail: `its time has come: set ${capacity}` });
};

const describeBounds = ({ min, max }: ScheduleRule): string =>
  [
    ...(min === undefined ? [] : [`at least ${min}`]),
    ...(max === undefined ? [] : [`at most ${max}`]),
  ].join(', ');
