import type { Observation } from '#domain/capacity/observation.ts';
import { lookback } from '#domain/capacity/rules/look.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { Metric, Reading } from '#domain/configuration/metric.ts';
import { factsOf, metricsOf, type OnMissing } from '#domain/configuration/rule.ts';
import type { Opening } from '#domain/configuration/schedule.ts';
import type { Instant } from '#domain/time/instant.ts';
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
