import { isLearned, type KnownForecastRule } from '#domain/configuration/learned.ts';
import type { ForecastRule } from '#domain/configuration/rule.ts';
import { decidingHorizon } from '#domain/forecast/capacity-needed.ts';
import type { HorizonSeen } from '#domain/forecast/horizon.ts';
import type { Prospect } from './look-ahead.ts';
import { describeValue } from './newest-value.ts';

/**
 * Describes a forecast in one sentence: `forecast: 412 requests/s now, 455 (up to 490 in 9 of 10 cases) in 5 min,
 * with 10 % margin, at 45 each, needs 12`. A rule in shadow also says how often it would have been wrong.
 */
export const describeProspect = (
  rule: KnownForecastRule,
  { newest, isAtLeast, forecast, delay }: Prospect,
  needed: number,
): string => {
  const deciding = decidingHorizon(forecast);
  const shown = (demand: number): string => rounded(demand / (rule.per === 'second' ? 60 : 1));
  const ahead = deciding.minutes - Math.floor(delay / 60);
  const words = [
    `forecast: ${isAtLeast ? 'at least ' : ''}${shown(newest)} ${rule.metric}${PER[rule.per]} now`,
    `${shown(deciding.forecast)} (up to ${shown(deciding.quantile)} in ${describeCases(rule.risk)}) in ${ahead} min`,
    `with ${describeValue(100 * rule.margin)} % margin`,
    `at ${describeValue(rule.perInstance)} each${describeOrigin(rule)}`,
    `needs ${needed}`,
  ].join(', ');
  return rule.isShadow ? `${words}; ${describeMisses(forecast.horizons)}` : words;
};

const PER = { second: '/s', minute: '/min', value: '' } as const;

/** Describes the rule in its own words, and says what it has learned or is to learn. */
export const describeForecastRule = (rule: ForecastRule): string => {
  if (!isLearned(rule)) return `forecast ${rule.metric}: ${describeUnlearned(rule)}`;
  const { perInstance, per } = rule;
  const share = per === 'value' ? `${perInstance}` : `${perInstance} per ${per}`;
  return `forecast ${rule.metric}, at ${share} for each unit${describeOrigin(rule)}`;
};

/** Says what is missing, and how to get it. */
export const describeUnlearned = ({ perInstance, leadSeconds }: ForecastRule): string => {
  const missing = [
    ...(perInstance === undefined ? ['perInstance'] : []),
    ...(leadSeconds === undefined ? ['lead'] : []),
  ];
  return `it recommends nothing until ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} learned: npx tidegate learn --write`;
};

const describeOrigin = ({ learnedOn }: ForecastRule): string =>
  learnedOn === undefined ? '' : `, as learned on ${learnedOn}`;

const describeCases = (risk: number): string => {
  const tenths = Math.round(1_000 * (1 - risk)) / 100;
  return Number.isInteger(tenths)
    ? `${tenths} of 10 cases`
    : `${describeValue(10 * tenths)} % of cases`;
};

/** Whole numbers from a hundred on, else three digits. */
const rounded = (value: number): string =>
  String(value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

/** Tells how often demand exceeded what was foreseen, of the minutes of the window that can be compared. */
const describeMisses = (horizons: readonly HorizonSeen[]): string => {
  const furthest = Math.max(...horizons.map(({ minutes }) => minutes));
  const { compared, missed, missedWithMargin } = horizons.find(
    ({ minutes }) => minutes === furthest,
  ) as HorizonSeen;
  const share = (count: number): string =>
    `${describeValue(Math.round((1_000 * count) / compared) / 10)} %`;
  return compared === 0
    ? 'no minute could be compared yet'
    : `of the last ${compared} min demand exceeded this in ${share(missed)}, and the margin as well in ${share(missedWithMargin)}`;
};
