import type { Metric } from '#domain/configuration/metric.ts';
import type { Instant } from '#domain/time/instant.ts';
import { evaluateMath } from './metric-math.ts';
import type { Metrics } from './metrics.ts';

/** The values of a metric's last periods that are visible now, the oldest first. */
export const valuesOf = (
  metrics: Metrics,
  metric: Metric,
  { count, now }: Readonly<{ count: number; now: Instant }>,
): readonly (number | undefined)[] => {
  if (metric.kind === 'stat') return metrics.read(metric, count, now);

  if (metric.kind === 'query') return Array.from({ length: count }, () => undefined);

  const columns = Object.entries(metric.uses).map(
    ([name, used]) => [name, metrics.read(used, count, now)] as const,
  );
  return Array.from({ length: count }, (_, row) =>
    evaluateMath(
      metric.expression,
      Object.fromEntries(columns.map(([name, values]) => [name, values[row]])),
    ),
  );
};
