import { knowledgeOf } from '#cli/backtest/knowledge.ts';
import type { LoadedHistory } from '#cli/history/load-history.ts';
import { failure } from '#cli/output/failure.ts';
import type { Learnable } from '#domain/configuration/learned.ts';
import { startTimesOf } from '#domain/history/boot-times.ts';
import { ascending, quantileOfSorted } from '#domain/history/median.ts';
import { SECOND_MS } from '#domain/time/instant.ts';
import { isoSeconds } from '#parse/history/launches.ts';

/** Values as a history shows them, and a sentence on how sure each is. */
export type Learned = Readonly<{
  /** Demand a second that one instance carries. */
  perInstance: number;
  /** Seconds in which four of five launches came into service. */
  lead: number;
  /** Seconds in which four of five starts out of the warm pool came into service; absent while there are too few. */
  wake?: number;
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
  // Values that nobody asks for are given, so that nothing is refused for want of it.
  const said = {
    slo,
    wayToSay: 'perInstance: 45rps in the rule',
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
  const starts = wanted.includes('wake') ? startsOf(group, wanted) : undefined;
  const end = demand.start + demand.perSecond.length * demand.periodSeconds * SECOND_MS;
  return {
    perInstance: threeDigits(known.carried),
    lead: fourOfFive(seconds),
    ...(starts?.seconds === undefined ? {} : { wake: fourOfFive(starts.seconds) }),
    on: isoSeconds(end - SECOND_MS).slice(0, 10),
    notes: [
      ...(wanted.includes('perInstance') ? notes.slice(0, 1) : []),
      ...(wanted.includes('lead') ? notes.slice(1) : []),
      ...(starts === undefined ? [] : [starts.note]),
    ],
  };
};

const fourOfFive = (seconds: readonly number[]): number =>
  Math.min(LONGEST_LEAD_SECONDS, Math.ceil(quantileOfSorted(seconds, LEAD_QUANTILE)));

/** The starts of a group, and a sentence on them. Throws when there are too few and nothing else is to be learned. */
const startsOf = (
  { name, launches }: LoadedHistory['group'],
  wanted: readonly Learnable[],
): Readonly<{ seconds?: readonly number[]; note: string }> => {
  const times = startTimesOf(launches);
  if (times !== undefined) {
    const [half, most] = [times.median, times.p90].map((each) => Math.round(each));
    return {
      seconds: times.seconds,
      note: `Of ${times.launches} starts out of the warm pool half were in service after ${half} s, nine tenths after ${most} s.`,
    };
  }
  const there = launches.filter(({ isStart }) => isStart === true).length;
  const problem = `the history has ${there} starts of ${name} out of its warm pool, and wake is learned from five`;
  if (wanted.length > 1) return { note: `Nothing is learned of wake: ${problem}.` };
  throw failure(
    'invalid-file',
    problem,
    'record more of it once the pool has been used; until then wake: auto counts on a minute',
  );
};

/** Three digits are as many as a fit is worth. */
const threeDigits = (value: number): number => Number(value.toPrecision(3));
