import {
  type Found,
  type FoundPast,
  isRefused,
  type Metric,
  type MetricQuery,
  type Reading,
} from '#domain/configuration/metric.ts';
import { evaluateMath } from '#simulator/services/cloud-watch/metric-math.ts';
import type { Metrics } from '#simulator/services/cloud-watch/metrics.ts';
import type { HistoryEvent } from '../history.ts';
import { type Checker, type Judgement, unless } from './check-world.ts';

export const periodsAreWhole: Checker = {
  id: 'S45',
  promise:
    'no part of a period is taken for the whole, a part only of a total, and every period begins where CloudWatch begins it',
  watch: ({ cloud }) => ({
    onEvent: (event) => {
      const asked = [...answered(event), ...answeredOfThePast(event)];
      return asked.flatMap(({ query: { metric }, found }) => {
        if (found === undefined || isRefused(found)) return [];
        const { whole, arriving } = found;
        return [
          ...(whole === undefined ? [] : ofWhole(cloud.metrics, metric, whole)),
          ...(arriving === undefined ? [] : ofPart(cloud.metrics, metric, arriving)),
        ];
      });
    },
  }),
};

const ofWhole = (
  metrics: Metrics,
  metric: Metric,
  { at, value }: Reading,
): readonly [Judgement] => {
  const whole = wholeValue(metrics, metric, at);
  const isWhole = whole !== undefined && Math.abs(whole - value) < 1e-6;
  const isAligned = at % (metric.periodSeconds * 1_000) === 0;
  return unless(isWhole && isAligned, () => {
    const offset = isAligned ? '' : ', and no period begins then';
    return `${value} was read where the period has ${whole ?? 'nothing'}${offset}`;
  });
};

/** A part of a total is at most all of it; of nothing else a part says anything. */
const ofPart = (metrics: Metrics, metric: Metric, { at, value }: Reading): readonly [Judgement] => {
  const whole = wholeValue(metrics, metric, at) ?? 0;
  const isTotal = metric.kind === 'stat' && metric.statistic === 'Sum';
  return unless(
    isTotal && value <= whole + 1e-6,
    () => `${value} was read as a part of ${isTotal ? whole : 'what is no total'}`,
  );
};

type Asked = Readonly<{ query: MetricQuery; found: Found }>;

const answered = (event: HistoryEvent): readonly Asked[] => {
  if (event.kind !== 'answered' || event.trip.action !== 'GetMetricData') return [];
  if (event.error !== undefined) return [];
  const found = event.answer as readonly Found[];
  return (event.trip.input as readonly MetricQuery[]).map((query, index) => ({
    query,
    found: found[index],
  }));
};

/** The newest minutes and bins of the past are those that may not be whole. */
const answeredOfThePast = (event: HistoryEvent): readonly Asked[] => {
  if (event.kind !== 'answered' || event.trip.action !== 'GetMetricData of the past') return [];
  if (event.error !== undefined) return [];
  const pasts = event.answer as readonly FoundPast[];
  return (event.trip.input as readonly Metric[]).flatMap((metric, index) => {
    const past = pasts[index];
    if (past === undefined || isRefused(past)) return [];
    return [
      ...newestOf(past.minutes).map((found) => askedOf(metric, 60, found)),
      ...newestOf(past.fives).map((found) => askedOf(metric, 300, found)),
    ];
  });
};

const newestOf = (readings: readonly Reading[]): readonly Reading[] =>
  readings.toSorted((a, b) => b.at - a.at).slice(0, 3);

const askedOf = (metric: Metric, periodSeconds: number, found: Reading): Asked => ({
  query: { metric: { ...metric, periodSeconds }, lookbackSeconds: 0 },
  found: { whole: found },
});

const wholeValue = (metrics: Metrics, metric: Metric, at: number): number | undefined => {
  if (metric.kind === 'query') return undefined;
  if (metric.kind === 'stat') return metrics.wholeValueAt(metric, at);
  return evaluateMath(
    metric.expression,
    Object.fromEntries(
      Object.entries(metric.uses).map(([id, used]) => [id, metrics.wholeValueAt(used, at)]),
    ),
  );
};
