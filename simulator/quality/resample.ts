import { createRandom, type Random } from '#simulator/kernel/random.ts';
import type { Weights } from './grid.ts';
import type { Measured } from './measure.ts';

/**
 * Draws days of each trace, and seeds, with replacement: how often each was drawn is its weight. All families get
 * the same draw, so that differences between them are of pairs.
 */
export const resamplings = (measured: readonly Measured[], count: number): readonly Weights[] => {
  const random = createRandom(20_260_302);
  const seeds = [...new Set(measured.map(({ seed }) => seed))];
  const days = new Map(measured.map(({ trace, optimum }) => [trace, optimum.length]));

  return Array.from({ length: count }, () => ({
    days: new Map([...days].map(([trace, length]) => [trace, drawn(random, length)])),
    seeds: new Map(drawn(random, seeds.length).map((weight, index) => [seeds[index] ?? 0, weight])),
  }));
};

const drawn = (random: Random, count: number): readonly number[] => {
  const weights = Array<number>(count).fill(0);
  for (let draw = 0; draw < count; draw += 1) {
    const index = Math.floor(random() * count);
    weights[index] = (weights[index] ?? 0) + 1;
  }
  return weights;
};
