import type { Random } from '#simulator/kernel/random.ts';

/** A normal deviate with mean 0 and deviation 1, by Box and Muller. */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** A count with the given mean: exact for small means, rounded from a normal one for large ones. */
export const poisson = (random: Random, mean: number): number => {
  if (mean > LARGE) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));

  const end = Math.exp(-mean);
  let count = -1;
  for (let product = 1; product > end; product *= random()) count += 1;
  return Math.max(0, count);
};

const LARGE = 60;
