import type { Group } from '#domain/configuration/configuration.ts';
import type { Entry } from '#domain/lane/entry.ts';
import type { CapacityDecision } from '#domain/ledger/decision.ts';
import type { Instant } from '#domain/time/instant.ts';
import { type Checker, groupBy, type Judgement, SKEW_MS, unless } from './check-world.ts';
import { type Applying, isSet, writeOf } from './ledger.ts';

type Change = Readonly<{ id: string; at: Instant; isOut: boolean }>;

export const cooldownsAreKept: Checker = {
  id: 'S8',
  promise: 'two changes are as far apart as the cooldown of the later one asks for',
  watch: ({ cloud, configurationOf }) => {
    const changes = new Map<string, readonly Change[]>();
    const forget = ({ group, id }: Entry['decision']): void => {
      changes.set(
        group,
        (changes.get(group) ?? []).filter((change) => change.id !== id),
      );
    };
    const judge = ({ at, trip }: Applying): readonly Judgement[] => {
      const { name, capacity } = trip.input as { name: string; capacity: number };
      const group = groupBy(configurationOf(trip.invocation), name);
      const plan = group && cloud.scaleLedger.head(group.name)?.inFlight?.decision;
      if (!group || !plan) return [];

      const isOut = capacity > plan.from;
      const earlier = (changes.get(group.name) ?? []).filter(({ id }) => id !== plan.id);
      changes.set(group.name, [...earlier, { id: plan.id, at, isOut }].slice(-6));
      if (plan.reason !== 'ScaledOut' && plan.reason !== 'ScaledIn') return [];

      return tooSoon({ at, plan, group }, earlier, isOut);
    };

    return {
      onEvent: (event) => {
        const entry = writeOf(event)?.entry;
        if (entry?.kind === 'close' && entry.status !== 'applied') forget(entry.decision);
        return isSet(event) ? judge(event) : [];
      },
    };
  },
};

type Judged = Readonly<{ at: Instant; plan: CapacityDecision; group: Group }>;

const tooSoon = (
  { at, plan, group }: Judged,
  earlier: readonly Change[],
  isOut: boolean,
): readonly Judgement[] => {
  const { scaleOut, scaleIn } = group.behavior;
  const seconds = (isOut ? scaleOut : scaleIn).cooldownSeconds;
  const last = earlier.findLast((change) => change.isOut || !isOut);
  const gap = at - (last?.at ?? Number.NEGATIVE_INFINITY);
  return unless(gap >= seconds * 1_000 - SKEW_MS, () => {
    return `${plan.id} came ${gap} ms after ${last?.id}; the cooldown is ${seconds} s`;
  });
};
