import type { Family } from './family.ts';
import { geometricMean } from './front.ts';
import { ALL_ALIKE, type Grid, gridOf, type Weights } from './grid.ts';
import {
  chooseVariants,
  intervalOf,
  type Judged,
  judge,
  type Standing,
  type Verdict,
} from './judge.ts';
import { LEVELS, type Measured } from './measure.ts';
import { resamplings } from './resample.ts';

/** A figure and where ninety-five of a hundred resamplings of days and seeds put it. */
export type Estimate = Readonly<{ value: number; interval: readonly [number, number] }>;

/** A line of the table: what a family costs over the optimum at one level of violations. */
export type Line = Readonly<{
  family: string;
  isOurs: boolean;
  level: number;
  tuned: Estimate;
  /** Absent when at no setting the mean violation is as small. */
  oneSetting?: Estimate;
  byTrace: ReadonlyMap<string, number>;
  /** Count of the traces that have no setting that violates so little. */
  unreached: number;
  /** By trace, the variant that was chosen on the others. */
  variants: readonly string[];
  /** Of a family of ours: its tuned cost over that of the cheapest peer with samples of a minute. */
  overPeer?: Estimate & Readonly<{ peer: string; losses: readonly string[] }>;
}>;

type Contestant = Readonly<{ family: Family; judged: Judged }>;

/** So often days and seeds are drawn anew. */
const RESAMPLINGS = 200;

export type FieldData = Readonly<{
  families: readonly Family[];
  measured: readonly Measured[];
  /** Measurements of the tuning traces, where they are others. */
  tuning?: readonly Measured[];
}>;

/** Judges the field at every level. */
export const judgeField = (data: FieldData): readonly Line[] => {
  const draws = resamplings(data.measured, RESAMPLINGS);
  const standing = standingIn([...data.measured, ...(data.tuning ?? [])]);
  const contestants = data.families.map((family) => ({ family, judged: judgedOf(data, family) }));

  return LEVELS.flatMap((level) => {
    const entries = contestants.map((each) => enter(each, { level, standing, draws }));
    return entries.map((entry) => lineOf(entry, entries, level));
  });
};

const judgedOf = ({ measured, tuning }: FieldData, { name }: Family): Judged => {
  const of = (all: readonly Measured[]): Grid =>
    gridOf(all.filter(({ family }) => family === name));
  return { grid: of(measured), ...(tuning === undefined ? {} : { tuning: of(tuning) }) };
};

/** Whoever cannot violate so little has to stand at the peak: that is what the static peak costs without violations. */
const standingIn = (measured: readonly Measured[]): Standing => {
  const peaks = new Map<string, number>();
  for (const { trace, size, points, family } of measured) {
    const [first] = points;
    if (family !== STATIC || first === undefined) continue;
    const optimum =
      measured.find((each) => each.trace === trace && each.size === size)?.optimum ?? [];
    peaks.set(`${trace} ${size}`, sumOf(first.hours) / sumOf(optimum));
  }
  return (trace, size) => peaks.get(`${trace} ${size}`) ?? Number.POSITIVE_INFINITY;
};

export const STATIC = 'static peak';

const sumOf = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0);

type Entry = Readonly<{
  family: Family;
  verdict: Verdict;
  draws: readonly Verdict[];
  variants: readonly string[];
  unreached: number;
}>;

type Terms = Readonly<{ level: number; standing: Standing; draws: readonly Weights[] }>;

const enter = ({ family, judged }: Contestant, { level, standing, draws }: Terms): Entry => {
  const choices = chooseVariants(judged, level, standing);
  const at = (weights: Weights): Verdict => judge(judged, choices, { level, standing, weights });
  const traces = [...judged.grid.keys()];
  const reached = judge(judged, choices, { level, standing: () => Number.NaN, weights: ALL_ALIKE });
  return {
    family,
    verdict: at(ALL_ALIKE),
    draws: draws.map(at),
    variants: traces.map((trace) => family.variants[choices.perTrace(trace)] ?? ''),
    unreached: [...reached.byTrace.values()].filter((cost) => Number.isNaN(cost)).length,
  };
};

const lineOf = (entry: Entry, entries: readonly Entry[], level: number): Line => {
  const { family, verdict, draws, variants, unreached } = entry;
  const { oneSetting } = verdict;
  return {
    family: family.name,
    isOurs: family.isOurs,
    level,
    tuned: { value: verdict.tuned, interval: intervalOf(draws.map(({ tuned }) => tuned)) },
    byTrace: verdict.byTrace,
    unreached,
    variants,
    ...(oneSetting === undefined
      ? {}
      : {
          oneSetting: {
            value: oneSetting,
            interval: intervalOf(draws.flatMap((draw) => draw.oneSetting ?? [])),
          },
        }),
    ...(family.isOurs ? overPeerOf(entry, entries) : {}),
  };
};

/** Against the cheapest peer with the same metrics, in the same draws of days and seeds. */
const overPeerOf = (entry: Entry, entries: readonly Entry[]): Pick<Line, 'overPeer'> => {
  const peers = entries.filter(({ family }) => !family.isOurs && !family.hasOtherMetrics);
  const [first] = peers;
  if (first === undefined) return {};
  const peer = peers.reduce(
    (best, each) => (each.verdict.tuned < best.verdict.tuned ? each : best),
    first,
  );
  const ratios = entry.draws.map(({ tuned }, index) => tuned / (peer.draws[index]?.tuned ?? tuned));
  return {
    overPeer: {
      peer: peer.family.name,
      value: entry.verdict.tuned / peer.verdict.tuned,
      interval: intervalOf(ratios),
      losses: [...entry.verdict.byTrace].flatMap(([trace, cost]) =>
        cost > (peer.verdict.byTrace.get(trace) ?? cost) ? [trace] : [],
      ),
    },
  };
};

/** The bounds over all worlds: the optimum with violations at each level, and one boot of sight. */
export const boundsOver = (measured: readonly Measured[]) => {
  const all = measured.flatMap(({ bounds, optimum }) => (bounds ? [{ bounds, optimum }] : []));
  return {
    relaxed: LEVELS.map((_, index) =>
      geometricMean(all.map(({ bounds }) => bounds.relaxed[index] ?? 1)),
    ),
    sighted: {
      cost: geometricMean(
        all.map(({ bounds, optimum }) => sumOf(bounds.sighted.hours) / sumOf(optimum)),
      ),
      violated:
        sumOf(
          all.map(({ bounds }) => sumOf(bounds.sighted.violated) / sumOf(bounds.sighted.requests)),
        ) / all.length,
    },
  };
};
