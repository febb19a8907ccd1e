import type { readMetrics } from '#aws/cloudwatch/read-metrics.ts';
import type { StatMetric } from '#domain/configuration/metric.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';
import { evaluateMath } from './metric-math.ts';
import type { Metrics } from './metrics.ts';

/** The client that the adapter of the product is given. */
type Client = Parameters<typeof readMetrics>[0];

/** The questions and answers of GetMetricData, as far as Tidegate uses them. */
type Query = Readonly<{
  Id: string;
  Expression?: string;
  ReturnData?: boolean;
  MetricStat?: Readonly<{
    Metric: Readonly<{
      Namespace: string;
      MetricName: string;
      Dimensions: readonly Readonly<{ Name: string; Value: string }>[];
    }>;
    Period: number;
    Stat: string;
  }>;
}>;
type Moment = Readonly<{ getTime: () => Instant }>;
type Input = Readonly<{ MetricDataQueries: readonly Query[]; StartTime: Moment; EndTime: Moment }>;
type Result = Readonly<{ Id: string; StatusCode: string; Timestamps: Moment[]; Values: number[] }>;

/**
 * The client of a CloudWatch that knows GetMetricData alone. Periods are counted from StartTime, which is
 * rounded down to the minute; a period of which only some minutes are visible yet is delivered as if it were
 * whole; one query that cannot be understood spoils the call.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export const cloudWatchOf = (metrics: Metrics, now: () => Instant): Client => ({
  send: (async ({ input }: Readonly<{ input: Input }>) => ({
    MetricDataResults: resultsOf(metrics, input, now()),
  })) as unknown as Client['send'],
});

const resultsOf = (metrics: Metrics, input: Input, now: Instant): readonly Result[] => {
  const { MetricDataQueries: queries } = input;
  for (const query of queries) refuseBad(metrics, query);

  const stats = new Map(
    queries.flatMap((query) => {
      const metric = statOf(query);
      return metric === undefined ? [] : [[query.Id, metric] as const];
    }),
  );
  const reckon = ({ Id, Expression }: Query, start: Instant): number | undefined => {
    // Nothing here runs queries of Metrics Insights.
    if (Expression?.startsWith('SELECT')) return undefined;
    return Expression === undefined
      ? metrics.valueAt(stats.get(Id) as StatMetric, start, now)
      : evaluateMath(
          Expression,
          Object.fromEntries(
            [...stats].map(([id, metric]) => [id, metrics.valueAt(metric, start, now)]),
          ),
        );
  };

  return queries
    .filter(({ ReturnData = true }) => ReturnData)
    .map((query) => {
      const { Id } = query;
      const used = stats.get(Id) ?? [...stats].find(([id]) => id.startsWith(`${Id}_`))?.[1];
      return seriesOf(Id, startsOf(input, used?.periodSeconds ?? 60), (start) =>
        reckon(query, start),
      );
    });
};

/** The begins of the periods, the newest first. */
const startsOf = ({ StartTime, EndTime }: Input, periodSeconds: number): readonly Instant[] => {
  const step = periodSeconds * SECOND_MS;
  const grain = Math.min(step, MINUTE_MS);
  const begin = Math.floor(StartTime.getTime() / grain) * grain;
  const count = Math.ceil((EndTime.getTime() - begin) / step);
  return Array.from({ length: count }, (_, index) => begin + (count - 1 - index) * step);
};

const seriesOf = (
  id: string,
  starts: readonly Instant[],
  reckon: (start: Instant) => number | undefined,
): Result => {
  const Timestamps: Moment[] = [];
  const Values: number[] = [];
  for (const start of starts) {
    const value = reckon(start);
    if (value === undefined) continue;
    Timestamps.push({ getTime: () => start });
    Values.push(value);
  }
  return { Id: id, StatusCode: 'Complete', Timestamps, Values };
};

const statOf = ({ MetricStat }: Query): StatMetric | undefined =>
  MetricStat && {
    kind: 'stat',
    namespace: MetricStat.Metric.Namespace,
    metricName: MetricStat.Metric.MetricName,
    dimensions: Object.fromEntries(
      MetricStat.Metric.Dimensions.map(({ Name, Value }) => [Name, Value]),
    ),
    statistic: MetricStat.Stat,
    periodSeconds: MetricStat.Period,
  };

const refuseBad = (metrics: Metrics, query: Query): void => {
  const metric = statOf(query);
  const refusal = metric && metrics.refusalOf(metric);
  if (refusal === undefined) return;
  throw Object.assign(new Error(refusal), { name: 'ValidationError' });
};
