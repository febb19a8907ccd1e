import type { Group } from '#domain/configuration/configuration.ts';
import type { KnownForecastRule } from '#domain/configuration/learned.ts';
import type { ForecastRule } from '#domain/configuration/rule.ts';
import { type Horizons, horizonsOf, type Lags } from '#domain/forecast/capacity-needed.ts';
import { MINUTE_SECONDS } from '#domain/forecast/constants.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { SECOND_MS } from '#domain/time/instant.ts';
import { delaysOf } from '../next-delays.ts';
import type { GroupObservation } from '../observation.ts';
import { delaySeconds } from './demand.ts';
import { type ForecastWanted, type Foreseen, forecastOf, forecastSooner } from './forecast-of.ts';

/** A forecast, and how old the newest minute is that it was made from. */
export type Prospect = Foreseen &
  Readonly<{
    /** From the end of a minute until it is taken, in seconds. */
    delay: number;
    /** From when the newest minute could have been taken, until now. */
    lateSeconds: number;
    /** The data of the newest minute are still arriving. */
    isAtLeast?: true;
  }>;

/** Forecasts, or says why it cannot. */
export const lookAhead = (
  rule: KnownForecastRule,
  { demands = {}, group, head, now }: GroupObservation,
): Prospect | string => {
  const { metric } = rule;
  const [demand, definition] = [demands[metric], group.metrics[metric]];
  if (demand === undefined || definition === undefined) return `${metric} has no data`;

  const delay = delaySeconds(definition, delaysOf(group, head)[metric]);
  const found = foresee(rule, { group, delay }, (wanted) => forecastOf(demand, wanted));
  if (found === undefined) return `${metric} has no data`;

  const lateSeconds = now / SECOND_MS - delay - found.knownUntil;
  const prospect = { ...found, delay, lateSeconds };
  return whyTooLate(rule, prospect, BLIND_OUT_SECONDS) ?? prospect;
};

/** Forecasts from what is arriving, too; nothing while none of that is more than the newest whole minute had. */
export const lookSooner = (
  rule: KnownForecastRule,
  { demands = {}, arrivingDemands = {}, group, head }: GroupObservation,
): Prospect | undefined => {
  const { [rule.metric]: demand } = demands;
  const { [rule.metric]: arriving } = arrivingDemands;
  const { [rule.metric]: definition } = group.metrics;
  if (demand === undefined || arriving === undefined || definition === undefined) return undefined;

  const usual = delaySeconds(definition, delaysOf(group, head)[rule.metric]);
  const delay = usual - arriving.length * MINUTE_SECONDS;
  const found = foresee(rule, { group, delay }, (wanted) =>
    forecastSooner(demand, arriving, wanted),
  );
  return found && { ...found, isAtLeast: true, delay, lateSeconds: 0 };
};

type Foresee = (wanted: ForecastWanted) => Foreseen | undefined;

/** Forecasts for launches, and where the group has a warm pool for starts and for what is to be prepared. */
const foresee = (
  rule: KnownForecastRule,
  { group, delay }: Readonly<{ group: Group; delay: number }>,
  ask: Foresee,
): Foreseen | undefined => {
  const { leadSeconds: lead } = rule;
  const lags = { delay, period: periodOf(group) };
  const launching = horizonsOf({ ...lags, lead });
  if (group.warmPool === undefined) return ask(wantedAt(rule, launching));

  const waking = horizonsOf({ ...lags, lead: wakeOf(group.warmPool, lead) }).far;
  const pooled = { waking, preparing: beyond(launching) };
  return ask({ ...wantedAt(rule, launching), pooled });
};

/** A stopped instance is never the slower one. */
const wakeOf = ({ wakeSeconds }: NonNullable<Group['warmPool']>, lead: Lags['lead']): number =>
  Math.min(wakeSeconds, lead);

/** The minutes that a cold launch takes to stop again, beyond which a pool is prepared. */
const STOPPING_MINUTES = 2;
const MOST_HORIZON = 30;

const beyond = ({ far }: Horizons): number => Math.min(MOST_HORIZON, far + STOPPING_MINUTES);

/** Decisions come once a minute, or as often as the group says. */
const periodOf = ({ everySeconds = MINUTE_SECONDS }: Group): number => everySeconds;

const wantedAt = (
  { risk, margin, onMissing }: KnownForecastRule,
  horizons: Horizons,
): ForecastWanted => ({
  ...horizons,
  risk,
  margin,
  missing: onMissing === 'zero' ? 0 : Number.NaN,
});

/** So much longer than usual the newest minute may have been missing: on the way in, and on the way out. */
export const BLIND_IN_SECONDS = 300;
const BLIND_OUT_SECONDS = 600;

/** Minutes are whole: less than one later than usual is not late at all. */
export const whyTooLate = (
  { metric, onMissing }: ForecastRule,
  { lateSeconds }: Pick<Prospect, 'lateSeconds'>,
  usual: number,
): string | undefined => {
  const last = typeof onMissing === 'object' && 'last' in onMissing ? onMissing.last : 0;
  const minutes = Math.floor(lateSeconds / 60);
  return minutes * 60 <= Math.max(usual, last)
    ? undefined
    : `the last minute of ${metric} came ${describeSeconds(60 * minutes)} before the newest that could be there`;
};
