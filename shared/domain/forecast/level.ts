import { DAMPING, LEVEL_GAIN, LONG_GAIN, MEAN_DECAY, SHORT_GAIN, TREND_GAIN } from './constants.ts';

/** A minute as the pass takes it. */
export type Minute = {
  /** Its demand, or what is put in the place of it when it is missing. */
  demand: number;
  isMissing: boolean;
  /** It had at least so much, if anything is known of it; NaN else. */
  atLeast: number;
  /** The growth of demand into it, on the days before. */
  growth: number;
  /** The usual demand of before, by which errors are measured. */
  usual: number;
};

/** The state of demand after a minute: means over several spans, and level and trend by damped smoothing. */
export type Level = {
  /** Minutes seen. */
  count: number;
  /** The mean of about a day. */
  mean: number;
  /** The mean of about a minute and a half, and of a quarter of an hour. */
  short: number;
  long: number;
  /** The value itself. */
  last: number;
  level: number;
  trend: number;
  /** Level and trend of what the growth of the days before does not explain. */
  seasonalLevel: number;
  seasonalTrend: number;
};

export const newLevel = (): Level => ({
  count: 0,
  mean: 0,
  short: 0,
  long: 0,
  last: 0,
  level: 0,
  trend: 0,
  seasonalLevel: 0,
  seasonalTrend: 0,
});

/** Takes in a minute. */
export const updateLevel = (state: Level, { demand, growth }: Minute): void => {
  state.count += 1;
  state.last = demand;
  state.mean += Math.max(1 - MEAN_DECAY, 1 / state.count) * (demand - state.mean);
  if (state.count === 1) {
    state.short = demand;
    state.long = demand;
    state.level = demand;
    state.seasonalLevel = demand;
    return;
  }

  state.short += SHORT_GAIN * (demand - state.short);
  state.long += LONG_GAIN * (demand - state.long);

  const before = state.level;
  state.level = leveled(demand, before + DAMPING * state.trend);
  state.trend = TREND_GAIN * (state.level - before) + (1 - TREND_GAIN) * DAMPING * state.trend;

  const grown = state.seasonalLevel * growth;
  state.seasonalLevel = leveled(demand, grown + DAMPING * state.seasonalTrend);
  state.seasonalTrend =
    TREND_GAIN * (state.seasonalLevel - grown) + (1 - TREND_GAIN) * DAMPING * state.seasonalTrend;
};

const leveled = (demand: number, expected: number): number =>
  LEVEL_GAIN * demand + (1 - LEVEL_GAIN) * expected;

/** The least demand that errors are measured against: without it one burst after hours of 0 ruled the weights. */
export const leastDemand = ({ long, mean }: Level): number =>
  Math.max(0.02 * Math.max(long, mean), 1e-9);

/** The demand that experts' errors are measured by, before a minute is taken in. */
export const usualDemand = ({ long, mean }: Level): number => Math.max(long, 0.01 * mean, 1e-9);
