import type { AlarmForm } from '#domain/observed/alarm.ts';
import { fieldOf, isObject } from './json.ts';

/** The form of an alarm whose metrics are a list: one metric, or expressions over several. */
export const formOfMetrics = (metrics: readonly unknown[], expressionKey: string): AlarmForm => {
  const expressions = metrics.flatMap((metric) => {
    const expression = isObject(metric) ? fieldOf(metric, expressionKey) : undefined;
    return typeof expression === 'string' ? [expression] : [];
  });
  if (expressions.some((each) => each.includes('ANOMALY_DETECTION_BAND'))) return 'anomaly';
  if (expressions.length > 0) return 'metric-math';

  return metrics.length > 0 ? 'metric' : 'other';
};
