import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { Metric, StatMetric } from '#domain/configuration/metric.ts';

/** A metric as CloudWatch is asked for it; ids within an expression get a name of their own. */
export const queriesFor = (metric: Metric, id: string): readonly MetricDataQuery[] => {
  if (metric.kind === 'stat') {
    return [{ Id: id, MetricStat: statOf(metric), ...accountOf(metric), ReturnData: true }];
  }
  if (metric.kind === 'query') {
    return [{ Id: id, Expression: metric.query, Period: metric.periodSeconds, ReturnData: true }];
  }

  const names = Object.keys(metric.uses);
  return [
    ...Object.entries(metric.uses).map(([name, used]) => ({
      Id: `${id}_${name}`,
      MetricStat: statOf(used),
      ...accountOf(used),
      ReturnData: false,
    })),
    { Id: id, Expression: prefixed(metric.expression, names, `${id}_`), ReturnData: true },
  ];
};

/**
 * The account that has a metric: a monitoring account reads those of its source accounts, in its own Region
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html).
 */
const accountOf = ({ account }: StatMetric): Readonly<{ AccountId?: string }> =>
  account === undefined ? {} : { AccountId: account };

const statOf = (metric: StatMetric): NonNullable<MetricDataQuery['MetricStat']> => ({
  Metric: {
    Namespace: metric.namespace,
    MetricName: metric.metricName,
    Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
  },
  Period: metric.periodSeconds,
  Stat: metric.statistic,
});

/** Prefixes ids in an expression: quoted text stays as it is; elsewhere only ids begin in lower case. */
const prefixed = (expression: string, names: readonly string[], prefix: string): string =>
  expression.replace(QUOTED_OR_ID, (word, id?: string) =>
    id !== undefined && names.includes(id) ? `${prefix}${id}` : word,
  );

const QUOTED_OR_ID = /"[^"]*"|'[^']*'|\b([a-z]\w*)\b/g;
