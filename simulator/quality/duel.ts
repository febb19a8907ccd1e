import type { Entry } from './entry.ts';
import { intervalOf, type Verdict } from './judge.ts';

/**
 * A family of ours against the cheapest peer with the same metrics: its cost over that of the peer, in pairs of the same
 * draws of traces, days and seeds.
 */
export type Duel = Readonly<{
  peer: string;
  value: number;
  interval: readonly [number, number];
  /** The traces on which it costs more. */
  losses: readonly string[];
}>;

/** A view of a verdict: the cost that is compared, and that of each trace. */
type View = Readonly<{
  cost: (verdict: Verdict) => number | undefined;
  onTrace: (verdict: Verdict, trace: string) => number | undefined;
}>;

const VIEWS = {
  tuned: {
    cost: ({ tuned }) => tuned,
    onTrace: ({ byTrace }, trace) => byTrace.get(trace),
  },
  oneSetting: {
    cost: ({ oneSetting }) => oneSetting?.cost,
    onTrace: ({ oneSetting }, trace) => oneSetting?.byTrace.get(trace)?.cost,
  },
} as const satisfies Readonly<Record<string, View>>;

/** The duels of a family of ours: the target turned for each trace, and one setting for all. */
export const duelsOf = (
  entry: Entry,
  entries: readonly Entry[],
): Readonly<{ tuned?: Duel; oneSetting?: Duel }> => {
  const tuned = duelOf(entry, entries, VIEWS.tuned);
  const oneSetting = duelOf(entry, entries, VIEWS.oneSetting);
  return {
    ...(tuned === undefined ? {} : { tuned }),
    ...(oneSetting === undefined ? {} : { oneSetting }),
  };
};

const duelOf = (
  entry: Entry,
  entries: readonly Entry[],
  { cost, onTrace }: View,
): Duel | undefined => {
  const ours = cost(entry.verdict);
  const peers = entries.filter(
    ({ family, verdict }) =>
      !family.isOurs && !family.hasOtherMetrics && cost(verdict) !== undefined,
  );
  const costOf = (each: Entry): number => cost(each.verdict) ?? Number.POSITIVE_INFINITY;
  const [first] = peers;
  if (ours === undefined || first === undefined) return undefined;

  const peer = peers.reduce((best, each) => (costOf(each) < costOf(best) ? each : best), first);
  const ratios = entry.wide.flatMap((draw, index) => {
    const [mine, theirs] = [cost(draw), cost(peer.wide[index] ?? draw)];
    return mine === undefined || theirs === undefined ? [] : [mine / theirs];
  });
  return {
    peer: peer.family.name,
    value: ours / costOf(peer),
    interval: intervalOf(ratios),
    losses: [...entry.verdict.byTrace.keys()].filter(
      (trace) =>
        (onTrace(entry.verdict, trace) ?? 0) >
        (onTrace(peer.verdict, trace) ?? Number.POSITIVE_INFINITY),
    ),
  };
};
