import { DAMPING, DAYS, EXPERT_DECAY, LEAST_EXPERT_ERROR, MINUTES_OF_DAY } from './constants.ts';
import { valueAt } from './demand-window.ts';
import { demandAt, type Growth, type History } from './history.ts';
import type { Level, Minute } from './level.ts';

/** The experts, each a simple way to forecast; the better one has been of late, the more it counts. */
export const EXPERTS = [
  'last value',
  'short mean',
  'long mean',
  'trend',
  'growth of all days',
  'growth of a week ago',
  'trend with growth',
  'clock',
  'clock of a week ago',
] as const;

/** The only one that counts before any forecast has been judged. */
const SHORT_MEAN = 1;

/** The opinions of the experts of a horizon, and their errors so far. */
export type Experts = {
  /** The newest opinions. */
  readonly opinions: Float64Array;
  /** Opinions of minutes that have not come yet: one row for each minute of the horizon. */
  readonly waiting: Float64Array;
  /** Decaying sums of errors, relative to the demand of their time, and of the weights in them. */
  readonly errors: Float64Array;
  weight: number;
};

export const newExperts = (horizonMinutes: number): Experts => ({
  opinions: new Float64Array(EXPERTS.length),
  waiting: new Float64Array(EXPERTS.length * horizonMinutes),
  errors: new Float64Array(EXPERTS.length),
  weight: 0,
});

/** The minute that is forecast, and what the days before say about it. */
export type Outlook = {
  readonly history: History;
  readonly growth: Growth;
  /** The horizon, in minutes. */
  ahead: number;
  /** The number of the minute, counted from the epoch. */
  at: number;
};

/** Asks the experts; the numbers are the places in `EXPERTS`. */
export const askExperts = (
  { opinions }: Experts,
  state: Level,
  { history, growth, ahead, at }: Outlook,
): void => {
  const { fives, firstBin } = history;
  const dayAgo = demandAt(fives, firstBin, at - MINUTES_OF_DAY);
  const weekAgo = demandAt(fives, firstBin, at - DAYS * MINUTES_OF_DAY);
  // The trends of all minutes ahead together: each keeps a share of the one before it.
  const damped = (DAMPING * (1 - DAMPING ** ahead)) / (1 - DAMPING);

  opinions[0] = state.last;
  opinions[1] = state.short;
  opinions[2] = state.long;
  opinions[3] = Math.max(0, state.level + damped * state.trend);
  opinions[4] = state.short * growth.all;
  opinions[5] = state.short * growth.week;
  opinions[6] = Math.max(0, state.seasonalLevel * growth.all + damped * state.seasonalTrend);
  const clock = known((dayAgo + weekAgo) / 2, known(dayAgo, weekAgo));
  opinions[7] = Math.max(0, known(clock, state.short));
  opinions[8] = Math.max(0, known(known(weekAgo, dayAgo), state.short));
};

const known = (first: number, otherwise: number): number =>
  Number.isNaN(first) ? otherwise : first;

/** Keeps the opinions in a row until their minute comes. */
export const keepOpinions = ({ opinions, waiting }: Experts, row: number): void =>
  waiting.set(opinions, row * EXPERTS.length);

/** Judges the opinions of a row, now that the demand of their minute is known. */
export const judgeOpinions = (experts: Experts, row: number, { demand, usual }: Minute): void => {
  const { waiting, errors } = experts;
  for (let expert = 0; expert < EXPERTS.length; expert += 1) {
    const error = Math.abs(demand - valueAt(waiting, row * EXPERTS.length + expert));
    errors[expert] = valueAt(errors, expert) * EXPERT_DECAY + error / usual;
  }
  experts.weight = experts.weight * EXPERT_DECAY + 1;
};

/** Computes an expert's weight, before it is divided by the sum of all. */
export const weightOf = ({ errors, weight }: Experts, expert: number): number => {
  if (weight === 0) return expert === SHORT_MEAN ? 1 : 0;
  const error = valueAt(errors, expert) / weight + LEAST_EXPERT_ERROR;
  return 1 / (error * error * error * error);
};

/** Joins the newest opinions by the experts' weights. */
export const joinOpinions = (experts: Experts): number => {
  let sum = 0;
  let weights = 0;
  for (let expert = 0; expert < EXPERTS.length; expert += 1) {
    const weight = weightOf(experts, expert);
    sum += weight * valueAt(experts.opinions, expert);
    weights += weight;
  }
  return sum / weights;
};
