import type { ScheduleRule } from '#domain/configuration/rule.ts';
import { isScheduleSuspended } from '#domain/observed/group-state.ts';
import { describeInstant } from '#domain/time/describe-instant.ts';
import type { GroupObservation } from '../observation.ts';
import type { Recommendation } from '../recommendation.ts';
import { abstain, wants } from './recommendations.ts';
import type { RuleKind } from './rule-kind.ts';

/**
 * A schedule with a capacity asks for it; one with bounds only moves the bounds. While the process
 * `ScheduledActions` is suspended it does neither: whoever stops the clock of Auto Scaling means ours, too.
 */
const recommendBySchedule = (
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

const describeWindow = ({ window }: ScheduleRule): string =>
  window.kind === 'recurring'
    ? `from "${window.start}" to "${window.end}" in ${window.timezone}`
    : `from ${describeInstant(window.from)} to ${describeInstant(window.to)}`;

const describeEffect = (rule: ScheduleRule): string =>
  [
    ...[describeBounds(rule)].filter((text) => text !== ''),
    ...(rule.capacity === undefined ? [] : [`want ${rule.capacity}`]),
  ].join(', ');

/** While its window is open, it moves the bounds or asks for a capacity. */
export const schedule: RuleKind<ScheduleRule> = {
  recommend: recommendBySchedule,
  atZero: ({ min = 0, capacity = 0 }) => (min > 0 || capacity > 0 ? 'able' : undefined),
  fromZero: () => ({ makes: 'able' }),
  turns: () => [],
  marks: () => [],
  describe: (rule) => `${describeWindow(rule)}, ${describeEffect(rule)}`,
};
