import {
  arrivingDemandOf,
  demandOf,
  type SeenDemand,
  windowOf,
} from '#domain/capacity/rules/demand.ts';
import type { KnownForecastRule } from '#domain/configuration/learned.ts';
import type { Past } from '#domain/configuration/metric.ts';
import type { OnMissing } from '#domain/configuration/rule-parts.ts';
import { capacityHeld, capacityNeeded } from '#domain/forecast/capacity-needed.ts';
import type { DemandWindow } from '#domain/forecast/demand-window.ts';
import {
  type Forecast,
  forecastAt,
  forecastDemand,
  takeLowerBounds,
} from '#domain/forecast/forecast-demand.ts';
import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';

/** The wish of a forecast rule, or that it cannot see. */
export type ForecastWish = 'blind' | Readonly<{ wish: number }>;

/** The parts of a look that a forecast depends on. */
export type Sight = Readonly<{
  rule: KnownForecastRule;
  past: Past | undefined;
  now: Instant;
  /** Seconds between two looks. */
  period: number;
}>;

type Scene = Sight &
  Readonly<{
    from: number;
    stuck: number;
    /** Present for a group with a warm pool: its stopped instances, and how long one takes to serve. */
    pool?: Readonly<{ ready: number; wakeSeconds: number }>;
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
  const { rule, stuck } = scene;
  const seen = seenSooner(scene);
  if (seen === undefined) return onWhole(scene);
  const running = besidePool(scene, seen, (each) => capacityNeeded(each, rule.perInstance * 60));
  return running === undefined ? 'blind' : { wish: running + stuck };
};

const onWhole = (scene: Scene): ForecastWish => {
  const { rule, from, stuck } = scene;
  const seen = seenWhole(scene);
  const forecast = seen?.at(rule.leadSeconds);
  if (seen === undefined || forecast === undefined) return 'blind';

  const perUnit = rule.perInstance * 60;
  const running = besidePool(scene, seen, (each) => capacityNeeded(each, perUnit)) ?? 0;
  const late = minutesTooLate(scene);
  if (late > 10) return 'blind';
  if (running + stuck >= from) return { wish: running + stuck };
  if (late > 5) return 'blind';
  if (!isJudged(forecast)) return { wish: from };
  const minutes = Math.ceil(rule.holdSeconds / 60);
  const held = besidePool(scene, seen, (each) => capacityHeld(each, perUnit, minutes)) ?? 0;
  return { wish: Math.min(from, held + stuck) };
};

/** The capacity that must run where stopped instances make up the rest: as many as a start of now still serves in time. */
const besidePool = (
  { rule, pool }: Scene,
  seen: Seen,
  capacityFor: (forecast: Forecast) => number,
): number | undefined => {
  const whole = seen.at(rule.leadSeconds);
  if (whole === undefined) return undefined;
  const needed = capacityFor(whole);
  const waking = pool && seen.at(Math.min(pool.wakeSeconds, rule.leadSeconds));
  if (pool === undefined || waking === undefined) return needed;
  return Math.min(needed, Math.max(capacityFor(waking), needed - pool.ready));
};

/** A demand as it was seen, and the forecasts from it: of now, and of so many minutes beyond the lead, or there alone. */
type Seen = Readonly<{
  at: (leadSeconds: number) => Forecast | undefined;
  beyond: (leadSeconds: number, minutes: number, risk: number) => Forecast | undefined;
}>;

const seenBy = (
  { rule, period }: Sight,
  {
    window,
    delayMinutes,
    bounds,
  }: Readonly<{
    window: DemandWindow;
    delayMinutes: number;
    bounds: readonly (number | null)[];
  }>,
): Seen => {
  const near = Math.max(1, delayMinutes + 1);
  const farFor = (lead: number): number =>
    Math.min(30, Math.max(near, Math.ceil(delayMinutes + (lead + period) / 60) + 1));
  const forecast = (horizons: readonly number[], risk: number): Forecast | undefined => {
    const pass = forecastDemand(window, horizons, { risk, margin: rule.margin });
    if (pass === undefined) return undefined;
    return forecastAt(bounds.length === 0 ? pass : takeLowerBounds(pass, window, bounds));
  };
  return {
    at: (lead) => forecast([near, farFor(lead)], rule.risk),
    beyond: (lead, minutes, risk) => {
      const far = Math.min(30, farFor(lead) + minutes);
      return forecast([far, far], risk);
    },
  };
};

/** The demand of whole minutes. */
export const seenWhole = (sight: Sight): Seen | undefined => {
  const { rule, past, now } = sight;
  const demand = past && demandOf(METRIC, past, { now });
  if (demand === undefined) return undefined;
  const window = windowOf(demand, missingOf(rule));
  return seenBy(sight, { window, delayMinutes: DELAY_MINUTES, bounds: [] });
};

/** The same with what is arriving of younger ones; nothing while none of that is more. */
export const seenSooner = (sight: Sight): Seen | undefined => {
  const { rule, past, now } = sight;
  const demand = past && demandOf(METRIC, past, { now });
  const bounds = demand && arrivingDemandOf(METRIC, demand, { arriving: past.arriving ?? [], now });
  if (bounds === undefined || bounds.length === 0) return undefined;
  const window = windowOf(demand as SeenDemand, missingOf(rule));
  return seenBy(sight, { window, delayMinutes: DELAY_MINUTES - bounds.length, bounds });
};

const missingOf = ({ onMissing }: KnownForecastRule): number =>
  onMissing === 'zero' ? 0 : Number.NaN;

/** True once each horizon was compared ten times with what came. */
export const isJudged = ({ horizons }: Forecast): boolean =>
  horizons.every(({ scale }) => scale.judged >= 10);

/** Minutes that the newest one is late, unless the rule allows for as many. */
export const minutesTooLate = ({ rule, past, now }: Sight): number => {
  const late = rule.onMissing === 'zero' ? 0 : lateMinutes(past as Past, now);
  return late > olderMinutes(rule.onMissing) ? late : 0;
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
