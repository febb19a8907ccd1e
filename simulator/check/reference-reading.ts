import type { Metric, SeenMetric } from '#domain/configuration/metric.ts';
import type { OnMissing } from '#domain/configuration/rule.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { CapacityCall } from './on-capacity.ts';

/** A look at the metrics that an invocation was told. */
export type ReadingScene = Pick<CapacityCall, 'group' | 'view'> &
  Readonly<{
    decidedAt: Instant;
    /** Totals count as far as they have arrived, where that is more than the whole value. */
    isArriving?: true;
  }>;

const seenIn = ({ view }: ReadingScene, metric: Metric | undefined): SeenMetric => {
  const found = metric && view.readings.get(metric);
  return found === undefined || 'refusal' in found ? {} : found;
};

/** The newest value that is fresh enough, as the invocation was told. */
export const readingOf = (
  name: string,
  onMissing: OnMissing,
  scene: ReadingScene,
): number | undefined => {
  const metric = scene.group.metrics[name];
  const { whole, arriving } = seenIn(scene, metric);
  const older = typeof onMissing === 'object' && 'last' in onMissing ? onMissing.last : 0;
  const limit = Math.max(usualAgeSeconds(metric), older) * 1_000;
  const age = whole ? scene.decidedAt - whole.at - (metric?.periodSeconds ?? 0) * 1_000 : Infinity;
  const instead = onMissing === 'zero' ? 0 : undefined;
  const value = age <= limit ? whole?.value : instead;
  if (!scene.isArriving || arriving === undefined) return value;
  return Math.max(arriving.value, value ?? 0);
};

/** Totals and long periods are looked at three minutes later, when all of their data are there. */
const usualAgeSeconds = (metric: Metric | undefined): number => {
  const isTotal = metric?.kind === 'stat' && metric.statistic === 'Sum';
  const period = metric?.periodSeconds ?? 0;
  return Math.max(180, 2 * period) + (isTotal || period > 60 ? 180 : 0);
};
