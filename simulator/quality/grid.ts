import { geometricMean, mean, type Spot } from './front.ts';
import type { Measured } from './measure.ts';

/** The weights with which traces, days of a trace, and seeds count: all 1, or as a resampling drew them. */
export type Weights = Readonly<{
  traces: ReadonlyMap<string, number>;
  /** By trace. */
  days: ReadonlyMap<string, readonly number[]>;
  /** By seed. */
  seeds: ReadonlyMap<number, number>;
}>;

/** All measurements of one family, by trace and then by fleet size; each list has one entry a seed. */
export type Grid = ReadonlyMap<string, ReadonlyMap<number, readonly Measured[]>>;

export const gridOf = (measured: readonly Measured[]): Grid => {
  const grid = new Map<string, Map<number, Measured[]>>();
  for (const each of measured) {
    const sizes = grid.get(each.trace) ?? new Map<number, Measured[]>();
    sizes.set(each.size, [...(sizes.get(each.size) ?? []), each]);
    grid.set(each.trace, sizes);
  }
  return grid;
};

/** A setting by its place in the list of points: the same in every world of a family. */
export type Setting = Readonly<{ index: number; variant: number }>;

/** The settings of a family. */
export const settingsOf = (grid: Grid): readonly Setting[] => {
  const [sizes] = [...grid.values()];
  const [runs] = [...(sizes?.values() ?? [])];
  return (runs?.[0]?.points ?? []).map(({ variant }, index) => ({ index, variant }));
};

/** A setting on one trace and fleet size, over all seeds. */
export const spotOf = (runs: readonly Measured[], index: number, weights: Weights): Spot => {
  const total = (read: (run: Measured) => readonly number[] | undefined): number =>
    runs.reduce((sum, run) => sum + weighed(read(run) ?? [], run, weights), 0);
  const hours = total(({ points }) => points[index]?.hours);
  const requests = total(({ points }) => points[index]?.requests);
  const violated = total(({ points }) => points[index]?.violated);

  return {
    violated: requests === 0 ? 0 : violated / requests,
    cost: hours / total(({ optimum }) => optimum),
  };
};

/** The sum over days, each as often as it was drawn. */
const weighed = (values: readonly number[], run: Measured, { days, seeds }: Weights): number => {
  const factors = days.get(run.trace) ?? [];
  const sum = values.reduce((all, value, day) => all + value * (factors[day] ?? 1), 0);
  return sum * (seeds.get(run.seed) ?? 1);
};

/** A setting over traces: the mean of its violations and the geometric mean of its cost, sizes alike. */
export const spotOver = (spots: readonly Spot[]): Spot => ({
  violated: mean(spots.map(({ violated }) => violated)),
  cost: geometricMean(spots.map(({ cost }) => cost)),
});

export const ALL_ALIKE: Weights = { traces: new Map(), days: new Map(), seeds: new Map() };
