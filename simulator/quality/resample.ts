import { createRandom, type Random } from '#simulator/kernel/random.ts';
import type { Weights } from './grid.ts';
import type { Measured } from './measure.ts';

/**
 * Draws days of each trace, and seeds, with replacement: how often each was drawn is its weight. All families get
 * the same draw, so that differences between them are of pairs. With `traces` they are drawn as well: what other
 * traces of such kinds would have shown.
 */
export const resamplings = (
  measured: readonly Measured[],
  count: number,
  scope: 'days' | 'traces' = 'days',
): readonly Weights[] => {
  const random = createRandom(20_260_302);
  const seeds = [...new Set(measured.map(({ seed }) => seed))];
  const days = new Map(measured.map(({ trace, optimum }) => [trace, optimum.length]));

  return Array.from({ length: count }, () => ({
    traces: scope === 'days' ? new Map() : weightsOf(random, [...days.keys()]),
    days: new Map([...days].map(([trace, length]) => [trace, drawn(random, length)])),
    seeds: weightsOf(random, seeds),
  }));
};

const weightsOf = <T>(random: Random, all: readonly T[]): ReadonlyMap<T, number> =>
  new Map(drawn(random, all.length).map((weight, index) => [all[index] as T, weight]));

const drawn = (random: Random, count: number): readonly number[] => {
  const weights = Array<number>(count).fill(0);
  for (let draw = 0; draw < count; draw += 1) {
    const index = Math.floor(random() * count);
    weights[index] = (weights[index] ?? 0) + 1;
  }
  return weights;
};
