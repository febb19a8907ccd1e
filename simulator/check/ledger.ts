import type { Entry } from '#domain/lane/entry.ts';
import type { Change, HealHead, ScaleHead } from '#domain/ledger/head.ts';
import type { HistoryEvent } from '../history.ts';
import { type Checker, type CheckWorld, groupBy, type Judgement, unless } from './check-world.ts';

type Write = Readonly<{ group: string; head: ScaleHead | HealHead; entry?: Entry }>;

/** The write to the ledger that an event is, if it is one. */
export const writeOf = (event: HistoryEvent): Write | undefined =>
  event.kind === 'applying' && event.trip.action === 'TransactWriteItems'
    ? (event.trip.input as Write)
    : undefined;

/** The function that makes a call. */
export const laneOf = (event: HistoryEvent): string =>
  event.kind === 'applying' ? event.trip.invocation.functionName : '';

/** A call at the moment when it takes effect. */
export type Applying = Extract<HistoryEvent, { kind: 'applying' }>;

export const isSet = (event: HistoryEvent): event is Applying =>
  event.kind === 'applying' && event.trip.action === 'SetDesiredCapacity';

/** The write and the version that is stored before it; it is won when they follow each other. */
export const isWon = (
  { cloud }: CheckWorld,
  event: HistoryEvent,
  { group, head }: Write,
): boolean => {
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
    const judge = ({ trip }: Applying): readonly Judgement[] => {
      const { name } = trip.input as { name: string };
      const group = groupBy(world.configurationOf(trip.invocation), name)?.name ?? name;
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

export const cooldownsBeginWithChanges: Checker = {
  id: 'S8c',
  promise: 'a cooldown begins only with a change that AWS took',
  watch: (world) => ({
    onEvent: (event) => {
      const write = writeOf(event);
      if (write === undefined || laneOf(event) !== 'scale' || !isWon(world, event, write))
        return [];

      const before = world.cloud.scaleLedger.head(write.group);
      if (!beginsCooldown(write.head, before)) return [];
      return unless(write.entry?.status === 'applied', () => {
        return `a cooldown of ${write.group} began with ${write.entry?.status ?? 'nothing'}`;
      });
    },
  }),
};

const beginsCooldown = (next: ScaleHead | HealHead, before: ScaleHead | undefined): boolean =>
  'openAlarms' in next &&
  (isLater(next.lastScaleOut, before?.lastScaleOut) ||
    isLater(next.lastScaleIn, before?.lastScaleIn));

/** A time that a wrong clock wrote ahead is moved back, which begins nothing. */
const isLater = (next: Change | undefined, before: Change | undefined): boolean =>
  (next?.at ?? 0) > (before?.at ?? 0);
