import { MINUTE_SECONDS } from './constants.ts';
import { type DemandWindow, endSecondsOf, valueAt } from './demand-window.ts';
import type { Outlook } from './experts.ts';
import { type Growth, type History, historyOf, measureGrowth, type Stretch } from './history.ts';
import {
  type Caution,
  forecastAhead,
  type Horizon,
  type HorizonSeen,
  judge,
  newHorizon,
  seenAt,
} from './horizon.ts';
import { type Level, type Minute, newLevel, updateLevel, usualDemand } from './level.ts';

/** The forecasts from a window, at its last minute. */
export type Forecast = Readonly<{
  /** One for each horizon that was asked for, in that order. */
  horizons: readonly HorizonSeen[];
  level: Pick<Level, 'count'>;
}>;

/** The part of a pass that a decision is made of; it stays as it is when the pass goes on. */
export const forecastAt = ({ horizons, level: { count } }: Pass): Forecast => ({
  horizons: horizons.map(seenAt),
  level: { count },
});

/** A horizon in minutes, with a risk of its own where it has another one than the rest. */
export type HorizonWanted = number | Readonly<{ minutes: number; risk: number }>;

/**
 * Forecasts the demand at several horizons (whole minutes from the last one of the window, 1 to 30) in one
 * pass over the minutes of a window: each is judged against what was forecast of it, taken in, and forecast
 * from. A pure function of the window: nothing is trained, drawn or remembered. Without a single value
 * there is no forecast.
 */
export const forecastDemand = (
  window: DemandWindow,
  horizons: readonly HorizonWanted[],
  caution: Caution,
): Pass | undefined => {
  const first = window.minutes.findIndex((value) => !Number.isNaN(value));
  if (first === -1) return undefined;

  const pass = newPass(window, horizons, caution);
  continueForecast(pass, window, first);
  return pass;
};

/**
 * Takes the minutes of a window from a place on. When the window begins as the one of the pass did, and its bins are
 * the same, the pass is then what a forecast from that window is; what it was before is gone.
 */
export const continueForecast = (
  pass: Pass,
  { startSeconds, minutes }: DemandWindow,
  from: number,
): void => {
  const start = startSeconds / MINUTE_SECONDS;
  for (let index = from; index < minutes.length; index += 1) {
    takeMinute(pass, start + index, valueAt(minutes, index));
  }
};

/**
 * Takes minutes of which only lower bounds are known after those of a window, in a pass of its own: the one given stays
 * as it is. A minute counts with its bound where that is more than a missing one is filled with, and is missing else.
 */
export const takeLowerBounds = (
  pass: Pass,
  window: DemandWindow,
  bounds: readonly (number | null)[],
): Pass => {
  const own = copyOf(pass);
  const next = endSecondsOf(window) / MINUTE_SECONDS;
  for (const [index, bound] of bounds.entries()) {
    own.minute.atLeast = bound ?? Number.NaN;
    takeMinute(own, next + index, Number.NaN);
  }
  return own;
};

/** A copy that goes on by itself; the history is only read. */
const copyOf = ({ history, horizons, level, minute, growth, stretch }: Pass): Pass => {
  const own = structuredClone({ horizons, level, minute, growth, stretch });
  return { ...own, history, outlook: { history, growth: own.growth, ahead: 0, at: 0 } };
};

/** A forecast with all that the pass works on; it is made once, and nothing is allocated while minutes are taken. */
export type Pass = Readonly<{
  horizons: readonly Horizon[];
  level: Level;
  history: History;
  minute: Minute;
  growth: Growth;
  stretch: Stretch;
  outlook: Outlook;
}>;

const newPass = (
  window: DemandWindow,
  horizons: readonly HorizonWanted[],
  caution: Caution,
): Pass => {
  const history = historyOf(window);
  const growth = { all: 1, week: 1 };
  return {
    horizons: horizons.map((wanted) =>
      typeof wanted === 'number'
        ? newHorizon(wanted, caution)
        : newHorizon(wanted.minutes, { ...caution, risk: wanted.risk }),
    ),
    level: newLevel(),
    history,
    minute: { demand: 0, isMissing: false, atLeast: Number.NaN, growth: 1, usual: 0 },
    growth,
    stretch: { from: 0, to: 0, epsilon: 0 },
    outlook: { history, growth, ahead: 0, at: 0 },
  };
};

/** Takes a minute, given by its number from the epoch; one without a value had perhaps at least so much. */
const takeMinute = (pass: Pass, at: number, value: number): void => {
  const { horizons, level, growth, minute, outlook } = pass;
  measure(pass, at - 1, at);
  minute.growth = growth.all;
  const filled = level.short * growth.all;
  const known = Number.isNaN(value) && minute.atLeast > filled ? minute.atLeast : value;
  minute.isMissing = Number.isNaN(known);
  minute.demand = minute.isMissing ? filled : Math.max(0, known);
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
