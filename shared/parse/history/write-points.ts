import type { Instant } from '#domain/time/instant.ts';
import { isoSeconds } from './launches.ts';

/** Points as CSV with the header `timestamp,value`, in the order of time; holes have no line. */
export const writePoints = (points: ReadonlyMap<Instant, number>): string =>
  [
    'timestamp,value',
    ...[...points]
      .sort(([a], [b]) => a - b)
      .map(([at, value]) => `${isoSeconds(at)},${Number(value.toPrecision(9))}`),
    '',
  ].join('\n');
