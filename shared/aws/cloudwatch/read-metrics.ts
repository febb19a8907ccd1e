import {
  type Found,
  isRefused,
  type MetricQuery,
  type Reading,
} from '#domain/configuration/metric.ts';
import type { Instant } from '#domain/time/instant.ts';
import { askForMetrics, type MetricClient, wholePoints } from './ask-for-metrics.ts';

/**
 * The newest datapoint of each metric whose period is over and whose data have arrived, in the order of
 * the queries. A metric that CloudWatch does not answer in full has no reading; one that it refuses says why. A
 * throttle or an outage is thrown: it is no missing data.
 */
export const readMetrics =
  (client: MetricClient, now: () => Instant) =>
  async (queries: readonly MetricQuery[]): Promise<readonly Found[]> => {
    const answers = await askForMetrics(client, queries, now());
    return answers.map((answer, place): Found => {
      if ('refusal' in answer) return answer;
      const points = wholePoints(answer, queries[place]?.metric.periodSeconds ?? 0);
      return isRefused(points) ? points : newestOf(points);
    });
  };

const newestOf = (readings: readonly Reading[] = []): Reading | undefined =>
  readings.reduce<Reading | undefined>(
    (newest, each) => (newest === undefined || each.at > newest.at ? each : newest),
    undefined,
  );
