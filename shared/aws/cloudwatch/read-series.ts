import { type CloudWatchClient, GetMetricDataCommand, ScanBy } from '@aws-sdk/client-cloudwatch';
import type { Metric } from '#domain/configuration/metric.ts';
import type { ChartPoint } from '#domain/notify/chart.ts';
import type { Instant } from '#domain/time/instant.ts';
import { queriesFor } from './metric-queries.ts';

/** The datapoints of one metric between two moments, in their order: what one page of CloudWatch holds. */
export const readSeries =
  (client: CloudWatchClient) =>
  async (metric: Metric, from: Instant, to: Instant): Promise<readonly ChartPoint[]> => {
    const { MetricDataResults = [] } = await client.send(
      new GetMetricDataCommand({
        MetricDataQueries: [...queriesFor(metric, 'm0')],
        StartTime: new Date(from),
        EndTime: new Date(to),
        ScanBy: ScanBy.TIMESTAMP_ASCENDING,
      }),
    );
    const { Timestamps = [], Values = [] } = MetricDataResults.find(({ Id }) => Id === 'm0') ?? {};
    return Timestamps.flatMap((time, index) => {
      const value = Values[index];
      return value === undefined || !Number.isFinite(value) ? [] : [{ at: time.getTime(), value }];
    });
  };
