import { PAST_SECONDS, withPeriod } from '#domain/capacity/rules/demand.ts';
import type { FoundPast, Metric } from '#domain/configuration/metric.ts';
import type { Instant } from '#domain/time/instant.ts';
import { askForMetrics, type MetricClient, wholePoints } from './ask-for-metrics.ts';

/**
 * The past of each metric, in their order: whole minutes of a day, and bins of five minutes of eight days. All
 * minutes come in one call, and all bins in another. CloudWatch not answering in full is no past; a refusal says
 * why, and a throttle or an outage is thrown.
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
    const found = (await askForMetrics(client, queries, now())).map((answer, place) =>
      'refusal' in answer ? answer : wholePoints(answer, place < metrics.length ? 60 : 300),
    );

    return metrics.map((_, place): FoundPast => {
      const [minutes, fives] = [found[place], found[metrics.length + place]];
      if (minutes === undefined || fives === undefined) return undefined;
      if ('refusal' in minutes) return minutes;
      return 'refusal' in fives ? fives : { minutes, fives };
    });
  };
