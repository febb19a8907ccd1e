import type { Outcome } from '#domain/ledger/outcome.ts';
import { OUTCOME_TOPIC } from '../cloud.ts';
import type { HistoryEvent } from '../history.ts';
import { type Checker, type CheckWorld, type Judgement, unless } from './check-world.ts';
import { isMarked } from './drills.ts';
import { writeOf } from './ledger.ts';

const keyOf = ({ decisionId, at }: Outcome): string => `${decisionId} ${at}`;

export const publishedIn = (event: HistoryEvent): Outcome | undefined =>
  event.kind === 'published' && event.topic === OUTCOME_TOPIC && !isMarked(event.message)
    ? (JSON.parse(event.message) as Outcome)
    : undefined;

/** Heads of a later version say how much news they had to drop; others drop none. */
type Kept = Readonly<{ untold: readonly Outcome[]; droppedOutcomes?: number }>;

/** The stored head of a group before a write that wins; undefined when the write is lost. */
const storedBefore = ({ cloud }: CheckWorld, event: HistoryEvent): Kept | undefined => {
  const write = writeOf(event);
  if (write === undefined || event.kind !== 'applying') return undefined;
  const isScale = event.trip.invocation.functionName === 'scale';
  const stored = (isScale ? cloud.scaleLedger : cloud.healLedger).head(write.group);
  const isWon = (stored?.version ?? 0) === write.head.version - 1;
  return isWon ? (stored ?? { untold: [] }) : undefined;
};

type Write = NonNullable<ReturnType<typeof writeOf>>;

/** News that a write says it drops. Once people were told how much was dropped, the count begins anew. */
const droppedBy = ({ droppedOutcomes = 0 }: Kept, stored: Kept): number => {
  const { droppedOutcomes: before = 0 } = stored;
  return droppedOutcomes < before ? droppedOutcomes : droppedOutcomes - before;
};

/** News that a head kept before a write, and that is lost with it. */
const lostBy = (stored: Kept, isSafe: (outcome: Outcome) => boolean): readonly Outcome[] =>
  stored.untold.filter((outcome) => !isSafe(outcome));

/** News that was kept before a write and is lost with it, beyond what it says itself that it drops. */
const forgottenBy = (
  { untold }: Kept,
  { lost, dropped }: Readonly<{ lost: readonly Outcome[]; dropped: number }>,
): readonly Judgement[] =>
  untold.length === 0
    ? []
    : unless(lost.length <= dropped, () => `a head forgets ${lost.map(keyOf).join()}`);

/**
 * The news that a write makes: a change that is done, and a hold that says something new. Where a head is full of what
 * needs a person, it is dropped at once, and counted.
 */
const madeBy = (
  { entry, head }: Write,
  { isSafe, spare }: Readonly<{ isSafe: (outcome: Outcome) => boolean; spare: number }>,
): readonly Judgement[] => {
  const isDone = entry?.kind === 'close' && entry.status === 'applied';
  if (isDone && entry.outcome !== undefined) {
    const { outcome } = entry;
    const isKeptOrTold = isSafe(outcome) || spare > 0;
    return unless(isKeptOrTold, () => `${keyOf(outcome)} is done, and neither told nor kept`);
  }
  if (entry?.kind !== 'open' || entry.status !== 'held') return [];
  const { id } = entry.decision;
  const isKept = head.untold.some(({ decisionId }) => decisionId === id);
  return unless(isKept || spare > 0, () => `${id} is written as news, and not kept to be told`);
};

export const newsIsKept: Checker = {
  id: 'S92',
  promise:
    'no write of a head forgets news, and what a write makes news is published or kept in it',
  watch: (world) => {
    const published = new Set<string>();

    return {
      onEvent: (event) => {
        const outcome = publishedIn(event);
        if (outcome) published.add(keyOf(outcome));
        const write = writeOf(event);
        const stored = storedBefore(world, event);
        if (stored === undefined || write === undefined) return [];
        const kept = new Set(write.head.untold.map(keyOf));
        const isSafe = (each: Outcome): boolean =>
          kept.has(keyOf(each)) || published.has(keyOf(each));
        const lost = lostBy(stored, isSafe);
        const dropped = droppedBy(write.head, stored);
        const spare = dropped - lost.length;
        return [...forgottenBy(stored, { lost, dropped }), ...madeBy(write, { isSafe, spare })];
      },
    };
  },
};
