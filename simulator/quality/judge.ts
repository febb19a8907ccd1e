import {
  type Choices,
  costOnTrace,
  curveOver,
  type Judged,
  type Question,
  type Standing,
  spotsIn,
} from './choose.ts';
import { geometricMean, type Mix, mean, mixAt, mixed, type Spot } from './front.ts';
import { ALL_ALIKE, spotOver, type Weights } from './grid.ts';

/** The answers at one level of violations. */
export type Verdict = Readonly<{
  /** The knob turned for each trace: geometric mean over traces, and by trace. */
  tuned: number;
  byTrace: ReadonlyMap<string, number>;
  /** One setting for all traces whose mean violation is the level; none when no setting violates so little. */
  oneSetting?: OneSetting;
  /** The setting that keeps the level on the tuning traces, or, of each trace, on all others: what it came to. */
  heldOut?: Spot;
}>;

export type OneSetting = Readonly<{
  cost: number;
  byTrace: ReadonlyMap<string, Spot>;
  /** Knobs by their places. */
  mix: Mix;
}>;

export const judge = (
  { grid, tuning }: Judged,
  choices: Choices,
  { level, standing, weights }: Readonly<{ level: number; standing: Standing; weights: Weights }>,
): Verdict => {
  const question: Question = { grid, spots: spotsIn(grid, weights), standing, level };
  const traces = drawn([...grid.keys()], weights);
  const byTrace = new Map(
    traces.map((trace) => [trace, costOnTrace(question, trace, choices.perTrace(trace))]),
  );
  const oneSetting = oneSettingFor(question, traces, choices);
  const elsewhere =
    tuning === undefined
      ? question
      : { ...question, grid: tuning, spots: spotsIn(tuning, ALL_ALIKE) };
  const heldOut = heldOutOf(question, choices, elsewhere);
  return {
    byTrace,
    tuned: geometricMean(traces.map((trace) => byTrace.get(trace) ?? Number.NaN)),
    ...(oneSetting === undefined ? {} : { oneSetting }),
    ...(heldOut === undefined ? {} : { heldOut }),
  };
};

/** Traces by how often each was drawn. */
const drawn = (traces: readonly string[], { traces: weights }: Weights): readonly string[] =>
  traces.flatMap((trace) => Array<string>(weights.get(trace) ?? 1).fill(trace));

const oneSettingFor = (
  question: Question,
  traces: readonly string[],
  { forAll }: Choices,
): OneSetting | undefined => {
  const curve = curveOver(question, traces, forAll);
  const mix = mixAt(curve, question.level);
  return (
    mix && {
      mix,
      cost: mixed(mix, (knob) => curve[knob]?.cost ?? Number.NaN),
      byTrace: new Map(
        traces.map((trace) => [trace, spotAt(question, trace, { variantOf: forAll, mix })]),
      ),
    }
  );
};

type Setting = Readonly<{ variantOf: Choices['heldOut']; mix: Mix }>;

/** A trace on which the knob was not turned: where it stands with the setting that keeps the level elsewhere. */
const heldOutOf = (
  question: Question,
  { heldOut }: Choices,
  elsewhere: Question,
): Spot | undefined => {
  const isApart = elsewhere.grid !== question.grid;
  const spots = [...question.grid.keys()].map((trace) => {
    const others = [...elsewhere.grid.keys()].filter((each) => isApart || each !== trace);
    if (others.length === 0) return undefined;
    const variant = heldOut(trace);
    const mix = mixAt(
      curveOver(elsewhere, others, () => variant),
      question.level,
    );
    return mix && spotAt(question, trace, { variantOf: heldOut, mix });
  });
  return spots.every((spot) => spot !== undefined) ? spotOver(spots) : undefined;
};

const spotAt = (question: Question, trace: string, { variantOf, mix }: Setting): Spot => {
  const curve = curveOver(question, [trace], variantOf);
  return {
    violated: mixed(mix, (knob) => curve[knob]?.violated ?? Number.NaN),
    cost: mixed(mix, (knob) => curve[knob]?.cost ?? Number.NaN),
  };
};

/** The ends of the middle ninety-five of a hundred values. */
export const intervalOf = (values: readonly number[]): readonly [number, number] => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.round(share * (sorted.length - 1))] ?? mean(values);
  return [at(0.025), at(0.975)];
};
