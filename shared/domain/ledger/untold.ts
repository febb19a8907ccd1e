import type { Head } from './head.ts';
import { isEnd, matterOf, type Outcome, TROUBLES } from './outcome.ts';

/** A head keeps at most so many outcomes that could not be published; the ledger has them all. */
export const MOST_UNTOLD = 10;

export type Untold = Pick<Head, 'untold' | 'droppedOutcomes'>;

/** The head with other outcomes to be published: the newest few, and how many more there were. */
export const withUntold = <H extends Head>(head: H, { untold, droppedOutcomes = 0 }: Untold): H => {
  const { droppedOutcomes: _before, ...rest } = head;
  const kept = newestOf(untold);
  const dropped = droppedOutcomes + untold.length - kept.length;
  return {
    ...rest,
    untold: kept,
    ...(dropped === 0 ? {} : { droppedOutcomes: dropped }),
  } as unknown as H;
};

/** The head with more to be published after what it has. */
export const withMoreUntold = <H extends Head>(head: H, outcomes: readonly Outcome[]): H =>
  withUntold(head, { ...head, untold: [...head.untold, ...outcomes] });

/**
 * Routine news goes first, and the oldest of it; then what needs a person. The newest end of each matter goes last: whoever
 * hears that trouble began, now or an hour ago, must hear that it is over.
 */
const newestOf = (outcomes: readonly Outcome[]): readonly Outcome[] => {
  const ends = new Map(outcomes.filter(isEnd).map((outcome) => [matterOf(outcome), outcome]));
  const lastEnds = [...ends.values()];
  const others = outcomes.filter((outcome) => !lastEnds.includes(outcome));
  const byWorth = [
    ...others.filter((outcome) => !isTrouble(outcome)),
    ...others.filter(isTrouble),
    ...lastEnds,
  ];
  const dropped = new Set(byWorth.slice(0, Math.max(0, outcomes.length - MOST_UNTOLD)));
  return outcomes.filter((outcome) => !dropped.has(outcome));
};

const isTrouble = ({ kind }: Outcome): boolean => TROUBLES.includes(kind);
