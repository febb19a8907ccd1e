import type { Alarm } from '../../shared/domain/alarm.ts';
import type { Adjustment, Group } from '../../shared/domain/configuration.ts';
import { type Checker, unless } from './check-world.ts';
import { type CapacityCall, isCorrection, onCapacity, what } from './on-capacity.ts';

const clamp = (value: number, min: number, max: number): number =>
  Math.min(Math.max(value, min), max);

/** The bounds that hold for a group as the invocation read it. */
const boundsOf = ({ group, seen }: CapacityCall): readonly [number, number] => {
  const [low, high] = [seen?.capacityMin ?? 0, seen?.capacityMax ?? 0];
  const { min = low, max = high } = group.capacity;
  return [clamp(min, low, high), clamp(max, low, high)];
};

/** Alarms of the group's rules that fire, as the invocation saw them. */
const firing = ({ view }: CapacityCall, { rules }: Group) =>
  rules.filter(({ alarm }) => {
    const seen = view.alarms.get(alarm.name);
    return seen?.state === 'ALARM' && seen.actionsEnabled;
  });

/** What an adjustment makes of a capacity, reckoned apart from the code that is judged. */
const wishOf = (adjustment: Adjustment, from: number): number => {
  if (adjustment.kind === 'set') return adjustment.capacity;
  const { amount, unit } = adjustment;
  const share = Math.floor((from * amount) / 100 + 1e-9);
  const percent = from * amount === 0 ? 0 : Math.max(1, share);
  const step = unit === 'percent' ? percent : amount;
  return Math.max(0, adjustment.kind === 'add' ? from + step : from - step);
};

export const withinBounds: Checker = {
  id: 'S1',
  promise: 'a capacity lies within the bounds, as they were last read',
  watch: onCapacity((call) => {
    const [min, max] = boundsOf(call);
    return unless(call.capacity >= min && call.capacity <= max, () => {
      return `${what(call)}, outside ${min} to ${max}`;
    });
  }),
};

export const aRuleAskedForIt: Checker = {
  id: 'S2',
  promise: 'a change is what a rule that fires asks for, the largest wish, or the nearest bound',
  watch: onCapacity((call) => {
    const { plan, isReissue } = call;
    if (isReissue || plan === undefined || isCorrection(call)) return [];
    const [min, max] = boundsOf(call);
    const wishes = firing(call, call.group)
      .map(({ adjustment, alarm }) => ({ wish: wishOf(adjustment, plan.from), name: alarm.name }))
      // A rule that removes does not count while CloudWatch could not evaluate all of its data.
      .filter(({ wish, name }) => wish >= plan.from || call.view.alarms.get(name)?.isEvaluated)
      .map(({ wish }) => wish);
    const largest = clamp(Math.max(...wishes), min, max);
    return unless(wishes.length > 0 && call.capacity === largest, () => {
      return `${what(call)} from ${plan.from}, but rules ask for ${wishes.join(', ') || 'nothing'}`;
    });
  }),
};

export const onlyOurs: Checker = {
  id: 'S3',
  promise: 'no group is set that does not carry the tag or is being deleted',
  watch: onCapacity((call) =>
    unless(call.seen?.isManaged === true && !call.seen.isBeingDeleted, () => {
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
  promise: 'nothing is removed while a rule that adds fires',
  watch: onCapacity((call) => {
    const { plan, isReissue, capacity } = call;
    if (isReissue || plan === undefined || capacity >= plan.from || isCorrection(call)) return [];
    const adding = firing(call, call.group).filter(
      ({ adjustment }) => wishOf(adjustment, plan.from) > plan.from,
    );
    return unless(adding.length === 0, () => `${what(call)} while ${adding[0]?.name} fires`);
  }),
};

const isBlind = (alarm: Alarm | undefined): boolean =>
  alarm === undefined || (alarm.actionsEnabled && alarm.state !== 'OK' && alarm.state !== 'ALARM');

export const notWhileBlind: Checker = {
  id: 'S10',
  promise: 'nothing is removed while a rule cannot see',
  watch: onCapacity((call) => {
    const { plan, isReissue, capacity, view, group } = call;
    if (isReissue || plan === undefined || capacity >= plan.from || isCorrection(call)) return [];
    const blind = group.rules.filter(
      ({ onMissing, alarm }) => onMissing === 'hold' && isBlind(view.alarms.get(alarm.name)),
    );
    return unless(blind.length === 0, () => `${what(call)} while ${blind[0]?.name} is blind`);
  }),
};

export const onlyWhileFiring: Checker = {
  id: 'S11',
  promise: 'without an alarm that fires only the bounds move a group',
  watch: onCapacity((call) =>
    unless(call.isReissue || isCorrection(call) || firing(call, call.group).length > 0, () => {
      return `${what(call)}, and no alarm fires`;
    }),
  ),
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
