import type { Group } from '#domain/configuration/configuration.ts';
import { isLearned, type KnownForecastRule } from '#domain/configuration/learned.ts';
import type { ForecastRule } from '#domain/configuration/rule.ts';
import {
  capacityHeld,
  capacityNeeded,
  horizonsOf,
  type Lags,
} from '#domain/forecast/capacity-needed.ts';
import { ENOUGH_JUDGED, MINUTE_SECONDS } from '#domain/forecast/constants.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { SECOND_MS } from '#domain/time/instant.ts';
import { currentCapacity, type GroupObservation } from '../observation.ts';
import type { Recommendation } from '../recommendation.ts';
import { stuckUnits } from '../stuck-instances.ts';
import { larger } from './arriving.ts';
import { describeNothing, isOfInstances } from './at-zero.ts';
import { delaySeconds } from './demand.ts';
import {
  describeForecastRule,
  describeProspect,
  describeUnlearned,
  type Prospect,
} from './describe-forecast.ts';
import { type ForecastWanted, forecastOf, forecastSooner } from './forecast-of.ts';
import { wants, withoutData } from './recommendations.ts';
import type { RuleKind } from './rule-kind.ts';

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
  const capacity = Math.min(current, capacityHeld(forecast, perUnitOf(rule), minutes) + stuck);
  const held = `${found}; within the last ${describeSeconds(rule.holdSeconds)} it needed ${capacity}`;
  return wants(rule, 'Forecast', { capacity, detail: capacity > needed ? held : found });
};

/** Takes the capacity that a forecast needs; units that are stuck come on top. */
const neededBy = (rule: KnownForecastRule, prospect: Prospect, observation: GroupObservation) => {
  const stuck = Math.min(currentCapacity(observation), stuckUnits(observation));
  const needed = capacityNeeded(prospect.forecast, perUnitOf(rule)) + stuck;
  return { needed, stuck, found: describeProspect(rule, prospect, needed) };
};

const perUnitOf = ({ per, perInstance }: KnownForecastRule): number =>
  per === 'second' ? 60 * perInstance : perInstance;

/** Forecasts, or says why it cannot. */
const lookAhead = (
  rule: KnownForecastRule,
  { demands = {}, group, now }: GroupObservation,
): Prospect | string => {
  const { metric } = rule;
  const [demand, definition] = [demands[metric], group.metrics[metric]];
  if (demand === undefined || definition === undefined) return `${metric} has no data`;

  const delay = delaySeconds(definition);
  const foreseen = forecastOf(demand, wantedAt(rule, { delay, period: periodOf(group) }));
  if (foreseen === undefined) return `${metric} has no data`;

  const lateSeconds = now / SECOND_MS - delay - foreseen.knownUntil;
  const prospect = { ...foreseen, delay, lateSeconds };
  return whyTooLate(rule, prospect, BLIND_OUT_SECONDS) ?? prospect;
};

/** Forecasts from what is arriving, too; nothing while none of that is more than the newest whole minute had. */
const lookSooner = (
  rule: KnownForecastRule,
  { demands = {}, arrivingDemands = {}, group }: GroupObservation,
): Prospect | undefined => {
  const { [rule.metric]: demand } = demands;
  const { [rule.metric]: arriving } = arrivingDemands;
  const { [rule.metric]: definition } = group.metrics;
  if (demand === undefined || arriving === undefined || definition === undefined) return undefined;

  const delay = delaySeconds(definition) - arriving.length * MINUTE_SECONDS;
  const foreseen = forecastSooner(
    demand,
    arriving,
    wantedAt(rule, { delay, period: periodOf(group) }),
  );
  return foreseen && { ...foreseen, isAtLeast: true, delay, lateSeconds: 0 };
};

/** Decisions come once a minute, or as often as the group says. */
const periodOf = ({ everySeconds = MINUTE_SECONDS }: Group): number => everySeconds;

const wantedAt = (
  { leadSeconds: lead, risk, margin, onMissing }: KnownForecastRule,
  lags: Pick<Lags, 'delay' | 'period'>,
): ForecastWanted => ({
  ...horizonsOf({ ...lags, lead }),
  risk,
  margin,
  missing: onMissing === 'zero' ? 0 : Number.NaN,
});

/** So much longer than usual the newest minute may have been missing: on the way in, and on the way out. */
const BLIND_IN_SECONDS = 300;
const BLIND_OUT_SECONDS = 600;

/** Minutes are whole: less than one later than usual is not late at all. */
const whyTooLate = (
  { metric, onMissing }: ForecastRule,
  { lateSeconds }: Prospect,
  usual: number,
): string | undefined => {
  const last = typeof onMissing === 'object' && 'last' in onMissing ? onMissing.last : 0;
  const minutes = Math.floor(lateSeconds / 60);
  return minutes * 60 <= Math.max(usual, last)
    ? undefined
    : `the last minute of ${metric} came ${describeSeconds(60 * minutes)} before the newest that could be there`;
};

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
