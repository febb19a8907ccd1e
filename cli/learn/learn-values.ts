import { knowledgeOf } from '#cli/backtest/knowledge.ts';
import type { LoadedHistory } from '#cli/history/load-history.ts';
import { failure } from '#cli/output/failure.ts';
import { ascending, quantileOfSorted } from '#domain/history/median.ts';
import { SECOND_MS } from '#domain/time/instant.ts';
import { isoSeconds } from '#parse/history/launches.ts';

/** The keys of a forecast rule that may say `auto`. */
export type Learnable = 'perInstance' | 'lead';

/** Values as a history shows them, and a sentence on how sure each is. */
export type Learned = Readonly<{
  /** Demand a second that one instance carries. */
  perInstance: number;
  /** Seconds in which four of five launches came into service. */
  lead: number;
  /** The last day of the history. */
  on: string;
  notes: readonly string[];
}>;

/** Four of five launches come in within so long. */
const LEAD_QUANTILE = 0.8;
/** A forecast looks no further ahead. */
const LONGEST_LEAD_SECONDS = 1_500;

/** Learns from a history what is asked for. Throws what it cannot be learned for. */
export const learnValues = (
  history: LoadedHistory,
  wanted: readonly Learnable[],
  slo: string | undefined,
): Learned => {
  // What nobody asks for is said, so that nothing is refused for want of it.
  const said = {
    slo,
    ...(wanted.includes('perInstance') ? {} : { perInstance: '1rps' }),
    ...(wanted.includes('lead') ? {} : { boot: '1s' }),
  };
  const { known, notes } = knowledgeOf(said, history);
  const { demand, group } = history;
  const seconds = [...(known.bootSeconds ?? [])].sort(ascending);
  if (seconds.length === 0) {
    throw failure(
      'invalid-file',
      `the history has ${group.launches.length} launches of ${group.name}, and lead is learned from five that came into service`,
      'record more of it, or say lead: 3m in the rule',
    );
  }
  const end = demand.start + demand.perSecond.length * demand.periodSeconds * SECOND_MS;
  return {
    perInstance: threeDigits(known.carried),
    lead: Math.min(LONGEST_LEAD_SECONDS, Math.ceil(quantileOfSorted(seconds, LEAD_QUANTILE))),
    on: isoSeconds(end - SECOND_MS).slice(0, 10),
    notes: [
      ...(wanted.includes('perInstance') ? notes.slice(0, 1) : []),
      ...(wanted.includes('lead') ? notes.slice(1) : []),
    ],
  };
};

/** Three digits are as many as a fit is worth. */
const threeDigits = (value: number): number => Number(value.toPrecision(3));
