import type { Metric, StatMetric } from '#domain/configuration/metric.ts';
import { type Line, line } from './widget.ts';

/** The lines that draw a metric of a group under its name. What an expression uses is not drawn itself. */
export const linesOf = (label: string, metric: Metric): readonly Line[] => {
  switch (metric.kind) {
    case 'stat':
      return [stat(metric, { label })];
    case 'math':
      return [
        [{ expression: metric.expression, label, period: metric.periodSeconds }],
        ...Object.entries(metric.uses).map(([id, used]) => stat(used, { id, visible: false })),
      ];
    case 'query':
      return [[{ expression: metric.query, label, period: metric.periodSeconds }]];
  }
};

const stat = (metric: StatMetric, options: Readonly<Record<string, string | boolean>>): Line =>
  line([metric.namespace, metric.metricName], metric.dimensions, {
    ...options,
    stat: metric.statistic,
    period: metric.periodSeconds,
    ...(metric.account === undefined ? {} : { accountId: metric.account }),
  });
