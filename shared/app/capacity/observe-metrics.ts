import type { Observation } from '#domain/capacity/observation.ts';
import { arrivingDemandOf, delaySeconds, demandOf } from '#domain/capacity/rules/demand.ts';
import { lookback } from '#domain/capacity/rules/newest-value.ts';
import { watchedAlarm } from '#domain/capacity/watched-alarm.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import {
  type Found,
  type FoundPast,
  isRefused,
  type Metric,
  type MetricQuery,
  type Past,
  type Reading,
} from '#domain/configuration/metric.ts';
import { factsOf, metricsOf } from '#domain/configuration/rule.ts';
import type { OnMissing } from '#domain/configuration/rule-parts.ts';
import { watchedConditionOf } from '#domain/configuration/watched.ts';
import type { MetricDelays } from '#domain/ledger/metric-delay.ts';
import type { Alarm } from '#domain/observed/alarm.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { ScalePorts } from './ports.ts';

/** Metrics of one group, by name: readings, what is arriving, the past of those that are forecast, and refusals. */
export type Readings = Pick<Observation, 'readings' | 'arriving' | 'newest' | 'refused'> &
  Readonly<{
    pasts: readonly SeenPast[];
    /** The newest whole datapoints of metrics under conditions that are watched, by name. */
    recent: Readonly<Record<string, readonly Reading[]>>;
  }>;

type SeenPast = Readonly<{ name: string; metric: Metric; past: Past }>;

/**
 * The metrics that rules of these groups read themselves, by group and name: asked for together, and what
 * CloudWatch refuses concerns its own group alone.
 */
export const observeReadings = async (
  { readMetrics, readPast }: Pick<ScalePorts, 'readMetrics' | 'readPast'>,
  groups: readonly Group[],
): Promise<ReadonlyMap<string, Readings>> => {
  const wanted = groups.flatMap(queriesOf);
  const forecast = groups.flatMap(forecastMetricsOf);
  const [found, pasts] = await Promise.all([
    wanted.length === 0 ? [] : readMetrics(wanted.map(({ query }) => query)),
    forecast.length === 0 ? [] : readPast(forecast.map(({ metric }) => metric)),
  ]);

  return new Map(
    groups.map(({ name, looksWhenDue }) => {
      const seen = readingsOf(
        wanted.flatMap(({ group, metric }, index) =>
          group === name ? [[metric, found[index]] as const] : [],
        ),
        forecast.flatMap((each, index) =>
          each.group === name ? [{ ...each, past: pasts[index] }] : [],
        ),
      );
      return [name, looksWhenDue === undefined ? seen : { ...seen, newest: newestIn(seen) }];
    }),
  );
};

const readingsOf = (
  found: readonly (readonly [metric: string, found: Found])[],
  pasts: readonly (WantedPast & Readonly<{ past: FoundPast }>)[],
): Readings => {
  const all = [...found, ...pasts.map(({ name, past }) => [name, past] as const)];
  const refused = all.flatMap(([metric, each]) =>
    isRefused(each) ? [[metric, each.refusal.slice(0, LONGEST_REFUSAL)] as const] : [],
  );
  const seen = found.flatMap(([metric, each]) =>
    each === undefined || isRefused(each) ? [] : [[metric, each] as const],
  );
  const arriving = seen.flatMap(([metric, each]) =>
    each.arriving === undefined ? [] : [[metric, each.arriving] as const],
  );
  return {
    readings: Object.fromEntries(
      seen.flatMap(([metric, { whole }]) =>
        whole === undefined ? [] : [[metric, whole] as const],
      ),
    ),
    ...(arriving.length === 0 ? {} : { arriving: Object.fromEntries(arriving) }),
    recent: Object.fromEntries(
      seen.flatMap(([metric, { recent }]) =>
        recent === undefined ? [] : [[metric, recent] as const],
      ),
    ),
    pasts: pasts.flatMap(({ name, metric, past }) =>
      past === undefined || isRefused(past) ? [] : [{ name, metric, past }],
    ),
    ...(refused.length === 0 ? {} : { refused: Object.fromEntries(refused) }),
  };
};

/** The begins of the newest whole periods, by metric: of one that is forecast the newest minute. */
const newestIn = ({ readings, pasts }: Readings): NonNullable<Observation['newest']> =>
  Object.fromEntries([
    ...Object.entries(readings).map(([name, { at }]) => [name, at] as const),
    ...pasts.flatMap(({ name, past: { minutes } }) =>
      minutes.length === 0 ? [] : [[name, Math.max(...minutes.map(({ at }) => at))] as const],
    ),
  ]);

/** The moment, and the delays that were learned of the group's metrics. */
type Learned = Readonly<{ now: Instant; delays: MetricDelays }>;

/** The demand that rules forecast, as it is at that moment, and what is arriving of it. */
export const demandsAt = (
  pasts: readonly SeenPast[],
  { now, delays }: Learned,
): Pick<Observation, 'demands' | 'arrivingDemands'> => {
  if (pasts.length === 0) return {};
  const demands = pasts.map(({ name, metric, past }) => {
    const taken = { now, delay: delaySeconds(metric, delays[name]) };
    const demand = demandOf(metric, past, taken);
    const { arriving = [] } = past;
    return { name, demand, arriving: arrivingDemandOf(metric, demand, { arriving, ...taken }) };
  });
  const arriving = demands.filter((each) => each.arriving.length > 0);
  return {
    demands: Object.fromEntries(demands.map(({ name, demand }) => [name, demand])),
    ...(arriving.length === 0
      ? {}
      : {
          arrivingDemands: Object.fromEntries(arriving.map((each) => [each.name, each.arriving])),
        }),
  };
};

/** CloudWatch quotes the expression, which may be long; the record keeps what explains it. */
const LONGEST_REFUSAL = 500;

type WantedReading = Readonly<{ group: string; metric: string; query: MetricQuery }>;

const queriesOf = ({ name, metrics, rules }: Group): readonly WantedReading[] => {
  const readers = new Map<string, OnMissing[]>();
  for (const rule of rules) {
    if (factsOf(rule).demand !== undefined) continue;
    for (const metric of metricsOf(rule)) {
      const onMissing = 'onMissing' in rule ? [rule.onMissing] : [];
      readers.set(metric, [...(readers.get(metric) ?? []), ...onMissing]);
    }
  }

  return [...readers].flatMap(([metric, onMissing]) => {
    const found = metrics[metric];
    const query = found && queryOf(found, onMissing, watchedPeriods(rules, metric));
    return query ? [{ group: name, metric, query }] : [];
  });
};

/** The most periods that a watched condition on the metric looks back on; none when there is no such condition. */
const watchedPeriods = (rules: Group['rules'], metric: string): number =>
  Math.max(
    0,
    ...rules.map((rule) => {
      const condition = watchedConditionOf(rule);
      return condition?.metric === metric ? condition.periods : 0;
    }),
  );

const queryOf = (
  metric: Metric,
  onMissing: readonly OnMissing[],
  recentPeriods: number,
): MetricQuery => {
  const lookbackSeconds = lookback(metric, onMissing);
  return recentPeriods === 0
    ? { metric, lookbackSeconds }
    : {
        metric,
        lookbackSeconds: lookbackSeconds + (recentPeriods - 1) * metric.periodSeconds,
        recentPeriods,
      };
};

/** The alarms that conditions without an alarm in CloudWatch would have; none of a metric that CloudWatch refuses. */
export const watchedAlarms = (
  { rules, metrics }: Group,
  { recent, refused = {} }: Pick<Readings, 'recent' | 'refused'>,
  now: Instant,
): readonly Alarm[] => {
  const conditions = rules.flatMap((rule) => watchedConditionOf(rule) ?? []);
  const byName = new Map(conditions.map((condition) => [condition.text, condition]));
  return [...byName.values()].flatMap((condition) => {
    const metric = metrics[condition.metric];
    if (metric === undefined || refused[condition.metric] !== undefined) return [];
    return [watchedAlarm(condition, { metric, recent: recent[condition.metric] ?? [] }, now)];
  });
};

type WantedPast = Readonly<{ group: string; name: string; metric: Metric }>;

/** The metrics that rules of the group forecast, each once. */
const forecastMetricsOf = ({ name: group, metrics, rules }: Group): readonly WantedPast[] =>
  [...new Set(rules.flatMap((rule) => factsOf(rule).demand ?? []))].flatMap((name) => {
    const metric = metrics[name];
    return metric === undefined ? [] : [{ group, name, metric }];
  });

/** Tells which schedules of the group hold now. */
export const observeOpenings = (
  { openingOf }: Pick<ScalePorts, 'openingOf'>,
  { rules }: Group,
  now: Instant,
): Observation['openings'] =>
  Object.fromEntries(
    rules.flatMap((rule) => {
      const { window } = factsOf(rule);
      return window === undefined ? [] : [[rule.name, openingOf(window, now)] as const];
    }),
  );
