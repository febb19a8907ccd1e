import type { CapacityStatus } from '#domain/status/capacity-status.ts';
import type { Chart } from './data.ts';
import { formatValue } from './format-value.ts';
import { placeAt, type TimeWindow } from './time-window.ts';

/** The numbers of a group's warm pool, in instances. */
export type PoolNumbers = Readonly<{
  /** Instances that the pool should have beside the desired capacity; absent while it has no limit. */
  wanted?: number;
  /** Stopped, and ready to be started. */
  ready: number;
  /** On their way into the pool: launched, and not stopped yet. */
  starting: number;
  /** Instances that it lacks and that nobody launches yet; AWS refills it by so many. */
  refilling?: number;
}>;

/** The numbers of the warm pool of a group; nothing where there is none that Tidegate sizes, or it was not read. */
export const poolNumbers = ({
  desired,
  pool,
}: Pick<CapacityStatus, 'desired' | 'pool'>): PoolNumbers | undefined => {
  if (pool === undefined) return undefined;
  const { ready, warming: starting, limit } = pool;
  if (limit === undefined) return { ready, starting };
  // The limit is of running and pooled instances together.
  const wanted = Math.max(0, limit - desired);
  return { wanted, ready, starting, refilling: Math.max(0, wanted - ready - starting) };
};

/** The band of a chart in words, for those who do not see it: its newest value, and its range in the time shown. */
export const bandText = (
  { lines }: Pick<Chart, 'lines'>,
  times: readonly number[],
  window: TimeWindow,
): string | undefined => {
  const band = lines.find(({ style }) => style === 'band');
  if (band === undefined) return undefined;
  const shown = band.values
    .slice(placeAt(times, window.from), placeAt(times, window.to) + 1)
    .flatMap((value) => value ?? []);
  const newest = shown.at(-1);
  return newest === undefined
    ? `${band.name}: no data in the time shown`
    : `${band.name}: ${formatValue(newest)} at last, from ${formatValue(Math.min(...shown))} to ${formatValue(Math.max(...shown))} in the time shown`;
};
