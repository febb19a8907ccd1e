import { TROUBLES } from './outcome.ts';
import {
  outcomeOfRecorded,
  type RecordedDecision,
  subjectOfRecorded,
} from './recorded-decision.ts';

/**
 * The ids of those decisions (of one group, in any order) that recorded trouble of which people had been told before:
 * each is a line in the history, and no message.
 */
export const knownTroubles = (decisions: readonly RecordedDecision[]): ReadonlySet<string> => {
  const goingOn = new Map<'capacity' | 'health', string | undefined>();
  const known = new Set<string>();
  for (const each of decisions.toSorted((a, b) => a.at - b.at)) {
    const about = subjectOfRecorded(each);
    const trouble = each.status === 'held' ? troubleIn(each) : undefined;
    if (trouble !== undefined && goingOn.get(about) === trouble) known.add(each.id);
    if (isRemembered(each)) goingOn.set(about, trouble);
  }
  return known;
};

const troubleIn = (decision: RecordedDecision): string | undefined => {
  const outcome = outcomeOfRecorded(decision);
  return outcome !== undefined && TROUBLES.includes(outcome.kind) ? outcome.reason : undefined;
};

/** The size of a pool ends no trouble, and neither does a plan that the world has overtaken. */
const isRemembered = ({ reason, status }: RecordedDecision): boolean =>
  reason !== 'PoolSized' && status !== 'superseded';
