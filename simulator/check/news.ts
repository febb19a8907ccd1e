import type { Entry } from '#domain/lane/entry.ts';
import { type Outcome, TROUBLES } from '#domain/ledger/outcome.ts';
import { OUTCOME_TOPIC } from '../cloud.ts';
import type { HistoryEvent } from '../history.ts';
import { type Checker, type CheckWorld, type Judgement, unless } from './check-world.ts';
import { isMarked } from './drills.ts';
import { laneOf, writeOf } from './ledger.ts';

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
  const stored = (laneOf(event) === 'scale' ? cloud.scaleLedger : cloud.healLedger).head(
    write.group,
  );
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

type Held = Extract<Entry, { kind: 'open' }>;

/** The newest hold of a group that scale wrote down, until something else was done. */
type Standing = Readonly<{
  matter: string;
  /** Undefined where people were not told of it, for the head was full: nobody can see then what it was. */
  isTrouble: boolean | undefined;
}>;

const standingAfter = (
  held: Held,
  told: Outcome | undefined,
  before: Standing | undefined,
): Standing => {
  const matter = matterOf(held);
  if (before?.matter === matter) return before;
  return { matter, isTrouble: told && TROUBLES.includes(told.kind) };
};

/** Equal for holds that say the same of the same: which way is barred, and whose metric is refused. */
const matterOf = ({ decision }: Held): string => {
  const { reason, trace } = decision;
  if (decision.kind === 'capacity' && reason === 'ProcessSuspended') {
    return `${reason} ${decision.wanted > decision.from ? 'out' : 'in'}`;
  }
  if (reason !== 'MetricRefused') return reason;
  const blind = trace.filter((line) => line.stage === 'rule' && line.reason === reason);
  return `${reason} ${blind.map(({ subject }) => subject).join()}`;
};

/** True for the end of a change: whatever is held after it is news. */
const isOver = ({ entry }: Write): boolean =>
  entry?.kind === 'close' &&
  entry.status !== 'superseded' &&
  !(entry.decision.kind === 'capacity' && entry.decision.from === entry.decision.to);

type Judged = Readonly<{
  isSafe: (outcome: Outcome) => boolean;
  spare: number;
  standing: Standing | undefined;
}>;

/**
 * The news that a write makes: a change that is done, and a hold that says something new. Where a head is full of what
 * needs a person, it is dropped at once, and counted. Trouble that goes on is written, and no news.
 */
const madeBy = (write: Write, judged: Judged): readonly Judgement[] => {
  const { entry } = write;
  if (entry?.kind === 'close' && entry.status === 'applied' && entry.outcome !== undefined) {
    return doneBy(entry.outcome, judged);
  }
  return entry?.kind === 'open' && entry.status === 'held' ? heldBy(entry, write, judged) : [];
};

const doneBy = (outcome: Outcome, { isSafe, spare }: Judged): readonly Judgement[] =>
  unless(
    isSafe(outcome) || spare > 0,
    () => `${keyOf(outcome)} is done, and neither told nor kept`,
  );

const heldBy = (held: Held, { head }: Write, { spare, standing }: Judged): readonly Judgement[] => {
  const { id } = held.decision;
  const matter = matterOf(held);
  const isKept = head.untold.some(({ decisionId }) => decisionId === id);
  const isSame = standing?.matter === matter;
  if (isSame && standing.isTrouble === undefined) return [];
  return isSame && standing.isTrouble
    ? unless(!isKept, () => `${id} tells once more of ${matter}, which goes on`)
    : unless(isKept || spare > 0, () => `${id} is written as news, and not kept to be told`);
};

export const newsIsKept: Checker = {
  id: 'S92',
  promise:
    'no write of a head forgets news, what a write makes news is published or kept in it, and trouble that goes on is told once',
  watch: (world) => {
    const published = new Set<string>();
    const standings = new Map<string, Standing>();
    const follow = (write: Write): void => {
      const { group, head, entry } = write;
      if (isOver(write)) standings.delete(group);
      if (entry?.kind !== 'open' || entry.status !== 'held') return;
      const told = head.untold.find(({ decisionId }) => decisionId === entry.decision.id);
      standings.set(group, standingAfter(entry, told, standings.get(group)));
    };

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
        const isScale = laneOf(event) === 'scale';
        const standing = isScale ? standings.get(write.group) : undefined;
        if (isScale) follow(write);
        return [
          ...forgottenBy(stored, { lost, dropped }),
          ...madeBy(write, { isSafe, spare, standing }),
        ];
      },
    };
  },
};
