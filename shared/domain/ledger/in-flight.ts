import type { Instant } from '#domain/time/instant.ts';
import type { Decision, TraceLine } from './decision.ts';
import type { InFlight } from './head.ts';

/** A head is one item, so a plan in it keeps at most so many lines of its trace; its record has them all. */
const MOST_LINES = 20;

/** A plan as a head keeps it: with what is needed to finish it and to tell what came of it. */
export const inFlightOf = <D extends Decision>(decision: D, claimedAt: Instant): InFlight<D> => ({
  decision: { ...decision, trace: keptLines(decision.trace) },
  claimedAt,
});

/** Each kilobyte of a head is paid for twice in its transaction: gates that let the plan pass are left to its record. */
const keptLines = (trace: readonly TraceLine[]): readonly TraceLine[] => {
  const telling = trace.filter(({ verdict }) => verdict !== 'pass');
  return telling.length <= MOST_LINES ? telling : telling.filter(isNeeded).slice(0, MOST_LINES);
};

const isNeeded = ({ stage, verdict }: TraceLine): boolean =>
  stage === 'combine' || (stage === 'rule' && verdict === 'recommend');
