import { MINUTE_SECONDS } from './constants.ts';
import { type DemandWindow, valueAt } from './demand-window.ts';
import type { Outlook } from './experts.ts';
import { type Growth, type History, historyOf, measureGrowth, type Stretch } from './history.ts';
import { type Caution, forecastAhead, type Horizon, judge, newHorizon } from './horizon.ts';
import { type Level, type Minute, newLevel, updateLevel, usualDemand } from './level.ts';

/** The forecasts from a window, at its last minute. */
export type Forecast = Readonly<{
  /** One for each horizon that was asked for, in that order. */
  horizons: readonly Horizon[];
  level: Level;
}>;

/**
 * Forecasts the demand at several horizons (whole minutes from the last one of the window, 1 to 30) in one
 * pass over the minutes of a window: each is judged against what was forecast of it, taken in, and forecast
 * from. A pure function of the window: nothing is trained, drawn or remembered. Without a single value
 * there is no forecast.
 */
export const forecastDemand = (
  window: DemandWindow,
  horizons: readonly number[],
  caution: Caution,
): Forecast | undefined => {
  const first = window.minutes.findIndex((value) => !Number.isNaN(value));
  if (first === -1) return undefined;

  const pass = newPass(window, horizons, caution);
  const start = window.startSeconds / MINUTE_SECONDS;
  for (let index = first; index < window.minutes.length; index += 1) {
    takeMinute(pass, start + index, valueAt(window.minutes, index));
  }
  return pass;
};

/** All that the pass works on; it is made once, and nothing is allocated while minutes are taken. */
type Pass = Readonly<{
  horizons: readonly Horizon[];
  level: Level;
  history: History;
  minute: Minute;
  growth: Growth;
  stretch: Stretch;
  outlook: Outlook;
}>;

const newPass = (window: DemandWindow, horizons: readonly number[], caution: Caution): Pass => {
  const history = historyOf(window);
  const growth = { all: 1, week: 1 };
  return {
    horizons: horizons.map((minutes) => newHorizon(minutes, caution)),
    level: newLevel(),
    history,
    minute: { demand: 0, isMissing: false, growth: 1, usual: 0 },
    growth,
    stretch: { from: 0, to: 0, epsilon: 0 },
    outlook: { history, growth, ahead: 0, at: 0 },
  };
};

/** Takes a minute, given by its number from the epoch. */
const takeMinute = (pass: Pass, at: number, value: number): void => {
  const { horizons, level, growth, minute, outlook } = pass;
  measure(pass, at - 1, at);
  minute.growth = growth.all;
  minute.isMissing = Number.isNaN(value);
  minute.demand = minute.isMissing ? level.short * growth.all : Math.max(0, value);
  minute.usual = usualDemand(level);

  if (!minute.isMissing) for (const horizon of horizons) judge(horizon, level, minute);
  updateLevel(level, minute);
  for (const horizon of horizons) {
    outlook.ahead = horizon.minutes;
    outlook.at = at + horizon.minutes;
    measure(pass, at, outlook.at);
    forecastAhead(horizon, level, outlook);
  }
};

/** Measures the growth of the days before from one minute to another, relative to the present level of demand. */
const measure = ({ history, stretch, growth, level }: Pass, from: number, to: number): void => {
  stretch.from = from;
  stretch.to = to;
  stretch.epsilon = 0.001 * level.long + 1e-9;
  measureGrowth(history, stretch, growth);
};
