import type { SeenDemand } from '#domain/capacity/rules/demand.ts';
import type { KnownForecastRule } from '#domain/configuration/learned.ts';

import { NOON } from './builders.ts';

/** Requests, 50 per second for each unit, with the usual risk and margin. */
export const FORECAST: KnownForecastRule = {
  kind: 'forecast',
  name: 'load',
  metric: 'requests',
  perInstance: 50,
  per: 'second',
  risk: 0.1,
  margin: 0.1,
  leadSeconds: 180,
  holdSeconds: 180,
  onMissing: 'hold',
};

type Steady = Readonly<{
  perSecond: number;
  /** Minutes that have a value, and minutes at the end that have none. */
  count?: number;
  missing?: number;
}>;

/** Demand that goes up and down by a hundredth each minute; the last minute ended three minutes before noon. */
export const steadyDemand = ({ perSecond, count = 120, missing = 0 }: Steady): SeenDemand => {
  const known = Array.from(
    { length: count },
    (_, minute) => perSecond * 60 * (1 + 0.01 * (minute % 2)),
  );
  const minutes = [...known, ...Array.from({ length: missing }, () => null)];
  return { start: NOON / 1_000 - 180 - 60 * minutes.length, minutes, firstBin: 0, fives: [] };
};
