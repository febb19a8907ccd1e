import { costAt, geometricMean, type Spot } from './front.ts';
import {
  ALL_ALIKE,
  type Grid,
  type Setting,
  settingsOf,
  spotOf,
  spotOver,
  type Weights,
} from './grid.ts';

/**
 * The measurements of a family that it is tuned on and judged on. Without tuning traces of its own every trace is
 * judged with what was best on all others.
 */
export type Judged = Readonly<{ grid: Grid; tuning?: Grid }>;

/** The figures of each setting on each trace and size, once for all questions. */
type Spots = ReadonlyMap<string, readonly (readonly Spot[])[]>;

export const spotsIn = (grid: Grid, weights: Weights): Spots => {
  const settings = settingsOf(grid);
  return new Map(
    [...grid].map(([trace, sizes]) => [
      trace,
      settings.map(({ index }) => [...sizes.values()].map((runs) => spotOf(runs, index, weights))),
    ]),
  );
};

/** Cost where a family cannot violate so little at any setting: it has to stand at the peak. */
export type Standing = (trace: string, size: number) => number;

export type Question = Readonly<{ grid: Grid; spots: Spots; standing: Standing; level: number }>;

/** The cost on one trace with the variant given and the knob turned for that trace. */
export const costOnTrace = (
  { grid, spots, standing, level }: Question,
  trace: string,
  variant: number,
) => {
  const settings = settingsOf(grid).filter((setting) => setting.variant === variant);
  const sizes = [...(grid.get(trace)?.keys() ?? [])];
  return geometricMean(
    sizes.map((size, place) => {
      const each = settings.flatMap(({ index }) => spots.get(trace)?.[index]?.[place] ?? []);
      return costAt(each, level) ?? standing(trace, size);
    }),
  );
};

/** One knob for all of these traces: the curve of its settings, each trace with a variant of its own choice. */
export const curveOver = (
  { grid, spots }: Question,
  traces: readonly string[],
  variantOf: (trace: string) => number,
): readonly Spot[] => {
  const settings = settingsOf(grid);
  const knobs = settings.filter(({ variant }) => variant === 0).length;
  return Array.from({ length: knobs }, (_, knob) =>
    spotOver(
      traces.flatMap((trace) => {
        const { index } = settings[variantOf(trace) * knobs + knob] as Setting;
        return spots.get(trace)?.[index] ?? [];
      }),
    ),
  );
};

/** The variant that is best on the tuning traces, by a measure of which less is better. */
const bestVariant = (
  settings: readonly Setting[],
  measure: (variant: number) => number,
): number => {
  const variants = [...new Set(settings.map(({ variant }) => variant))];
  return variants.reduce((best, each) => (measure(each) < measure(best) ? each : best), 0);
};

/** The variants that are judged, one for each view. */
export type Choices = Readonly<{
  /** The variant where the knob is turned for each trace: the best on the tuning traces, or on all others. */
  perTrace: (trace: string) => number;
  /** The variant where the whole setting comes from the tuning traces, or from all others. */
  heldOut: (trace: string) => number;
  /** The variant of one setting for all traces: the same on each, or it were several settings. */
  forAll: (trace: string) => number;
}>;

/** Chooses variants on the tuning traces, or on the judged ones. */
export const chooseVariants = (judged: Judged, level: number, standing: Standing): Choices => {
  const { grid, tuning } = judged;
  const from = tuning ?? grid;
  const question: Question = { grid: from, spots: spotsIn(from, ALL_ALIKE), standing, level };
  const settings = settingsOf(from);
  const tracesFor = (trace: string): readonly string[] => {
    const others = [...from.keys()].filter((each) => tuning !== undefined || each !== trace);
    return others.length === 0 ? [...from.keys()] : others;
  };
  const bestOver = (traces: readonly string[]): number =>
    bestVariant(
      settings,
      (variant) =>
        costAt(
          curveOver(question, traces, () => variant),
          level,
        ) ?? Number.POSITIVE_INFINITY,
    );
  const best = bestOver([...from.keys()]);

  return {
    perTrace: memorised((trace) =>
      bestVariant(settings, (variant) =>
        geometricMean(tracesFor(trace).map((each) => costOnTrace(question, each, variant))),
      ),
    ),
    heldOut: memorised((trace) => bestOver(tracesFor(trace))),
    forAll: () => best,
  };
};

const memorised = (choose: (trace: string) => number): ((trace: string) => number) => {
  const chosen = new Map<string, number>();
  return (trace) => {
    const variant = chosen.get(trace) ?? choose(trace);
    chosen.set(trace, variant);
    return variant;
  };
};
