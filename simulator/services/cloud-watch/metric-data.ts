import { type Instant, SECOND_MS } from '../../../shared/domain/instant.ts';
import type { MetricQuery, Reading } from '../../../shared/domain/metric.ts';
import type { Metrics } from './metrics.ts';
import { valuesOf } from './values-of.ts';

/**
 * GetMetricData, as far as Tidegate asks for it: the newest datapoint of each metric, if one is visible.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export const readMetricData = (
  metrics: Metrics,
  queries: readonly MetricQuery[],
  now: Instant,
): readonly (Reading | undefined)[] =>
  queries.map(({ metric, lookbackSeconds }) => {
    const periodMs = metric.periodSeconds * SECOND_MS;
    const count = Math.ceil(lookbackSeconds / metric.periodSeconds);
    const values = valuesOf(metrics, metric, { count, now });
    const last = values.findLastIndex((value) => value !== undefined);
    const value = values[last];
    const at = metrics.lastPeriodEnd(metric.periodSeconds, now) - (count - last) * periodMs;
    return value === undefined ? undefined : { value, at };
  });
