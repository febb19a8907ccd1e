import { isLearned, type KnownForecastRule } from '#domain/configuration/learned.ts';
import { isRefused, type Metric, type Past } from '#domain/configuration/metric.ts';
import type { ForecastRule, Rule } from '#domain/configuration/rule.ts';
import { capacityNeeded } from '#domain/forecast/capacity-needed.ts';
import type { Forecast } from '#domain/forecast/forecast-demand.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { CapacityCall } from './on-capacity.ts';
import {
  isJudged,
  minutesTooLate,
  type Sight,
  seenSooner,
  seenWhole,
} from './reference-forecast.ts';

/** Units that the group wants and that no instance of it is there for: those of its pool are claimed so far. */
export const claimedOf = (seen: GroupState | undefined, from: number): number => {
  const present = (seen?.instances ?? [])
    .filter(
      ({ lifecycleState }) =>
        !/^(Terminating|Standby|EnteringStandby|Warmed|Detach)/.test(lifecycleState),
    )
    .reduce((sum, { weight }) => sum + weight, 0);
  return Math.max(0, from - present);
};

/** The rules that say how large a pool is. */
export const votingForecasts = (rules: readonly Rule[]): readonly ForecastRule[] =>
  rules.filter((rule) => rule.kind === 'forecast').filter(({ isShadow }) => !isShadow);

/** The capacity that a pool should be prepared for, computed apart from the code that is judged. */
export type Prepared = Readonly<{
  units: number;
  /** A rule that sizes the pool cannot see, or has been judged too seldom. */
  isUncertain: boolean;
}>;

type Scene = Pick<CapacityCall, 'group' | 'view'> & Readonly<{ now: Instant }>;

export const preparedFor = ({ group, view, now }: Scene): Prepared => {
  const all = votingForecasts(group.rules).map((rule) => {
    const found = view.pasts.get(group.metrics[rule.metric] as Metric);
    if (!isLearned(rule) || (found !== undefined && isRefused(found))) return NOTHING;
    return preparedBy({ rule, past: found, now, period: group.everySeconds ?? 60 });
  });
  return {
    units: Math.max(0, ...all.map(({ units }) => units)),
    isUncertain: all.length === 0 || all.some(({ isUncertain }) => isUncertain),
  };
};

const NOTHING: Prepared = { units: 0, isUncertain: true };

/** A cold launch has so many minutes more until it is stopped again. */
const STOPPING_MINUTES = 2;

const preparedBy = (sight: Sight & Readonly<{ past: Past | undefined }>): Prepared => {
  const { rule } = sight;
  const whole = seenWhole(sight);
  const late = sight.past === undefined ? Number.POSITIVE_INFINITY : minutesTooLate(sight);
  if (whole === undefined || late > 10) return NOTHING;

  const horizons = forecastsFrom(whole, rule);
  if (horizons.length === 0) return NOTHING;
  const sooner = seenSooner(sight);
  const all = [...horizons, ...(sooner ? forecastsFrom(sooner, rule) : [])];
  return {
    units: Math.max(...all.map((each) => capacityNeeded(each, rule.perInstance * 60))),
    isUncertain: late > 5 || !horizons.every(isJudged),
  };
};

/** Until a launch of now serves, and, with half the risk, until one has been prepared. */
const forecastsFrom = (
  { at, beyond }: NonNullable<ReturnType<typeof seenWhole>>,
  { leadSeconds, risk }: KnownForecastRule,
): readonly Forecast[] =>
  [at(leadSeconds), beyond(leadSeconds, STOPPING_MINUTES, risk / 2)].filter(
    (each) => each !== undefined,
  );
