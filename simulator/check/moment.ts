import type { CapacityDecision } from '#domain/ledger/decision.ts';
import type { Reason } from '#domain/ledger/reason.ts';
import { type Checker, unless } from './check-world.ts';
import { holds, narrowedBy, ownBoundsOf, stayingUnits, withStandby } from './narrowed.ts';
import { boundsOf, type CapacityCall, isCorrection, onCapacity, what } from './on-capacity.ts';

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
    if (plan === undefined || capacity >= plan.from) return [];
    const obstacles = view.obstacles.get(group.autoScalingGroup);
    return unless(obstacles?.length === 0, () => {
      return `${what(call)} while ${obstacles?.[0]?.detail ?? 'nobody looked'}`;
    });
  }),
};

export const leavesTheProtected: Checker = {
  id: 'S17p',
  promise: 'nothing takes more than the instances that are not protected',
  watch: onCapacity((call) => {
    const { plan, capacity, seen } = call;
    if (plan === undefined || capacity >= plan.from) return [];
    const staying = stayingUnits(seen);
    return unless(capacity >= staying, () => `${what(call)}, where ${staying} must stay`);
  }),
};

/** Units that are there stay, those that were put back were there before, and who stands within the bounds is not led back to them. */
export const correctionsAreRight: Checker = {
  id: 'S31',
  promise:
    'a capacity is rolled back to what is there, restored to what we left, and led back to bounds only from beyond them',
  watch: onCapacity((call) => {
    const { plan, isReissue } = call;
    if (isReissue || plan === undefined) return [];
    const isRight = RIGHT[plan.reason] ?? (() => true);
    return unless(isRight(call, plan), () => {
      return `${what(call)} from ${plan.from} (${plan.reason}), with ${unitsThere(call)} there`;
    });
  }),
};

/** The corrections that can be wrong, and when they are right. */
const RIGHT: Readonly<
  Partial<Record<Reason, (call: CapacityCall, plan: CapacityDecision) => boolean>>
> = {
  RolledBack: (call, { from }) => {
    const shortFor = call.at - (call.head?.missingSince ?? call.at);
    return call.capacity > unitsThere(call) && call.capacity < from && shortFor >= PATIENCE_MS;
  },
  Restored: ({ capacity, head }, { from }) => capacity > from && capacity <= (head?.expected ?? 0),
  BelowMinimum: (call, { from, at }) => from < boundsOf(call, at)[0],
  AboveMaximum: (call, { from, at }) => from > boundsOf(call, at)[1],
};

const unitsThere = ({ seen }: CapacityCall): number =>
  (seen?.instances ?? [])
    .filter(({ lifecycleState }) => !/^(Terminating|Standby)/.test(lifecycleState))
    .reduce((total, { weight }) => total + weight, 0);

const PATIENCE_MS = 598_000;

/** Nobody can have seen an instance on its way for longer than it has been there. */
const STUCK_MS = 900_000;

/** The minimum that holds for a call; of a group whose processes are suspended none is known. */
const leastOf = ({ plan, seen, group, view, at }: CapacityCall): number => {
  if (seen === undefined || seen.suspendedProcesses.length > 0) return 0;
  const own = ownBoundsOf(group, seen);
  const override = view.overrides.get(group.name);
  const bounds = narrowedBy(override, { group, now: plan?.at ?? at, own });
  return withStandby(group, bounds, plan?.bounds)[0];
};

export const notWhilePending: Checker = {
  id: 'S8b',
  promise:
    'without what is on its way, a removal leaves as much as rules ask for, and as the minimum is',
  watch: (world) =>
    onCapacity((call) => {
      const { plan, isReissue, capacity, seen, group } = call;
      if (isReissue || plan === undefined || capacity >= plan.from || isCorrection(call)) return [];
      const least = Math.max(plan.wanted, leastOf(call));
      const machines = world.cloud.autoScaling.machines(group.autoScalingGroup);
      const isYoung = (id: string): boolean =>
        plan.at - (machines.find((each) => each.id === id)?.launchedAt ?? 0) < STUCK_MS;
      const pending = (seen?.instances ?? [])
        .filter(({ id, lifecycleState }) => lifecycleState.startsWith('Pending') && isYoung(id))
        .reduce((sum, { weight }) => sum + weight, 0);
      if (pending === 0) return [];
      return unless(capacity >= least + pending, () => {
        return `${what(call)}, with ${pending} on their way, where ${least} were to stay`;
      });
    })(world),
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
