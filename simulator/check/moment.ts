import { type Checker, unless } from './check-world.ts';
import { isCorrection, onCapacity, what } from './on-capacity.ts';

export const respectsProcesses: Checker = {
  id: 'S17',
  promise: 'a pause and suspended processes are respected',
  watch: onCapacity((call) => {
    const { seen, capacity } = call;
    const suspended = seen?.suspendedProcesses ?? [];
    const desired = call.plan?.from ?? seen?.capacityDesired ?? 0;
    const isBlocked =
      suspended.includes('AlarmNotification') ||
      (capacity > desired && suspended.includes('Launch')) ||
      (capacity < desired && suspended.includes('Terminate'));
    return unless(!isBlocked, () => `${what(call)} while ${suspended.join(', ')} are suspended`);
  }),
};

export const notWhilePending: Checker = {
  id: 'S8b',
  promise: 'nothing is removed while instances are on their way',
  watch: onCapacity((call) => {
    const { plan, isReissue, capacity, seen } = call;
    if (isReissue || plan === undefined || capacity >= plan.from || isCorrection(call)) return [];
    const pending = (seen?.instances ?? []).filter(({ lifecycleState }) =>
      lifecycleState.startsWith('Pending'),
    );
    return unless(pending.length === 0, () => `${what(call)} while ${pending[0]?.id} is pending`);
  }),
};

const MAX_VIEW_AGE_MS = 30_000;

export const freshView: Checker = {
  id: 'S18',
  promise: 'no decision rests on alarms that were read longer ago than a function may run',
  watch: onCapacity((call) =>
    unless(call.at - call.view.alarmsAt <= MAX_VIEW_AGE_MS, () => {
      return `${what(call)} by alarms of ${call.at - call.view.alarmsAt} ms ago`;
    }),
  ),
};
