import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataCommandOutput,
  type MetricDataResult,
  ScanBy,
} from '@aws-sdk/client-cloudwatch';
import type { Metric } from '#domain/configuration/metric.ts';
import type { Instant } from '#domain/time/instant.ts';
import { queriesFor } from './metric-queries.ts';

/** The datapoints of a metric by the begin of their periods. */
export type MetricPoints = ReadonlyMap<Instant, number>;

/**
 * All datapoints of metrics between two moments, in the order of the metrics: one call for up to 500, and one more
 * for each page after the first. Throws where CloudWatch could not answer for one of them in full.
 */
export const readRanges =
  (client: Pick<CloudWatchClient, 'send'>) =>
  async (
    metrics: readonly Metric[],
    from: Instant,
    to: Instant,
  ): Promise<readonly MetricPoints[]> => {
    const points = metrics.map(() => new Map<Instant, number>());
    let token: string | undefined;
    do {
      const page: GetMetricDataCommandOutput = await client.send(
        new GetMetricDataCommand({
          MetricDataQueries: metrics.flatMap((metric, place) => queriesFor(metric, `m${place}`)),
          StartTime: new Date(from),
          EndTime: new Date(to),
          ScanBy: ScanBy.TIMESTAMP_ASCENDING,
          ...(token === undefined ? {} : { NextToken: token }),
        }),
      );
      take(page, points);
      token = page.NextToken;
    } while (token !== undefined);
    return points;
  };

const take = (
  { MetricDataResults = [] }: GetMetricDataCommandOutput,
  points: readonly Map<Instant, number>[],
): void => {
  for (const result of MetricDataResults) {
    refuseHalf(result);
    const ofMetric = points[Number((result.Id ?? '').slice(1))];
    const { Timestamps = [], Values = [] } = result;
    for (const [index, time] of Timestamps.entries()) {
      const value = Values[index];
      if (Number.isFinite(value)) ofMetric?.set(time.getTime(), value as number);
    }
  }
};

/** A result that CloudWatch could not give would look like a hole. */
const refuseHalf = ({ StatusCode, Label, Id }: MetricDataResult): void => {
  if (StatusCode !== 'InternalError' && StatusCode !== 'Forbidden') return;
  throw Object.assign(new Error(`CloudWatch gave no data of ${Label ?? Id}`), {
    name: StatusCode === 'Forbidden' ? 'AccessDenied' : 'InternalError',
    $fault: 'server',
  });
};
