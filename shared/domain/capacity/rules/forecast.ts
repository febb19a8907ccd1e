import { isLearned, type KnownForecastRule, perUnitOf } from '#domain/configuration/learned.ts';
import type { ForecastRule } from '#domain/configuration/rule.ts';
import { capacityHeld, capacityNeeded } from '#domain/forecast/capacity-needed.ts';
import { ENOUGH_JUDGED, MINUTE_SECONDS } from '#domain/forecast/constants.ts';
import type { Forecast } from '#domain/forecast/forecast-demand.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { currentCapacity, type GroupObservation } from '../observation.ts';
import { readyUnits } from '../ready-units.ts';
import type { Recommendation } from '../recommendation.ts';
import { stuckUnits } from '../stuck-instances.ts';
import { larger } from './arriving.ts';
import { describeNothing, isOfInstances } from './at-zero.ts';
import { describeForecastRule, describeProspect, describeUnlearned } from './describe-forecast.ts';
import {
  BLIND_IN_SECONDS,
  lookAhead,
  lookSooner,
  type Prospect,
  whyTooLate,
} from './look-ahead.ts';
import { wants } from './recommendations.ts';
import type { RuleKind } from './rule-kind.ts';
import { withoutData } from './without-data.ts';

/**
 * Asks for the capacity that demand will need by the time an instance launched now serves (docs/forecast.md):
 * out at once, in to the largest capacity that it asked for within the hold. Missing data never shrinks a
 * group: when the newest minute is five minutes late the rule is blind on the way in, after ten on the way out,
 * too. What has arrived of younger minutes is a lower bound of their demand: it may ask for more, or keep what the
 * whole minutes would let go. Units that are stuck neither take load nor will: they come on top of what is needed.
 */
const recommendByForecast = (rule: ForecastRule, observation: GroupObservation): Recommendation => {
  if (!isLearned(rule)) return notLearned(rule);
  const onWhole = recommendOnWhole(rule, observation);
  const prospect = lookSooner(rule, observation);
  if (prospect === undefined) return onWhole;

  const { needed, found } = neededBy(rule, prospect, observation);
  const onArriving = wants(rule, 'Forecast', { capacity: needed, detail: found });
  return larger(onWhole, onArriving, currentCapacity(observation));
};

/** Holds back scale-in whatever the rule says of missing data: this is no metric that will come back by itself. */
const notLearned = (rule: ForecastRule): Recommendation => ({
  kind: 'blind',
  rule: rule.name,
  reason: 'MissingData',
  blocksScaleIn: true,
  detail: describeUnlearned(rule),
});

const recommendOnWhole = (
  rule: KnownForecastRule,
  observation: GroupObservation,
): Recommendation => {
  const prospect = lookAhead(rule, observation);
  if (typeof prospect === 'string') return withoutData(rule, prospect);

  const { forecast } = prospect;
  const current = currentCapacity(observation);
  const { needed, stuck, found } = neededBy(rule, prospect, observation);
  if (needed >= current) return wants(rule, 'Forecast', { capacity: needed, detail: found });

  const late = whyTooLate(rule, prospect, BLIND_IN_SECONDS);
  if (late !== undefined) return withoutData(rule, late);
  if (forecast.horizons.some(({ scale }) => scale.judged < ENOUGH_JUDGED)) {
    const detail = `${found}; ${current} stay until ${ENOUGH_JUDGED} forecasts have been judged`;
    return wants(rule, 'Forecast', { capacity: current, detail });
  }

  const minutes = Math.ceil(rule.holdSeconds / MINUTE_SECONDS);
  const held = besidePool(prospect, observation, (each) =>
    capacityHeld(each, perUnitOf(rule), minutes),
  );
  const capacity = Math.min(current, held.capacity + stuck);
  const longer = `${found}; within the last ${describeSeconds(rule.holdSeconds)} it needed ${capacity}`;
  return wants(rule, 'Forecast', { capacity, detail: capacity > needed ? longer : found });
};

/**
 * Takes the capacity that a forecast needs; units that are stuck come on top, and those that are ready in a warm
 * pool need not run before they can be started.
 */
const neededBy = (rule: KnownForecastRule, prospect: Prospect, observation: GroupObservation) => {
  const stuck = Math.min(currentCapacity(observation), stuckUnits(observation));
  const perUnit = perUnitOf(rule);
  const running = besidePool(prospect, observation, (each) => capacityNeeded(each, perUnit));
  const [needed, ready] = [running.capacity + stuck, running.ready];
  const found = `${describeProspect(rule, prospect, needed)}${describeReady(ready)}`;
  return { needed, stuck, found };
};

/** The capacity that must run, beside instances that are stopped and ready. */
const besidePool = (
  { forecast, pooled }: Prospect,
  observation: GroupObservation,
  capacityFor: (forecast: Forecast) => number,
): Readonly<{ capacity: number; ready: number }> => {
  const whole = capacityFor(forecast);
  if (pooled === undefined) return { capacity: whole, ready: 0 };

  const capacity = Math.max(capacityFor(pooled.waking), whole - readyUnits(observation));
  return { capacity: Math.min(whole, capacity), ready: Math.max(0, whole - capacity) };
};

const describeReady = (ready: number): string =>
  ready === 0 ? '' : ` beside ${ready} that can be started`;

/** Asks for what demand will need. */
export const forecast: RuleKind<ForecastRule> = {
  recommend: recommendByForecast,
  atZero: ({ metric }, { demands, group }) =>
    demands?.[metric] === undefined && isOfInstances(group.metrics[metric])
      ? describeNothing(metric)
      : 'able',
  fromZero: () => ({ makes: 'able' }),
  turns: () => [],
  marks: () => [],
  describe: describeForecastRule,
};
