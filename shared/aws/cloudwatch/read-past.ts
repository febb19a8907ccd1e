import { PAST_SECONDS, withPeriod } from '#domain/capacity/rules/demand.ts';
import type { FoundPast, Metric, Refused } from '#domain/configuration/metric.ts';
import type { Instant } from '#domain/time/instant.ts';
import {
  type AnsweredPoints,
  askForMetrics,
  type MetricClient,
  pointsOf,
} from './ask-for-metrics.ts';

/**
 * The past of each metric, in their order: whole minutes of a day, younger ones of a metric that only grows while
 * its data arrive, and bins of five minutes of eight days. All minutes come in one call, and all bins in another.
 * CloudWatch not answering in full is no past; a refusal says why, and a throttle or an outage is thrown.
 */
export const readPast =
  (client: MetricClient, now: () => Instant) =>
  async (metrics: readonly Metric[]): Promise<readonly FoundPast[]> => {
    const queries = [60, 300].flatMap((periodSeconds) =>
      metrics.map((metric) => ({
        metric: withPeriod(metric, periodSeconds),
        lookbackSeconds: periodSeconds === 60 ? PAST_SECONDS.minutes : PAST_SECONDS.fives,
      })),
    );
    const answers = await askForMetrics(client, queries, now());
    const found = queries.map(({ metric }, place) => {
      const answer = answers[place];
      return answer === undefined || 'refusal' in answer ? answer : pointsOf(answer, metric);
    });

    return metrics.map((_, place) => pastOf(found[place], found[metrics.length + place]));
  };

type FoundPoints = AnsweredPoints | Refused | undefined;

const pastOf = (minutes: FoundPoints, fives: FoundPoints): FoundPast => {
  if (minutes === undefined || fives === undefined) return undefined;
  if ('refusal' in minutes) return minutes;
  if ('refusal' in fives) return fives;
  const { whole, arriving } = minutes;
  return { minutes: whole, fives: fives.whole, ...(arriving.length === 0 ? {} : { arriving }) };
};
