import { lookback } from '#domain/capacity/rules/newest-value.ts';
import { kindOf } from '#domain/capacity/rules/rules.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { Found } from '#domain/configuration/metric.ts';
import { metricsOf } from '#domain/configuration/rule.ts';
import type { ScaleReads } from './ports.ts';

/** The newest values of metrics, by name; nothing of one without data. */
export type Values = Readonly<Record<string, Found>>;

/**
 * The newest values of all metrics that rules go by, by group: those that they read, and those that only their alarms
 * see. Nothing is decided by them; people read them beside the thresholds.
 */
export const observeValues = async (
  { readMetrics }: Pick<ScaleReads, 'readMetrics'>,
  groups: readonly Group[],
): Promise<ReadonlyMap<string, Values>> => {
  const wanted = groups.flatMap((group) =>
    namesOf(group).flatMap((name) => {
      const metric = group.metrics[name];
      return metric === undefined ? [] : [{ group: group.name, name, metric }];
    }),
  );
  const queries = wanted.map(({ metric }) => ({
    metric,
    lookbackSeconds: lookback(metric, ['hold']),
  }));
  const found = queries.length === 0 ? [] : await readMetrics(queries);

  return new Map(
    groups.map(({ name }) => [
      name,
      Object.fromEntries(
        wanted.flatMap((each, index) =>
          each.group === name ? [[each.name, found[index]] as const] : [],
        ),
      ),
    ]),
  );
};

const namesOf = ({ rules }: Group): readonly string[] => [
  ...new Set(
    rules.flatMap((rule) => [
      ...metricsOf(rule),
      ...kindOf(rule)
        .marks(rule)
        .map(({ metric }) => metric),
    ]),
  ),
];
