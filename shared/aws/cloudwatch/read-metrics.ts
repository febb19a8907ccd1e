import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataCommandOutput,
  type MetricDataQuery,
  type MetricDataResult,
  ScanBy,
} from '@aws-sdk/client-cloudwatch';
import { chunks } from '#aws/client/chunks.ts';
import type {
  Found,
  Metric,
  MetricQuery,
  Reading,
  StatMetric,
} from '#domain/configuration/metric.ts';
import { type ReadingWindow, readingWindow } from '#domain/configuration/reading-window.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';

/** GetMetricData takes 500 queries; an expression brings up to ten metrics of its own. */
const QUERIES_PER_CALL = 45;

/** The one command that is sent. */
type Client = Pick<CloudWatchClient, 'send'>;

/** A query, its place in the answer, and the window of time that is its own. */
type PlacedQuery = Readonly<{ place: number; query: MetricQuery; window: ReadingWindow }>;

/**
 * The newest datapoint of each metric whose period is over and whose data have arrived, in the order of
 * the queries. CloudWatch counts periods from the begin of a call, so metrics share a call only when they
 * have the period and the range in common: one call for each such class, up to the size of a page. A query
 * of Metrics Insights has a call of its own, for CloudWatch takes one in each
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html); so has an expression
 * with METRICS(), which takes in all that is asked for in the call. A
 * metric that CloudWatch does not answer in full has no reading; one that it refuses says why, and spoils
 * no other. A throttle or an outage is thrown: it is no missing data.
 */
export const readMetrics =
  (client: Client, now: () => Instant) =>
  async (queries: readonly MetricQuery[]): Promise<readonly Found[]> => {
    const moment = now();
    const placed = queries.map((query, place) => ({
      place,
      query,
      window: readingWindow(query, moment),
    }));
    const calls = [...classesOf(placed).values()].flatMap((alike) =>
      chunks(alike, QUERIES_PER_CALL),
    );
    const answers = await Promise.all(calls.map((call) => readTogether(client, call)));

    const found = new Map(answers.flat());
    return queries.map((_, place) => found.get(place));
  };

const classesOf = (placed: readonly PlacedQuery[]): ReadonlyMap<string, readonly PlacedQuery[]> => {
  const classes = new Map<string, PlacedQuery[]>();
  for (const each of placed) {
    const { query, window } = each;
    const own = isAlone(query.metric) ? ` ${each.place}` : '';
    const key = `${query.metric.periodSeconds} ${window.from}${own}`;
    classes.set(key, [...(classes.get(key) ?? []), each]);
  }
  return classes;
};

const isAlone = (metric: Metric): boolean =>
  metric.kind === 'query' || (metric.kind === 'math' && /\bMETRICS\s*\(/i.test(metric.expression));

/**
 * Reads metrics of one class in one call. CloudWatch refuses a whole call for one query that it cannot
 * understand: the halves are asked for again, until the refused one stands alone.
 */
const readTogether = async (
  client: Client,
  placed: readonly PlacedQuery[],
): Promise<readonly (readonly [place: number, found: Found])[]> => {
  const [first] = placed as [PlacedQuery];
  try {
    const results = await resultsOf(client, placed, first.window);
    return placed.map(({ place, window }) => [
      place,
      newestOf(
        results.filter(({ Id }) => Id === idOf(place)),
        window,
        periodMsOf(first),
      ),
    ]);
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    if (placed.length === 1) return [[first.place, { refusal: thrown.message }]];

    const half = Math.ceil(placed.length / 2);
    const halves = [placed.slice(0, half), placed.slice(half)];
    return (await Promise.all(halves.map((each) => readTogether(client, each)))).flat();
  }
};

const periodMsOf = ({ query }: PlacedQuery): number => query.metric.periodSeconds * SECOND_MS;

const idOf = (place: number): string => `m${place}`;

const resultsOf = async (
  client: Client,
  placed: readonly PlacedQuery[],
  { from, to }: ReadingWindow,
): Promise<readonly MetricDataResult[]> => {
  const results: MetricDataResult[] = [];
  let token: string | undefined;
  do {
    const page: GetMetricDataCommandOutput = await client.send(
      new GetMetricDataCommand({
        MetricDataQueries: placed.flatMap(({ query, place }) =>
          queriesFor(query.metric, idOf(place)),
        ),
        StartTime: new Date(from),
        EndTime: new Date(to),
        ScanBy: ScanBy.TIMESTAMP_DESCENDING,
        ...(token === undefined ? {} : { NextToken: token }),
      }),
    );
    results.push(...(page.MetricDataResults ?? []));
    token = page.NextToken;
  } while (token !== undefined);
  return results;
};

/** True when the query itself is wrong: it will be refused again, unlike a throttle. */
const isRefusal = (thrown: unknown): thrown is Error =>
  thrown instanceof Error &&
  /^(?:Validation|InvalidParameter|MissingRequired|InvalidQuery)/.test(thrown.name);

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

/** The newest whole datapoint of a result, whose parts may come on several pages. */
const newestOf = (
  parts: readonly MetricDataResult[],
  { from, wholeUntil }: ReadingWindow,
  periodMs: number,
): Found => {
  if (parts.some(({ StatusCode }) => !KNOWN_TO_BE_WHOLE.includes(StatusCode ?? ''))) {
    return undefined;
  }
  const labels = new Set(parts.map(({ Label }) => Label));
  if (labels.size > 1) return { refusal: describeSeveral([...labels]) };

  const readings = parts.flatMap(({ Timestamps = [], Values = [] }) =>
    Timestamps.map((time, index) => ({ at: time.getTime(), value: Values[index] })),
  );
  const usable = readings.filter(
    (each): each is Reading =>
      each.at >= from &&
      each.at + periodMs <= wholeUntil &&
      each.value !== undefined &&
      Number.isFinite(each.value),
  );
  return usable.reduce<Reading | undefined>(
    (newest, each) => (newest === undefined || each.at > newest.at ? each : newest),
    undefined,
  );
};

/** Describes several series where one was expected: the operator says which of them counts. */
const describeSeveral = (labels: readonly (string | undefined)[]): string =>
  `it gives ${labels.length} time series (${labels.slice(0, 3).join(', ')}${labels.length > 3 ? ', …' : ''}), and a rule needs one: join them, for example with MAX(…) or SUM(…)`;

/** `PartialData` says that more follows on the next page. */
const KNOWN_TO_BE_WHOLE = ['Complete', 'PartialData'];
