import type { Instance } from '../../shared/domain/group-state.ts';
import { type Checker, unless } from './check-world.ts';
import { holds } from './narrowed.ts';
import { isCorrection, onCapacity, what } from './on-capacity.ts';

export const respectsProcesses: Checker = {
  id: 'S17',
  promise: 'a pause and suspended processes are respected',
  watch: onCapacity((call) => {
    const { seen, capacity } = call;
    const suspended = seen?.suspendedProcesses ?? [];
    // What is rolled back never came: nothing is terminated.
    const isTaken = call.plan?.reason !== 'RolledBack';
    const desired = call.plan?.from ?? seen?.capacityDesired ?? 0;
    const isBlocked =
      suspended.includes('AlarmNotification') ||
      (capacity > desired && suspended.includes('Launch')) ||
      (isTaken && capacity < desired && suspended.includes('Terminate'));
    return unless(!isBlocked, () => `${what(call)} while ${suspended.join(', ')} are suspended`);
  }),
};

/** Whoever finishes a plan of somebody else judges at the time of the call, which is a little later. */
const DELAY_MS = 30_000;

export const respectsPauses: Checker = {
  id: 'S12',
  promise: 'a group that a person paused is left alone',
  watch: onCapacity((call) => {
    const { view, group, plan, isReissue, at } = call;
    const override = view.overrides.get(group.name);
    const moments = isReissue ? [at, at - DELAY_MS] : [plan?.at ?? at];
    const isPaused =
      override?.kind === 'pause' &&
      moments.every((now) => now >= override.since && holds(override, now));
    return unless(!isPaused, () => `${what(call)} though ${override?.by} paused it`);
  }),
};

export const waitsForOthers: Checker = {
  id: 'S17r',
  promise: 'nothing is removed unless somebody looked that nothing else is under way',
  watch: onCapacity((call) => {
    const { view, plan, capacity, group } = call;
    if (plan === undefined || capacity >= plan.from || plan.reason === 'RolledBack') return [];
    const obstacles = view.obstacles.get(group.autoScalingGroup);
    return unless(obstacles?.length === 0, () => {
      return `${what(call)} while ${obstacles?.[0]?.detail ?? 'nobody looked'}`;
    });
  }),
};

export const leavesTheProtected: Checker = {
  id: 'S17p',
  promise: 'no rule takes more than the instances that are not protected',
  watch: onCapacity((call) => {
    const { plan, isReissue, capacity, seen } = call;
    if (isReissue || plan === undefined || capacity >= plan.from || isCorrection(call)) return [];
    const sum = (list: readonly Instance[]): number =>
      list.reduce((total, { weight }) => total + weight, 0);
    const there = (seen?.instances ?? []).filter(
      ({ lifecycleState }) => !/^(Terminating|Standby)/.test(lifecycleState),
    );
    const open = there.filter(
      ({ isProtected, lifecycleState }) => !isProtected && lifecycleState === 'InService',
    );
    const leaving = Math.min(plan.from, sum(there)) - capacity;
    return unless(
      leaving <= sum(open),
      () => `${what(call)}: ${leaving} of ${sum(open)} may leave`,
    );
  }),
};

/** What is there stays, and what was put back was there before. */
export const correctionsAreRight: Checker = {
  id: 'S31',
  promise: 'a capacity is rolled back to what is there, and restored to what we left',
  watch: onCapacity((call) => {
    const { plan, capacity, seen, head } = call;
    const there = (seen?.instances ?? [])
      .filter(({ lifecycleState }) => !/^(Terminating|Standby)/.test(lifecycleState))
      .reduce((total, { weight }) => total + weight, 0);
    const shortFor = call.at - (head?.missingSince ?? call.at);
    const isRight =
      call.isReissue ||
      (plan?.reason === 'RolledBack'
        ? capacity > there && capacity < plan.from && shortFor >= PATIENCE_MS
        : plan?.reason !== 'Restored' ||
          (capacity > plan.from && capacity <= (head?.expected ?? 0)));
    return unless(isRight, () => `${what(call)} (${plan?.reason}), with ${there} there`);
  }),
};

const PATIENCE_MS = 598_000;

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
