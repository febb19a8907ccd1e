import { chooseVariants, type Judged, type Standing } from './choose.ts';
import { type Duel, duelsOf } from './duel.ts';
import { type Effort, effortOf } from './effort.ts';
import type { Entry } from './entry.ts';
import type { Family } from './family.ts';
import { geometricMean, type Spot } from './front.ts';
import { ALL_ALIKE, type Grid, gridOf, type Weights } from './grid.ts';
import { intervalOf, judge, type Verdict } from './judge.ts';
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
  /** Cost by trace, the target turned for each. */
  byTrace: ReadonlyMap<string, number>;
  /** Absent when at no setting the mean violation is as small. */
  oneSetting?: Estimate & Readonly<{ byTrace: ReadonlyMap<string, Spot>; effort: Effort }>;
  /** With the setting that keeps the level on other traces: cost, and the violations that it came to. */
  heldOut?: Estimate & Readonly<{ violated: number }>;
  /** Count of the traces that have no setting that violates so little. */
  unreached: number;
  /** By trace, the variant that was chosen on the others. */
  variants: readonly string[];
  /** Of a family of ours: against the cheapest peer with samples of a minute. */
  overPeer?: Readonly<{ tuned?: Duel; oneSetting?: Duel }>;
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
  const wide = resamplings(data.measured, RESAMPLINGS, 'traces');
  const standing = standingIn([...data.measured, ...(data.tuning ?? [])]);
  const contestants = data.families.map((family) => ({ family, judged: judgedOf(data, family) }));

  return LEVELS.flatMap((level) => {
    const entries = contestants.map((each) => enter(each, { level, standing, draws, wide }));
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

type Terms = Readonly<{
  level: number;
  standing: Standing;
  draws: readonly Weights[];
  wide: readonly Weights[];
}>;

const enter = ({ family, judged }: Contestant, { level, standing, draws, wide }: Terms): Entry => {
  const choices = chooseVariants(judged, level, standing);
  const at = (weights: Weights): Verdict => judge(judged, choices, { level, standing, weights });
  const traces = [...judged.grid.keys()];
  const verdict = at(ALL_ALIKE);
  const reached = judge(judged, choices, { level, standing: () => Number.NaN, weights: ALL_ALIKE });
  const { oneSetting } = verdict;
  return {
    family,
    verdict,
    draws: draws.map(at),
    wide: wide.map(at),
    variants: traces.map((trace) => family.variants[choices.perTrace(trace)] ?? ''),
    unreached: [...reached.byTrace.values()].filter((cost) => Number.isNaN(cost)).length,
    ...(oneSetting === undefined ? {} : { effort: effortOf(judged.grid, choices, oneSetting.mix) }),
  };
};

const lineOf = (entry: Entry, entries: readonly Entry[], level: number): Line => {
  const { family, verdict, draws, variants, unreached } = entry;
  return {
    family: family.name,
    isOurs: family.isOurs,
    level,
    tuned: { value: verdict.tuned, interval: intervalOf(draws.map(({ tuned }) => tuned)) },
    byTrace: verdict.byTrace,
    unreached,
    variants,
    ...oneSettingOf(entry),
    ...heldOutOf(entry),
    ...(family.isOurs ? { overPeer: duelsOf(entry, entries) } : {}),
  };
};

const oneSettingOf = ({ verdict, draws, effort }: Entry): Pick<Line, 'oneSetting'> => {
  const { oneSetting } = verdict;
  if (oneSetting === undefined || effort === undefined) return {};
  return {
    oneSetting: {
      value: oneSetting.cost,
      interval: intervalOf(draws.flatMap((draw) => draw.oneSetting?.cost ?? [])),
      byTrace: oneSetting.byTrace,
      effort,
    },
  };
};

const heldOutOf = ({ verdict: { heldOut }, draws }: Entry): Pick<Line, 'heldOut'> =>
  heldOut === undefined
    ? {}
    : {
        heldOut: {
          value: heldOut.cost,
          interval: intervalOf(draws.flatMap((draw) => draw.heldOut?.cost ?? [])),
          violated: heldOut.violated,
        },
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
