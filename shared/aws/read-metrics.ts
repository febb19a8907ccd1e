import {
  type CloudWatchClient,
  type MetricDataQuery,
  type MetricDataResult,
  paginateGetMetricData,
  ScanBy,
} from '@aws-sdk/client-cloudwatch';
import { type Instant, SECOND_MS } from '../domain/instant.ts';
import type { Metric, MetricQuery, Reading, StatMetric } from '../domain/metric.ts';
import { chunks } from './chunks.ts';

/** GetMetricData takes 500 queries; an expression brings up to ten metrics of its own. */
const QUERIES_PER_CALL = 45;

/**
 * The newest datapoint of each metric whose period is over, in the order of the queries: one call for
 * all, up to the size of a page. A metric that CloudWatch does not answer in full has no reading.
 */
export const readMetrics =
  (client: CloudWatchClient, now: () => Instant) =>
  async (queries: readonly MetricQuery[]): Promise<readonly (Reading | undefined)[]> => {
    const moment = now();
    const pages = await Promise.all(
      chunks(queries, QUERIES_PER_CALL).map((chunk) => readChunk(client, chunk, moment)),
    );
    return pages.flat();
  };

const readChunk = async (
  client: CloudWatchClient,
  queries: readonly MetricQuery[],
  now: Instant,
): Promise<readonly (Reading | undefined)[]> => {
  const longest = Math.max(...queries.map(({ lookbackSeconds }) => lookbackSeconds));
  const input = {
    MetricDataQueries: queries.flatMap(({ metric }, index) => queriesFor(metric, `m${index}`)),
    StartTime: new Date(now - longest * SECOND_MS),
    EndTime: new Date(now),
    ScanBy: ScanBy.TIMESTAMP_DESCENDING,
  };
  const results: MetricDataResult[] = [];
  for await (const page of paginateGetMetricData({ client }, input)) {
    results.push(...(page.MetricDataResults ?? []));
  }

  return queries.map(({ metric }, index) =>
    newestOf(
      results.filter(({ Id }) => Id === `m${index}`),
      now - metric.periodSeconds * SECOND_MS,
    ),
  );
};

/** A metric as CloudWatch is asked for it; ids within an expression get a name of their own. */
export const queriesFor = (metric: Metric, id: string): readonly MetricDataQuery[] => {
  if (metric.kind === 'stat') return [{ Id: id, MetricStat: statOf(metric), ReturnData: true }];

  const names = Object.keys(metric.uses);
  return [
    ...Object.entries(metric.uses).map(([name, used]) => ({
      ...{ Id: `${id}_${name}`, MetricStat: statOf(used), ReturnData: false },
    })),
    { Id: id, Expression: prefixed(metric.expression, names, `${id}_`), ReturnData: true },
  ];
};

const statOf = (metric: StatMetric): NonNullable<MetricDataQuery['MetricStat']> => ({
  Metric: {
    Namespace: metric.namespace,
    MetricName: metric.metricName,
    Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
  },
  Period: metric.periodSeconds,
  Stat: metric.statistic,
});

/** What is quoted stays as it is; elsewhere only ids begin in lower case. */
const prefixed = (expression: string, names: readonly string[], prefix: string): string =>
  expression.replace(QUOTED_OR_ID, (word, id?: string) =>
    id !== undefined && names.includes(id) ? `${prefix}${id}` : word,
  );

const QUOTED_OR_ID = /"[^"]*"|'[^']*'|\b([a-z]\w*)\b/g;

/** The newest complete datapoint of a result, whose parts may come on several pages. */
const newestOf = (parts: readonly MetricDataResult[], latest: Instant): Reading | undefined => {
  if (parts.some(({ StatusCode }) => !KNOWN_TO_BE_WHOLE.includes(StatusCode ?? ''))) {
    return undefined;
  }

  const readings = parts.flatMap(({ Timestamps = [], Values = [] }) =>
    Timestamps.map((time, index) => ({ at: time.getTime(), value: Values[index] })),
  );
  const usable = readings.filter(
    (each): each is Reading =>
      each.at <= latest && each.value !== undefined && Number.isFinite(each.value),
  );
  return usable.reduce<Reading | undefined>(
    (newest, each) => (newest === undefined || each.at > newest.at ? each : newest),
    undefined,
  );
};

/** `PartialData` says that more follows on the next page. */
const KNOWN_TO_BE_WHOLE = ['Complete', 'PartialData'];
