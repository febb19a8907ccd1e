import { isLearned, type KnownForecastRule, perUnitOf } from '#domain/configuration/learned.ts';
import { capacityNeeded } from '#domain/forecast/capacity-needed.ts';
import { ENOUGH_JUDGED } from '#domain/forecast/constants.ts';
import type { GroupObservation } from '../observation.ts';
import {
  BLIND_IN_SECONDS,
  lookAhead,
  lookSooner,
  type Prospect,
  whyTooLate,
} from './look-ahead.ts';

/** The capacity that should be able to run before a cold launch could, stopped instances included. */
export type PoolNeed = Readonly<{
  units: number;
  /** False when a rule cannot see well enough that anything may be taken away. */
  isCertain: boolean;
}>;

/**
 * Computes what a warm pool should hold by the group's forecast rules: the largest of what they need until a cold
 * launch of now serves, and, with half the risk, until one has been prepared and stopped. Shadows have no say. Data
 * that are missing or late, and forecasts that were judged too seldom, need nothing and make the answer uncertain.
 */
export const poolNeedOf = (observation: GroupObservation): PoolNeed => {
  const { group, refused = {} } = observation;
  const needs = group.rules.flatMap((rule) => {
    if (rule.kind !== 'forecast' || rule.isShadow) return [];
    const isBlind = !isLearned(rule) || Object.hasOwn(refused, rule.metric);
    return [isBlind ? NOTHING : needOf(rule, observation)];
  });
  return {
    units: Math.max(0, ...needs.map(({ units }) => units)),
    isCertain: needs.length > 0 && needs.every(({ isCertain }) => isCertain),
  };
};

const NOTHING: PoolNeed = { units: 0, isCertain: false };

const needOf = (rule: KnownForecastRule, observation: GroupObservation): PoolNeed => {
  const prospect = lookAhead(rule, observation);
  if (typeof prospect === 'string') return NOTHING;

  const sooner = lookSooner(rule, observation);
  const isJudged = forecastsOf(prospect).every(({ horizons }) =>
    horizons.every(({ scale }) => scale.judged >= ENOUGH_JUDGED),
  );
  return {
    units: Math.max(...[prospect, ...(sooner ? [sooner] : [])].map((each) => unitsOf(rule, each))),
    isCertain: isJudged && whyTooLate(rule, prospect, BLIND_IN_SECONDS) === undefined,
  };
};

const unitsOf = (rule: KnownForecastRule, prospect: Prospect): number =>
  Math.max(...forecastsOf(prospect).map((forecast) => capacityNeeded(forecast, perUnitOf(rule))));

const forecastsOf = ({ forecast, pooled }: Prospect) =>
  pooled === undefined ? [forecast] : [forecast, pooled.preparing];
