import type { Bug } from './bug.ts';

/** Mistakes in deciding on a capacity. */
export const DECISION_BUGS: readonly Bug[] = [
  {
    name: 'the cooldown is half as long',
    file: 'shared/domain/capacity/gates/cooldown.ts',
    find: 'elapsedMs >= wait.seconds * SECOND_MS',
    replace: 'elapsedMs >= wait.seconds * 500',
  },
  {
    name: 'scale-in waits for scale-in only',
    file: 'shared/domain/capacity/gates/cooldown.ts',
    find: 'const ours = lastChange(observation.head);',
    replace: 'const ours = observation.head.lastScaleIn;',
  },
  {
    name: 'instances that start are overlooked',
    file: 'shared/domain/capacity/gates/warm-up.ts',
    find: "if (capacity >= current) return pass('warm-up only delays scale-in');",
    replace: "if (capacity >= 0) return pass('warm-up only delays scale-in');",
  },
  {
    name: 'a removal below the minimum counts what is on its way twice',
    file: 'shared/domain/capacity/gates/warm-up.ts',
    find: 'Math.max(capacity, narrowedBoundsOf(observation).min) + warming',
    replace: 'capacity + warming',
  },
  {
    name: 'nobody is told of an instance that is stuck',
    file: 'shared/domain/capacity/next-scale-head.ts',
    find: '    ...stuckNews(observation),\n',
    replace: '',
  },
  {
    name: 'it is forgotten since when instances are on their way',
    file: 'shared/domain/capacity/stuck-instances.ts',
    find: '{ pendingSince }),',
    replace: '{ pendingSince: {} }),',
  },
  {
    name: 'an instance is stuck as soon as it is on its way',
    file: 'shared/domain/capacity/stuck-instances.ts',
    find: 'const PATIENCE_SECONDS = 900;',
    replace: 'const PATIENCE_SECONDS = 9;',
  },
  {
    name: 'the tag is not asked for',
    file: 'shared/domain/capacity/gates/opt-in.ts',
    find: 'if (!state.isManaged)',
    replace: 'if (!state.isManaged && state.capacityDesired < 0)',
  },
  {
    name: 'the tag of another deployment is taken for ours',
    file: 'shared/domain/observed/opt-in.ts',
    find: 'found === wanted ||',
    replace: 'found !== undefined ||',
  },
  {
    name: 'a pause is overlooked',
    file: 'shared/domain/capacity/gates/suspended-processes.ts',
    find: "suspendedProcesses.includes('AlarmNotification')",
    replace: "suspendedProcesses.includes('AlarmNotifications')",
  },
  {
    name: 'Launch and Terminate are mixed up',
    file: 'shared/domain/capacity/gates/suspended-processes.ts',
    find: "return capacity > current ? 'Launch' : 'Terminate';",
    replace: "return capacity > current ? 'Terminate' : 'Launch';",
  },
  {
    name: 'bounds are not kept',
    file: 'shared/domain/capacity/narrowed-bounds.ts',
    find: 'Math.min(Math.max(capacity, min), max)',
    replace: 'Math.max(capacity, min)',
  },
  {
    name: 'a group outside its bounds is left there',
    file: 'shared/domain/capacity/apply-gates.ts',
    find: 'Object.values<Gate>(GATES)',
    replace: 'Object.values<Gate>({ bounds, ...GATES })',
  },
  {
    name: 'the smallest wish wins',
    file: 'shared/domain/capacity/combine.ts',
    find: 'next.capacity > best.capacity ||',
    replace: 'next.capacity < best.capacity ||',
  },
  {
    name: 'scale-in wins over scale-out',
    file: 'shared/domain/capacity/combine.ts',
    find: 'if (largest.capacity > current) return',
    replace: 'if (largest.capacity > current && asking.length === 1) return',
  },
  {
    name: 'a blind rule forbids nothing',
    file: 'shared/domain/capacity/combine.ts',
    find: "each.kind === 'blind' && each.blocksScaleIn",
    replace: "each.kind === 'blind' && !each.blocksScaleIn",
  },
  {
    name: 'insufficient data counts as an alarm',
    file: 'shared/domain/capacity/rules/threshold.ts',
    find: "    case 'INSUFFICIENT_DATA':\n",
    replace:
      "    case 'INSUFFICIENT_DATA':\n      return recommendByAlarm(rule, alarm, observation);\n",
  },
  {
    name: 'disabled actions are overlooked',
    file: 'shared/domain/capacity/rules/threshold.ts',
    find: 'if (!alarm.actionsEnabled) {',
    replace: 'if (!alarm.actionsEnabled && !alarm.name) {',
  },
  {
    name: 'instances in service are taken for the desired capacity',
    file: 'shared/domain/capacity/observation.ts',
    find: 'return isFresh && state.capacityDesired === last.from ? last.to : state.capacityDesired;',
    replace:
      "return isFresh && state.capacityDesired === last.from ? last.to : state.instances.filter((each) => each.lifecycleState === 'InService').length;",
  },
  {
    name: 'a hold is laid to a limit that only bent the wish',
    file: 'shared/domain/capacity/describe-capacity.ts',
    find: "verdict !== 'pass' && capacity === from",
    replace: "verdict !== 'pass' && capacity !== undefined",
  },
];
