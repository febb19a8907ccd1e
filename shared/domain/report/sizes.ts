import type { Group } from '#domain/configuration/configuration.ts';
import type { Instant } from '#domain/time/instant.ts';

type Means = ReadonlyMap<Instant, number>;

/** The sizes of a group over a time, as it publishes them: the mean of each period, by its begin. */
export type Sizes = Readonly<{
  periodSeconds: number;
  inService: Means;
  desired: Means;
  /** The group's own bounds. */
  min: Means;
  max: Means;
}>;

export type SizeFigures = Readonly<{
  /** Hours of which the sizes are known; the others are hours of these. */
  hours: number;
  instanceHours: number;
  smallest: number;
  largest: number;
  mean: number;
  /** The desired capacity stood at the highest, or the lowest, that the file and the group allow. */
  atMaximum: number;
  atMinimum: number;
}>;

const HOUR_SECONDS = 3_600;

/**
 * Computes the figures of a group's sizes; nothing while none is known. A period in which a bound was changed belongs
 * to the bound that held in its mean.
 */
export const sizeFigures = (
  { periodSeconds, inService, desired, min, max }: Sizes,
  { min: fewest, max: most }: Group['capacity'],
): SizeFigures | undefined => {
  const known = [...inService.values()];
  if (known.length === 0) return undefined;

  const hoursOf = (periods: number): number => (periods * periodSeconds) / HOUR_SECONDS;
  const count = (holds: (at: Instant, value: number) => boolean): number =>
    hoursOf([...desired].filter(([at, value]) => holds(at, value)).length);
  const sum = known.reduce((total, value) => total + value, 0);
  return {
    hours: hoursOf(known.length),
    instanceHours: hoursOf(sum),
    smallest: known.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
    largest: known.reduce((largest, value) => Math.max(largest, value), 0),
    mean: sum / known.length,
    atMaximum: count((at, value) => value >= Math.min(max.get(at) ?? INFINITE, most ?? INFINITE)),
    atMinimum: count((at, value) => value <= Math.max(min.get(at) ?? -1, fewest ?? -1)),
  };
};

const INFINITE = Number.POSITIVE_INFINITY;
