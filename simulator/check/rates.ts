import type { Direction, Limit } from '#domain/configuration/behavior.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { CapacityDecision } from '#domain/ledger/decision.ts';
import type { ScaleHead } from '#domain/ledger/head.ts';
import type { Reason } from '#domain/ledger/reason.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { HistoryEvent } from '../history.ts';
import { type Checker, SKEW_MS, unless } from './check-world.ts';
import { type CapacityCall, isCorrection, onCapacity, what } from './on-capacity.ts';

const directionOf = ({ group: { behavior }, capacity }: CapacityCall, from: number): Direction =>
  capacity > from ? behavior.scaleOut : behavior.scaleIn;

/** Computes how far a limit lets a group go, apart from the code that is judged. */
const furthest = (
  { amount, unit, periodSeconds }: Limit,
  { head, capacity }: Pick<CapacityCall, 'head' | 'capacity'>,
  { from, at }: Readonly<{ from: number; at: Instant }>,
): number => {
  const recent = (head?.changes ?? []).filter((each) => at - each.at < periodSeconds * 1_000);
  const begin = recent.reduce((sum, each) => sum - (each.to - each.from), from);
  const sign = capacity > from ? 1 : -1;
  if (unit === 'capacity') return begin + sign * amount;
  const exact = begin + (sign * begin * amount) / 100;
  // A share of nothing allows one unit, as docs/configuration.md says.
  return sign > 0 ? Math.max(begin + 1, Math.ceil(exact - 1e-9)) : Math.floor(exact + 1e-9);
};

export const limitsAreKept: Checker = {
  id: 'S2r',
  promise: 'no change goes further than the widest limit allows',
  watch: onCapacity((call) => {
    const { plan, isReissue, capacity } = call;
    if (isReissue || plan === undefined || isCorrection(call)) return [];
    const { limits } = directionOf(call, plan.from);
    const reaches = limits.map((limit) => furthest(limit, call, plan));
    const isKept =
      limits.length === 0 ||
      (capacity > plan.from ? capacity <= Math.max(...reaches) : capacity >= Math.min(...reaches));
    return unless(isKept, () => `${what(call)} from ${plan.from}, beyond ${reaches.join(', ')}`);
  }),
};

/** A decision to stay that a limit is the reason of. */
const heldIn = (event: HistoryEvent): CapacityDecision | undefined => {
  if (event.kind !== 'noted' || event.note.kind !== 'decided') return undefined;
  const { decision } = event.note;
  const isHold = decision.kind === 'capacity' && decision.from === decision.to;
  return isHold && BY_LIMITS.includes(decision.reason) ? decision : undefined;
};

const BY_LIMITS: readonly Reason[] = ['ScaleUpLimit', 'ScaleDownLimit'];

/** Says whether the limits of a group let a capacity that was held go any further, by the changes that the ledger had. */
const allowsMore = (
  { from, at, reason }: CapacityDecision,
  { behavior }: Group,
  head: ScaleHead | undefined,
): boolean => {
  const isOut = reason === 'ScaleUpLimit';
  const capacity = from + (isOut ? 1 : -1);
  const { limits } = isOut ? behavior.scaleOut : behavior.scaleIn;
  const reaches = limits.map((limit) => furthest(limit, { head, capacity }, { from, at }));
  return isOut ? Math.max(...reaches) > from : Math.min(...reaches) < from;
};

export const limitsLetThrough: Checker = {
  id: 'S2l',
  promise: 'no limit holds back what it allows',
  watch: ({ views, configurationOf }) => ({
    onEvent: (event) => {
      const hold = heldIn(event);
      if (hold === undefined || event.kind !== 'noted') return [];
      const { invocation } = event;
      const group = configurationOf(invocation).groups.find(({ name }) => name === hold.group);
      if (group === undefined) return [];
      const head = views.of(invocation).heads.get(hold.group) as ScaleHead | undefined;
      return unless(!allowsMore(hold, group, head), () => {
        return `${hold.group} was held at ${hold.from}, and its limits allow more: ${hold.summary}`;
      });
    },
  }),
};

type Wanted = Readonly<{ at: Instant; capacity: number }>;

const wantedIn = (event: HistoryEvent): (Wanted & Readonly<{ group: string }>) | undefined => {
  // What is not recorded wants the same as the record before it, as far as its reader could know.
  if (event.kind !== 'noted' || event.note.kind !== 'decided' || !event.note.isRecorded) {
    return undefined;
  }
  const { decision } = event.note;
  return decision.kind === 'capacity' && decision.reason !== 'GroupNotFound'
    ? { at: decision.at, capacity: decision.wanted, group: decision.group }
    : undefined;
};

/**
 * Finds what was wanted when the window began. Of wishes within a few seconds nobody can say by their clocks
 * which one was the last, nor of one within a few seconds of the window's begin whether it came before.
 */
const heldAt = (earlier: readonly Wanted[], first: number): readonly Wanted[] => {
  const { at } = earlier[first] ?? { at: 0 };
  const rivals = earlier.slice(0, first + 1).filter((each) => each.at > at - SKEW_MS);
  return rivals;
};

export const windowsAreKept: Checker = {
  id: 'S2w',
  promise: 'a change goes no further than what rules wanted all through the window',
  watch: (world) => {
    const wanted = new Map<string, readonly Wanted[]>();
    const judge = onCapacity((call) => {
      const { plan, isReissue, capacity, group } = call;
      if (isReissue || plan === undefined || isCorrection(call)) return [];
      const begin = plan.at - directionOf(call, plan.from).stabilizeSeconds * 1_000;
      // Who died after a write has noted nothing, but the ledger knows.
      const written = world.cloud.scaleLedger.head(group.name)?.wishes ?? [];
      const earlier = [...(wanted.get(group.name) ?? []), ...written]
        .filter(({ at }) => at < plan.at)
        .toSorted((a, b) => a.at - b.at);
      const first = Math.max(
        0,
        earlier.findLastIndex(({ at }) => at <= begin + SKEW_MS),
      );
      const permits = ({ capacity: wish }: Wanted): boolean =>
        capacity > plan.from
          ? capacity <= Math.max(wish, plan.from)
          : capacity >= Math.min(wish, plan.from);
      const later = earlier.slice(first + 1);
      // A window that nobody remembers from its begin is not over: what there was counts as wanted.
      const isReached = earlier.some(({ at }) => at <= begin);
      const isKept =
        begin === plan.at ||
        (isReached && heldAt(earlier, first).some(permits) && later.every(permits));
      const wishes = earlier.slice(first).map((each) => each.capacity);
      return unless(
        isKept,
        () =>
          `${what(call)} from ${plan.from}, though ${wishes || 'nobody knows what'} were wanted`,
      );
    })(world);

    return {
      onEvent: (event) => {
        const wish = wantedIn(event);
        if (wish) wanted.set(wish.group, [...(wanted.get(wish.group) ?? []), wish].slice(-200));
        return judge.onEvent?.(event) ?? [];
      },
    };
  },
};
