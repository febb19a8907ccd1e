import {
  type Found,
  isRefused,
  type MetricQuery,
  type Reading,
  type SeenMetric,
} from '#domain/configuration/metric.ts';
import type { Instant } from '#domain/time/instant.ts';
import {
  type AnsweredPoints,
  askForMetrics,
  type MetricClient,
  pointsOf,
} from './ask-for-metrics.ts';

/**
 * The newest datapoint of each metric whose period is over and whose data have arrived, in the order of
 * the queries; and of a metric that grows while its data arrive, the largest of the younger ones. A metric that
 * CloudWatch does not answer in full has none; one that it refuses says why. A throttle or an outage is thrown:
 * it is no missing data.
 */
export const readMetrics =
  (client: MetricClient, now: () => Instant) =>
  async (queries: readonly MetricQuery[]): Promise<readonly Found[]> => {
    const answers = await askForMetrics(client, queries, now());
    return queries.map(({ metric, recentPeriods }, place): Found => {
      const answer = answers[place];
      if (answer === undefined || 'refusal' in answer) return answer;
      const points = pointsOf(answer, metric);
      return points === undefined || isRefused(points) ? points : seenOf(points, recentPeriods);
    });
  };

const seenOf = (
  { whole, arriving }: AnsweredPoints,
  recentPeriods?: number,
): SeenMetric | undefined => {
  const newest = firstBy(whole, (each, best) => each.at > best.at);
  const largest = firstBy(arriving, (each, best) => each.value > best.value);
  if (newest === undefined && largest === undefined) return undefined;
  return {
    ...(newest === undefined ? {} : { whole: newest }),
    ...(largest === undefined ? {} : { arriving: largest }),
    ...(recentPeriods === undefined ? {} : { recent: newestOf(whole, recentPeriods) }),
  };
};

const newestOf = (readings: readonly Reading[], most: number): readonly Reading[] =>
  readings.toSorted((one, other) => other.at - one.at).slice(0, most);

const firstBy = (
  readings: readonly Reading[],
  isBefore: (each: Reading, best: Reading) => boolean,
): Reading | undefined =>
  readings.reduce<Reading | undefined>(
    (best, each) => (best === undefined || isBefore(each, best) ? each : best),
    undefined,
  );
