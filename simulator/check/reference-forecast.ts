import {
  arrivingDemandOf,
  demandOf,
  type SeenDemand,
  windowOf,
} from '#domain/capacity/rules/demand.ts';
import type { KnownForecastRule } from '#domain/configuration/learned.ts';
import type { Past } from '#domain/configuration/metric.ts';
import type { OnMissing } from '#domain/configuration/rule.ts';
import { capacityHeld, capacityNeeded } from '#domain/forecast/capacity-needed.ts';
import { forecastAt, forecastDemand, takeLowerBounds } from '#domain/forecast/forecast-demand.ts';
import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';

/** The wish of a forecast rule, or that it cannot see. */
export type ForecastWish = 'blind' | Readonly<{ wish: number }>;

type Scene = Readonly<{
  rule: KnownForecastRule;
  past: Past | undefined;
  from: number;
  stuck: number;
  now: Instant;
  /** Seconds between two looks. */
  period: number;
  /** Younger minutes count as far as they have arrived, where that is more than the newest whole minute had. */
  isArriving: boolean;
}>;

/** Totals are taken three minutes after the end of their minute. */
const DELAY_MINUTES = 3;

/**
 * Reckons the wish of a forecast rule on a total of each minute. The arithmetic of the forecast is held by its golden
 * vectors; what is made of it when data are few, late or missing is reckoned here apart.
 */
export const forecastWish = (scene: Scene): ForecastWish =>
  scene.isArriving ? sooner(scene) : onWhole(scene);

const sooner = (scene: Scene): ForecastWish => {
  const { rule, past, stuck, now } = scene;
  const demand = past && demandOf(METRIC, past, now);
  const bounds = demand && arrivingDemandOf(METRIC, demand, { arriving: past.arriving ?? [], now });
  if (bounds === undefined || bounds.length === 0) return onWhole(scene);
  const delayMinutes = DELAY_MINUTES - bounds.length;
  const near = Math.max(1, delayMinutes + 1);
  const far = Math.max(near, Math.ceil(delayMinutes + (rule.leadSeconds + scene.period) / 60) + 1);
  const window = windowOf(demand as SeenDemand, rule.onMissing === 'zero' ? 0 : Number.NaN);
  const pass = forecastDemand(window, [near, far], rule);
  if (pass === undefined) return 'blind';
  const forecast = forecastAt(takeLowerBounds(pass, window, bounds));
  return { wish: capacityNeeded(forecast, rule.perInstance * 60) + stuck };
};

const onWhole = ({ rule, past, from, stuck, now, period }: Scene): ForecastWish => {
  const metric = METRIC;
  const demand = past && demandOf(metric, past, now);
  if (demand === undefined) return 'blind';
  const far = Math.ceil((DELAY_MINUTES * 60 + rule.leadSeconds + period) / 60) + 1;
  const forecast = forecastDemand(
    windowOf(demand, rule.onMissing === 'zero' ? 0 : Number.NaN),
    [DELAY_MINUTES + 1, Math.max(DELAY_MINUTES + 1, far)],
    rule,
  );
  if (forecast === undefined) return 'blind';

  const perUnit = rule.perInstance * 60;
  const needed = capacityNeeded(forecast, perUnit) + stuck;
  const late = rule.onMissing === 'zero' ? 0 : lateMinutes(past as Past, now);
  const older = olderMinutes(rule.onMissing);
  if (late > Math.max(10, older)) return 'blind';
  if (needed >= from) return { wish: needed };
  if (late > Math.max(5, older)) return 'blind';
  if (forecast.horizons.some(({ scale }) => scale.judged < 10)) return { wish: from };
  const held = capacityHeld(forecast, perUnit, Math.ceil(rule.holdSeconds / 60)) + stuck;
  return { wish: Math.min(from, held) };
};

const METRIC = {
  kind: 'stat',
  namespace: 'Simulated',
  metricName: 'Demand',
  dimensions: {},
  statistic: 'Sum',
  periodSeconds: 60,
} as const;

/** Minutes that the newest one is behind the newest that could be whole. */
export const lateMinutes = ({ minutes }: Past, now: Instant): number => {
  const newest = Math.max(...minutes.map(({ at }) => at));
  return Math.floor(now / MINUTE_MS) - DELAY_MINUTES - 1 - newest / MINUTE_MS;
};

const olderMinutes = (onMissing: OnMissing): number =>
  typeof onMissing === 'object' && 'last' in onMissing ? onMissing.last / 60 : 0;
