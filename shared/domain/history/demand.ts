import type { Instant } from '#domain/time/instant.ts';
import type { GroupHistory } from './group-history.ts';
import { endOfSeries, type RecordedSeries, type SeriesName, valueAt } from './series.ts';

/** From this mean CPU on, in percent, a fleet serves what it can, not what it is asked for. */
export const SATURATED_CPU_PERCENT = 95;

/** The work that came to a group, rebuilt from what it did and what was lost. */
export type Demand = Readonly<{
  /** Requests of a load balancer, or messages of a queue. */
  kind: 'requests' | 'messages';
  periodSeconds: number;
  start: Instant;
  /** Requests or messages a second, for each period; undefined is a hole. */
  perSecond: readonly (number | undefined)[];
  /** True for each period in which the demand was perhaps larger: the instances were saturated. */
  isSaturated: readonly boolean[];
}>;

/**
 * Rebuilds the demand of a group. Requests are those that reached an instance and those that the load
 * balancer turned away; messages are those that were sent, however many wait. Undefined when the
 * history has neither.
 *
 * A load balancer without requests reports nothing (metric by metric, in "Reporting criteria" of
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html):
 * where the same period has a CPU, such a hole is a zero.
 */
export const rebuildDemand = (history: GroupHistory): Demand | undefined => {
  const { series, silentAtZero } = history;
  const name: SeriesName = series.requests === undefined ? 'messagesSent' : 'requests';
  const main = series[name];
  if (main === undefined) return undefined;

  const { start, periodSeconds, values } = main;
  const at = (index: number): Instant => start + index * periodSeconds * 1_000;
  const isSilent = silentAtZero.includes(name);
  const served = values.map((value, index) =>
    value === undefined && isSilent && isWatched(series, at(index)) ? 0 : value,
  );
  const isOfRequests = name === 'requests';
  return {
    kind: isOfRequests ? 'requests' : 'messages',
    periodSeconds,
    start,
    perSecond: served.map((value, index) => {
      if (value === undefined) return undefined;
      const lost = isOfRequests ? countIn(series.rejected, at(index), periodSeconds) : 0;
      return (value + lost) / periodSeconds;
    }),
    isSaturated: values.map((_, index) => isOfRequests && isSaturatedAt(series.cpu, at(index))),
  };
};

const isWatched = ({ cpu }: GroupHistory['series'], at: Instant): boolean =>
  cpu !== undefined && valueAt(cpu, at) !== undefined;

const isSaturatedAt = (cpu: RecordedSeries | undefined, at: Instant): boolean =>
  cpu !== undefined && (valueAt(cpu, at) ?? 0) >= SATURATED_CPU_PERCENT;

/** The count of a series in a span of time; a series of longer periods gives its share. */
const countIn = (series: RecordedSeries | undefined, at: Instant, seconds: number): number => {
  if (series === undefined || at >= endOfSeries(series)) return 0;
  const share = Math.min(1, seconds / series.periodSeconds);
  const periods = Math.max(1, Math.round(seconds / series.periodSeconds));
  return Array.from(
    { length: periods },
    (_, index) => valueAt(series, at + index * series.periodSeconds * 1_000) ?? 0,
  ).reduce((sum, value) => sum + share * value, 0);
};
