import type { Metric, Reading, SeenMetric } from '#domain/configuration/metric.ts';
import type { Rule } from '#domain/configuration/rule.ts';
import type { Condition, OnMissing } from '#domain/configuration/rule-parts.ts';
import type { Instant } from '#domain/time/instant.ts';
import { meaningOf } from '#simulator/run/formulas.ts';
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

/** The newest whole values of a metric that an invocation was told, if the newest of them is fresh enough. */
const recentOf = (name: string, scene: ReadingScene): readonly Reading[] => {
  const metric = scene.group.metrics[name];
  const { recent = [] } = seenIn(scene, metric);
  const newest = Math.max(...recent.map(({ at }) => at));
  const age = scene.decidedAt - newest - (metric?.periodSeconds ?? 0) * 1_000;
  return age <= usualAgeSeconds(metric) * 1_000 ? recent : [];
};

/** So many of the last periods, counted back from the newest value, are beyond the threshold; nothing without a value. */
export const isConditionMet = (
  { metric, comparison, threshold, datapoints, periods }: Condition,
  scene: ReadingScene,
): boolean | undefined => {
  const recent = recentOf(metric, scene);
  if (recent.length === 0) return undefined;
  const newest = Math.max(...recent.map(({ at }) => at));
  const from = newest - (periods - 1) * (scene.group.metrics[metric]?.periodSeconds ?? 60) * 1_000;
  const isBeyond = (value: number): boolean =>
    comparison.startsWith('>') ? value > threshold : value < threshold;
  return recent.filter(({ at, value }) => at >= from && isBeyond(value)).length >= datapoints;
};

/** Totals and long periods are looked at three minutes later, when all of their data are there. */
const usualAgeSeconds = (metric: Metric | undefined): number => {
  const isTotal = metric?.kind === 'stat' && metric.statistic === 'Sum';
  const period = metric?.periodSeconds ?? 0;
  return Math.max(180, 2 * period) + (isTotal || period > 60 ? 180 : 0);
};

/** The value of a formula by what the invocation was told; nothing when one of its metrics has none. */
export const computedBy = (
  { text, metrics, onMissing }: Extract<Rule, { kind: 'expression' }>,
  scene: ReadingScene & Readonly<{ from: number }>,
): number | undefined => {
  const values: Record<string, number> = { capacity: scene.from };
  for (const name of metrics) {
    const value = readingOf(name, onMissing, scene);
    if (value === undefined) return undefined;
    values[name] = value;
  }
  return meaningOf(text, values);
};
