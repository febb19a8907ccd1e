import { kindOf } from '#domain/capacity/rules/rules.ts';
import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import type { Metric } from '#domain/configuration/metric.ts';
import { metricsOf } from '#domain/configuration/rule.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Dot, MetricSeries } from '#simulator/report/report-data.ts';
import { valuesOf } from '#simulator/services/cloud-watch/values-of.ts';
import type { Cloud } from '../cloud.ts';

type Watched = Omit<MetricSeries, 'values'> & Readonly<{ metric: Metric }>;

/** Writes down what the metrics that rules look at are, as CloudWatch shows them at that moment. */
export const watchRuleMetrics = (configuration: Configuration) => {
  const watched = configuration.groups.flatMap((group) =>
    watchedOf(group, configuration.groups.length > 1),
  );
  const values = watched.map((): Dot[] => []);

  return {
    look: (metrics: Cloud['metrics'], now: Instant): void => {
      for (const [index, { metric }] of watched.entries()) {
        const [value] = valuesOf(metrics, metric, { count: 1, now });
        values[index]?.push({ at: now, value });
      }
    },
    series: (): readonly MetricSeries[] =>
      watched.map(({ name, unit, thresholds }, index) => ({
        name,
        unit,
        thresholds,
        values: values[index] ?? [],
      })),
  };
};

const watchedOf = (group: Group, hasOthers: boolean): readonly Watched[] => {
  const thresholds = group.rules.flatMap((rule) => kindOf(rule).marks(rule));
  const read = [...group.rules.flatMap(metricsOf), ...thresholds.map(({ metric }) => metric)];
  return [...new Set(read)].flatMap((name) => {
    const metric = group.metrics[name];
    if (metric === undefined) return [];
    return [
      {
        name: hasOthers ? `${group.name}: ${name}` : name,
        unit: unitOf(metric),
        thresholds: thresholds.filter((each) => each.metric === name),
        metric,
      },
    ];
  });
};

const unitOf = (metric: Metric): string => {
  if (metric.kind === 'query') return metric.query;
  return metric.kind === 'stat' ? `${metric.metricName}, ${metric.statistic}` : metric.expression;
};
