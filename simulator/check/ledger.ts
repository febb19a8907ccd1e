import type { Group } from '../../shared/domain/configuration.ts';
import type { CapacityDecision } from '../../shared/domain/decision.ts';
import type { Entry } from '../../shared/domain/entry.ts';
import type { HealHead, ScaleHead } from '../../shared/domain/head.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { HistoryEvent } from '../history.ts';
import { type Checker, type CheckWorld, groupBy, SKEW_MS, unless } from './check-world.ts';

type Write = Readonly<{ group: string; head: ScaleHead | HealHead; entry?: Entry }>;

const writeOf = (event: HistoryEvent): Write | undefined =>
  event.kind === 'applying' && event.trip.action === 'TransactWriteItems'
    ? (event.trip.input as Write)
    : undefined;

const laneOf = (event: HistoryEvent): string =>
  event.kind === 'applying' ? event.trip.invocation.functionName : '';

type Applying = Extract<HistoryEvent, { kind: 'applying' }>;

const isSet = (event: HistoryEvent): event is Applying =>
  event.kind === 'applying' && event.trip.action === 'SetDesiredCapacity';

/** The write and the version that is stored before it; it is won when they follow each other. */
const isWon = ({ cloud }: CheckWorld, event: HistoryEvent, { group, head }: Write): boolean => {
  const ledger = laneOf(event) === 'scale' ? cloud.scaleLedger : cloud.healLedger;
  return (ledger.head(group)?.version ?? 0) === head.version - 1;
};

export const oneAtATime: Checker = {
  id: 'S6',
  promise: 'a plan is carried out only by whoever claimed it last',
  watch: (world) => {
    const holders = new Map<string, string>();
    const follow = (event: Applying, write: Write): void => {
      if (laneOf(event) !== 'scale' || !isWon(world, event, write)) return;
      holders.set(write.group, write.head.inFlight ? event.trip.invocation.id : '');
    };
    const judge = ({ trip }: Applying): readonly string[] => {
      const group = (trip.input as { name: string }).name.replace(/-asg$/, '');
      const holder = holders.get(group);
      return unless(holder === trip.invocation.id, () => {
        return `${trip.invocation.id} set ${group}, whose plan ${holder || 'nobody'} holds`;
      });
    };

    return {
      onEvent: (event) => {
        const write = writeOf(event);
        if (write) follow(event as Applying, write);
        return isSet(event) ? judge(event) : [];
      },
    };
  },
};

export const idsAreUnique: Checker = {
  id: 'S7',
  promise: 'no two decisions have the same id',
  watch: (world) => {
    const seen = new Set<string>();

    return {
      onEvent: (event) => {
        const write = writeOf(event);
        if (write?.entry?.kind !== 'open' || !isWon(world, event, write)) return [];

        const { id } = write.entry.decision;
        const isNew = !seen.has(id);
        seen.add(id);
        return unless(isNew, () => `two decisions are called ${id}`);
      },
    };
  },
};

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
    const judge = ({ at, trip }: Applying): readonly string[] => {
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
): readonly string[] => {
  const { scaleOut, scaleIn } = group.behavior;
  const seconds = (isOut ? scaleOut : scaleIn).cooldownSeconds;
  const last = earlier.findLast((change) => change.isOut || !isOut);
  const gap = at - (last?.at ?? Number.NEGATIVE_INFINITY);
  return unless(gap >= seconds * 1_000 - SKEW_MS, () => {
    return `${plan.id} came ${gap} ms after ${last?.id}; the cooldown is ${seconds} s`;
  });
};
