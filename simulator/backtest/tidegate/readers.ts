import { metricsRead } from '#domain/capacity/next-delays.ts';
import type { Observation } from '#domain/capacity/observation.ts';
import { lookback } from '#domain/capacity/rules/newest-value.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { Metric, Reading } from '#domain/configuration/metric.ts';
import { settleSeconds } from '#domain/configuration/reading-window.ts';
import { factsOf, metricsOf } from '#domain/configuration/rule.ts';
import type { OnMissing } from '#domain/configuration/rule-parts.ts';
import type { Opening } from '#domain/configuration/schedule.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';
import { openingOf } from '#schedule/opening-of.ts';
import type { MetricStore } from './metric-store.ts';

type Read = MetricStore['read'];

/** Reads the metrics that rules follow themselves, as far back as the most patient of them looks. */
export const createReader = (group: Group) => {
  const readers = new Map<string, OnMissing[]>();
  for (const rule of group.rules) {
    if (factsOf(rule).demand !== undefined) continue;
    for (const metric of metricsOf(rule)) {
      const onMissing = 'onMissing' in rule ? [rule.onMissing] : [];
      readers.set(metric, [...(readers.get(metric) ?? []), ...onMissing]);
    }
  }
  const wanted = [...readers].flatMap(([name, onMissing]) => {
    const metric: Metric | undefined = group.metrics[name];
    return metric ? [{ name, metric, seconds: lookback(metric, onMissing) }] : [];
  });

  return (read: Read, now: Instant): Pick<Observation, 'readings' | 'arriving'> => {
    const readings: Record<string, Reading> = {};
    const arriving: Record<string, Reading> = {};
    for (const { name, metric, seconds } of wanted) {
      const seen = read(metric, seconds, now);
      if (seen.whole !== undefined) readings[name] = seen.whole;
      if (seen.arriving !== undefined) arriving[name] = seen.arriving;
    }
    return Object.keys(arriving).length === 0 ? { readings } : { readings, arriving };
  };
};

/** Minutes that are looked back for the newest one. */
const MOST_MINUTES = 15;

/** Finds the newest whole periods of a group that is asked when its values are due: of a forecast its newest minute. */
export const createNewest = (group: Group, valueAt: MetricStore['at']) => {
  const forecast = new Set(group.rules.flatMap((rule) => factsOf(rule).demand ?? []));
  const minutesOf = metricsRead(group).filter(({ name }) => forecast.has(name));

  return (
    { readings }: Pick<Observation, 'readings'>,
    now: Instant,
  ): Pick<Observation, 'newest'> => {
    if (group.looksWhenDue === undefined) return {};
    const newest: Record<string, Instant> = {};
    for (const [name, { at }] of Object.entries(readings)) newest[name] = at;
    for (const { name, metric } of minutesOf) {
      const at = newestMinute(metric, valueAt, now);
      if (at !== undefined) newest[name] = at;
    }
    return { newest };
  };
};

const newestMinute = (
  metric: Metric,
  valueAt: MetricStore['at'],
  now: Instant,
): Instant | undefined => {
  const end = now - settleSeconds(metric) * SECOND_MS;
  const last = Math.floor(end / MINUTE_MS) * MINUTE_MS - MINUTE_MS;
  return Array.from({ length: MOST_MINUTES }, (_, ago) => last - ago * MINUTE_MS).find(
    (at) => valueAt(metric, at, now) !== undefined,
  );
};

/** Tells which schedules hold, and asks the clock again only when one of them changes. */
export const createOpenings = ({ rules }: Group) => {
  const windows = rules.flatMap((rule) => {
    const { window } = factsOf(rule);
    return window === undefined ? [] : [{ name: rule.name, window }];
  });
  const known = new Map<string, Opening>();

  return (now: Instant): Observation['openings'] => {
    for (const { name, window } of windows) {
      const before = known.get(name);
      if (before === undefined || now >= (before.changesAt ?? Number.POSITIVE_INFINITY)) {
        known.set(name, openingOf(window, now));
      }
    }
    return Object.fromEntries(known);
  };
};
