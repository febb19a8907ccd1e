import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataCommandOutput,
  type MetricDataResult,
  ScanBy,
} from '@aws-sdk/client-cloudwatch';
import { chunks } from '#aws/client/chunks.ts';
import { isGrowing } from '#domain/configuration/growing-metric.ts';
import type { Metric, MetricQuery, Reading, Refused } from '#domain/configuration/metric.ts';
import { type ReadingWindow, readingWindow } from '#domain/configuration/reading-window.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import { queriesFor } from './metric-queries.ts';

/** GetMetricData takes 500 queries; an expression brings up to ten metrics of its own. */
const QUERIES_PER_CALL = 45;

/** The one command that is sent. */
export type MetricClient = Pick<CloudWatchClient, 'send'>;

/** A query, its place in the answer, and the window of time that is its own. */
type PlacedQuery = Readonly<{ place: number; query: MetricQuery; window: ReadingWindow }>;

/** All that CloudWatch answered to a query, perhaps on several pages, and the window that it was asked for. */
export type MetricAnswer = Readonly<{ parts: readonly MetricDataResult[]; window: ReadingWindow }>;

/**
 * Asks for metrics, in the order of the queries. CloudWatch counts periods from the begin of a call, so metrics
 * share a call only when they have the period and the range in common: one call for each such class, up to the
 * size of a page. A query of Metrics Insights has a call of its own, for CloudWatch takes one in each
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html); so has an expression
 * with METRICS(), which takes in all that is asked for in the call. A metric that CloudWatch refuses says why,
 * and spoils no other. A throttle or an outage is thrown: it is no missing data.
 */
export const askForMetrics = async (
  client: MetricClient,
  queries: readonly MetricQuery[],
  now: Instant,
): Promise<readonly (MetricAnswer | Refused)[]> => {
  const placed = queries.map((query, place) => ({
    place,
    query,
    window: readingWindow(query, now),
  }));
  const calls = [...classesOf(placed).values()].flatMap((alike) => chunks(alike, QUERIES_PER_CALL));
  const answers = await Promise.all(calls.map((call) => askTogether(client, call)));

  const found = new Map(answers.flat());
  return queries.map((_, place) => found.get(place) as MetricAnswer | Refused);
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
 * Asks for metrics of one class in one call. CloudWatch refuses a whole call for one query that it cannot
 * understand: the halves are asked for again, until the refused one stands alone.
 */
const askTogether = async (
  client: MetricClient,
  placed: readonly PlacedQuery[],
): Promise<readonly (readonly [place: number, answer: MetricAnswer | Refused])[]> => {
  const [first] = placed as [PlacedQuery];
  try {
    const results = await resultsOf(client, placed, first.window);
    return placed.map(({ place, window }) => [
      place,
      { parts: results.filter(({ Id }) => Id === idOf(place)), window },
    ]);
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    if (placed.length === 1) return [[first.place, { refusal: thrown.message }]];

    const half = Math.ceil(placed.length / 2);
    const halves = [placed.slice(0, half), placed.slice(half)];
    return (await Promise.all(halves.map((each) => askTogether(client, each)))).flat();
  }
};

const idOf = (place: number): string => `m${place}`;

const resultsOf = async (
  client: MetricClient,
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

/** Datapoints of an answer: those of whole periods, and those of periods whose data are still arriving. */
export type AnsweredPoints = Readonly<{ whole: readonly Reading[]; arriving: readonly Reading[] }>;

/**
 * Takes the datapoints of an answer, in any order; none of an answer that is not in full, and a refusal of several
 * series. Younger datapoints than whole ones are taken only of a metric that does not fall while its data arrive.
 */
export const pointsOf = (
  { parts, window: { from, wholeUntil } }: MetricAnswer,
  metric: Metric,
): AnsweredPoints | Refused | undefined => {
  if (parts.some(({ StatusCode }) => !KNOWN_TO_BE_WHOLE.includes(StatusCode ?? ''))) {
    return undefined;
  }
  const labels = new Set(parts.map(({ Label }) => Label));
  if (labels.size > 1) return { refusal: describeSeveral([...labels]) };

  const points = parts
    .flatMap(({ Timestamps = [], Values = [] }) =>
      Timestamps.map((time, index) => ({ at: time.getTime(), value: Values[index] })),
    )
    .filter(
      (each): each is Reading =>
        each.at >= from && each.value !== undefined && Number.isFinite(each.value),
    );
  const isWhole = ({ at }: Reading): boolean => at + metric.periodSeconds * SECOND_MS <= wholeUntil;
  return {
    whole: points.filter(isWhole),
    arriving: isGrowing(metric) ? points.filter((each) => !isWhole(each)) : [],
  };
};

/** Describes several series where one was expected: the operator says which of them counts. */
const describeSeveral = (labels: readonly (string | undefined)[]): string =>
  `it gives ${labels.length} time series (${labels.slice(0, 3).join(', ')}${labels.length > 3 ? ', …' : ''}), and a rule needs one: join them, for example with MAX(…) or SUM(…)`;

/** `PartialData` says that more follows on the next page. */
const KNOWN_TO_BE_WHOLE = ['Complete', 'PartialData'];
