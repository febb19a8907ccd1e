import type { CapacityDecision } from '#domain/ledger/decision.ts';
import type { GroupState, Instance } from '#domain/observed/group-state.ts';
import { MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';
import { type Checker, SKEW_MS, unless } from './check-world.ts';
import { stayingUnits } from './narrowed.ts';
import { boundsOf, type CapacityCall, isCorrection, onCapacity, what } from './on-capacity.ts';
import { opinionsOf } from './reference.ts';

const clamp = (value: number, min: number, max: number): number =>
  Math.min(Math.max(value, min), max);

/** A change that rules asked for, as opposed to a correction or a plan that is only finished. */
const chosen = (call: CapacityCall): CapacityDecision | undefined =>
  call.isReissue || isCorrection(call) ? undefined : call.plan;

export const withinBounds: Checker = {
  id: 'S1',
  promise: 'a capacity lies within the bounds, as they were last read',
  watch: onCapacity((call) => {
    const { capacity, plan, at, isReissue } = call;
    // Whoever finishes a plan of before judges a little before the call; whoever makes one, at its time.
    const moments = isReissue ? [at, at - SKEW_MS] : [plan?.at ?? at];
    const bounds = moments.map((now) => boundsOf(call, now));
    // What is protected stays, also above the maximum; who finishes a plan of before says so no more.
    const kept = Math.min(stayingUnits(call.seen), (plan?.from ?? 0) - 1);
    const isWithin = bounds.some(
      ([min, max]) => capacity >= min && capacity <= Math.max(max, kept),
    );
    return unless(
      isWithin,
      () =>
        `${what(call)}, outside ${bounds.map(([min, max]) => `${min} to ${max}`).join(' and ')}`,
    );
  }),
};

/** Says whether windows, limits and protection may have made this of a recommendation: a capacity between it and the present one. */
const isTamed = (call: CapacityCall, isOut: boolean): boolean => {
  const { group, seen, head, plan, at } = call;
  const isOpen = ({ isProtected, lifecycleState }: Instance): boolean =>
    !isProtected && lifecycleState === 'InService';
  if (!isOut && !seen?.instances.every(isOpen)) return true;
  // Units that were added a moment ago count as on their way, and bend a removal by their number.
  const sinceOutMs = (plan?.at ?? at) - (head?.lastScaleOut?.at ?? Number.NEGATIVE_INFINITY);
  const warmMs = Math.max(MINUTE_MS, group.behavior.warmupSeconds * SECOND_MS) + SKEW_MS;
  if (!isOut && sinceOutMs < warmMs) return true;
  const { stabilizeSeconds, limits } = isOut ? group.behavior.scaleOut : group.behavior.scaleIn;
  return stabilizeSeconds > 0 || limits.length > 0;
};

export const aRuleAskedForIt: Checker = {
  id: 'S2',
  promise: 'a change is what rules ask for, the largest wish, the nearest bound, or less of it',
  watch: onCapacity((call) => {
    const plan = chosen(call);
    if (plan === undefined) return [];
    const [min, max] = boundsOf(call, plan.at);
    const wishes = opinionsOf(call, plan).flatMap(({ wish }) => wish ?? []);
    // In a ballot those who want to stay are not counted, so that the largest may be of another rule.
    const moving = wishes.filter((wish) => wish !== plan.from);
    const largest = clamp(Math.max(...moving), min, max);
    const isLess =
      isTamed(call, call.capacity > plan.from) && isBetween(call.capacity, plan.from, largest);
    return unless(moving.length > 0 && (call.capacity === largest || isLess), () => {
      return `${what(call)} from ${plan.from}, but rules ask for ${wishes.join(', ') || 'nothing'}`;
    });
  }),
};

const isBetween = (value: number, a: number, b: number): boolean =>
  value > Math.min(a, b) && value <= Math.max(a, b) ? true : value === Math.min(a, b);

/** Its tag has the deployment's name, or the value that named none. */
const isOurs = (seen: GroupState | undefined): boolean => {
  const { isManaged = false, optIn } = seen ?? {};
  if (optIn === undefined) return isManaged;
  return optIn.found === optIn.wanted || optIn.found === 'true';
};

export const onlyOurs: Checker = {
  id: 'S3',
  promise: 'no group is set that does not carry the tag of the deployment or is being deleted',
  watch: onCapacity((call) =>
    unless(isOurs(call.seen) && call.seen?.isBeingDeleted === false, () => {
      return `${what(call)}, which is not ours`;
    }),
  ),
};

export const asPlanned: Checker = {
  id: 'S5',
  promise: 'only the planned capacity is set, and nothing that was not planned',
  watch: onCapacity((call) =>
    unless(call.plan?.to === call.capacity, () => {
      return `${what(call)}, and the ledger plans ${call.plan?.to ?? 'nothing'}`;
    }),
  ),
};

export const notWhileFiring: Checker = {
  id: 'S9',
  promise: 'nothing is removed while a rule asks for more, or, outside of a ballot, to stay',
  watch: onCapacity((call) => {
    const plan = chosen(call);
    if (plan === undefined || call.capacity >= plan.from) return [];
    const objecting = opinionsOf(call, plan).find(
      ({ wish = 0, ballot }) => wish > plan.from || (wish === plan.from && ballot === undefined),
    );
    return unless(objecting === undefined, () => {
      return `${what(call)} while ${objecting?.rule} asks for ${objecting?.wish}`;
    });
  }),
};

export const notWhileBlind: Checker = {
  id: 'S10',
  promise: 'nothing is removed while a rule cannot see, and nothing moves when one says so',
  watch: onCapacity((call) => {
    const plan = chosen(call);
    if (plan === undefined) return [];
    const blind = opinionsOf(call, plan).find(
      ({ blocksScaleIn, stopsAll }) => stopsAll || (blocksScaleIn && call.capacity < plan.from),
    );
    return unless(blind === undefined, () => `${what(call)} while ${blind?.rule} is blind`);
  }),
};

export const onlyWhileFiring: Checker = {
  id: 'S11',
  promise: 'without a rule that asks for a change only the bounds move a group',
  watch: onCapacity((call) => {
    const plan = chosen(call);
    if (plan === undefined) return [];
    const asking = opinionsOf(call, plan).some(({ wish = plan.from }) => wish !== plan.from);
    return unless(asking, () => `${what(call)}, and no rule asks for it`);
  }),
};

export const reckonsFromDesired: Checker = {
  id: 'S2b',
  promise: 'a change is reckoned from the desired capacity, or from our own last one',
  watch: onCapacity((call) => {
    const { plan, isReissue, seen, head } = call;
    if (isReissue || plan === undefined || seen === undefined) return [];
    const own = [head?.lastScaleOut, head?.lastScaleIn].map((change) => change?.to);
    return unless(plan.from === seen.capacityDesired || own.includes(plan.from), () => {
      return `${what(call)} from ${plan.from}, and the group wanted ${seen.capacityDesired}`;
    });
  }),
};
