import { ENOUGH_JUDGED } from './constants.ts';
import { valueAt } from './demand-window.ts';
import { type ErrorScale, learnError, newErrorScale, spreadOf, usualError } from './error-scale.ts';
import {
  askExperts,
  type Experts,
  joinOpinions,
  judgeOpinions,
  keepOpinions,
  newExperts,
  type Outlook,
} from './experts.ts';
import { type Level, leastDemand, type Minute } from './level.ts';
import { countError, type ErrorHistogram, errorQuantile, newErrorHistogram } from './quantile.ts';

/** `risk` is the share of minutes that may exceed the quantile, `margin` a reserve upon it; both from 0 to 1. */
export type Caution = Readonly<{ risk: number; margin: number }>;

/** Forecasts so many minutes ahead: those that wait to be judged, and what judging has taught. */
export type Horizon = {
  /** From 1 to 30. */
  readonly minutes: number;
  readonly caution: Caution;
  readonly experts: Experts;
  readonly scale: ErrorScale;
  readonly histogram: ErrorHistogram;
  /** Forecasts of minutes that have not come yet, with their usual errors and quantiles: rings. */
  readonly forecasts: Float64Array;
  readonly usualErrors: Float64Array;
  readonly quantiles: Float64Array;
  /** Quantiles of the last minutes, this one included: a ring. */
  readonly recent: Float64Array;
  /** The newest forecast, its spread, and the demand that a share `risk` of minutes exceeds. */
  forecast: number;
  spread: number;
  quantile: number;
  /** Quantiles that were compared with the demand that came, and how many of them it exceeded. */
  compared: number;
  missed: number;
  /** Those of them that it exceeded although the margin was added. */
  missedWithMargin: number;
};

/** The part of a horizon that a decision looks at. */
export type HorizonSeen = Readonly<
  Pick<
    Horizon,
    | 'minutes'
    | 'caution'
    | 'recent'
    | 'forecast'
    | 'quantile'
    | 'compared'
    | 'missed'
    | 'missedWithMargin'
  > & { scale: Pick<ErrorScale, 'judged'> }
>;

export const seenAt = (horizon: Horizon): HorizonSeen => ({
  minutes: horizon.minutes,
  caution: horizon.caution,
  recent: horizon.recent.slice(),
  forecast: horizon.forecast,
  quantile: horizon.quantile,
  compared: horizon.compared,
  missed: horizon.missed,
  missedWithMargin: horizon.missedWithMargin,
  scale: { judged: horizon.scale.judged },
});

export const newHorizon = (minutes: number, caution: Caution): Horizon => ({
  minutes,
  caution,
  experts: newExperts(minutes),
  scale: newErrorScale(),
  histogram: newErrorHistogram(),
  forecasts: new Float64Array(minutes),
  usualErrors: new Float64Array(minutes),
  quantiles: new Float64Array(minutes),
  recent: new Float64Array(RECENT_MINUTES),
  forecast: 0,
  spread: 0,
  quantile: 0,
  compared: 0,
  missed: 0,
  missedWithMargin: 0,
});

/** Judges what was forecast of a minute, if anything was; `state` is that of before the minute. */
export const judge = (horizon: Horizon, state: Level, minute: Minute): void => {
  if (state.count < horizon.minutes) return;
  const place = state.count % horizon.minutes;
  compareQuantile(horizon, valueAt(horizon.quantiles, place), minute.demand);

  const forecast = valueAt(horizon.forecasts, place);
  const usual = valueAt(horizon.usualErrors, place);
  const error = minute.demand - forecast;
  judgeOpinions(horizon.experts, place, minute);
  if (usual > 0) countError(horizon.histogram, error / usual);
  learnError(horizon.scale, error, Math.max(forecast, leastDemand(state)));
};

const compareQuantile = (horizon: Horizon, quantile: number, demand: number): void => {
  if (horizon.scale.judged < ENOUGH_JUDGED) return;
  horizon.compared += 1;
  if (demand > quantile) horizon.missed += 1;
  if (demand > quantile * (1 + horizon.caution.margin)) horizon.missedWithMargin += 1;
};

/** Forecasts the minute at the end of the horizon; `state` is that of after the present minute. */
export const forecastAhead = (horizon: Horizon, state: Level, outlook: Outlook): void => {
  const { experts, scale } = horizon;
  askExperts(experts, state, outlook);
  const forecast = joinOpinions(experts);
  const level = Math.max(forecast, leastDemand(state));
  horizon.forecast = forecast;
  horizon.spread = spreadOf(scale, forecast, level);
  horizon.quantile = quantileOf(horizon, horizon.caution.risk);

  const place = (state.count - 1) % horizon.minutes;
  keepOpinions(experts, place);
  horizon.forecasts[place] = forecast;
  horizon.usualErrors[place] = usualError(scale) * level ** scale.exponent;
  horizon.quantiles[place] = horizon.quantile;
  horizon.recent[state.count % RECENT_MINUTES] = horizon.quantile;
};

/** The minutes of which quantiles are kept: ten, and this one. */
const RECENT_MINUTES = 11;

/** The largest quantile of this minute and of so many before it, ten at most. */
export const largestQuantile = (
  { recent }: Pick<Horizon, 'recent'>,
  { count }: Pick<Level, 'count'>,
  minutes: number,
): number => {
  let largest = 0;
  for (let ago = 0; ago <= Math.min(minutes, RECENT_MINUTES - 1, count - 1); ago += 1) {
    largest = Math.max(largest, valueAt(recent, (count - ago) % RECENT_MINUTES));
  }
  return largest;
};

/** The demand that a share `risk` of minutes exceeds. */
export const quantileOf = ({ forecast, spread, histogram }: Horizon, risk: number): number =>
  Math.max(0, forecast + spread * errorQuantile(histogram, risk));
