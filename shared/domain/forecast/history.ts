import { BIN_SECONDS, DAYS, MINUTE_SECONDS, MINUTES_OF_BIN, MINUTES_OF_DAY } from './constants.ts';
import { type DemandWindow, valueAt } from './demand-window.ts';

/** The demand of the days before. */
export type History = Readonly<{
  /** Means over bins of five minutes, and the number of the first bin, counted from the epoch. */
  fives: Float64Array;
  firstBin: number;
  /** Demand at the centre of each minute of these bins, from means of three bins. */
  smooth: Float64Array;
}>;

/** The growth of demand over a stretch: on all days before (geometric mean), and a week ago. */
export type Growth = { all: number; week: number };

export const historyOf = ({ fives, firstBin }: DemandWindow): History => {
  const smoothFives = smoothed(fives);
  const smooth = new Float64Array(fives.length * MINUTES_OF_BIN);
  for (let index = 0; index < smooth.length; index += 1) {
    smooth[index] = demandAt(smoothFives, firstBin, firstBin * MINUTES_OF_BIN + index);
  }
  return { fives, firstBin, smooth };
};

const smoothed = (fives: Float64Array): Float64Array => {
  const means = new Float64Array(fives.length).fill(Number.NaN);
  for (let bin = 1; bin < fives.length - 1; bin += 1) {
    means[bin] = (valueAt(fives, bin - 1) + valueAt(fives, bin) + valueAt(fives, bin + 1)) / 3;
  }
  return means;
};

/**
 * Interpolates the demand at the centre of a minute, counted from the epoch, between the centres of two bins;
 * it is missing if one of them is.
 */
export const demandAt = (fives: Float64Array, firstBin: number, minute: number): number => {
  const position = ((minute + 0.5) * MINUTE_SECONDS) / BIN_SECONDS - 0.5;
  const bin = Math.floor(position);
  const share = position - bin;
  const index = bin - firstBin;
  return valueAt(fives, index) * (1 - share) + valueAt(fives, index + 1) * share;
};

/** A stretch of time, in minutes from the epoch, and what is added to both ends so that nothing is divided by zero. */
export type Stretch = { from: number; to: number; epsilon: number };

/**
 * Measures the growth over a stretch on the seven days before, into `growth`. A day that is not known is
 * left out; without any there is no growth, that is 1. Only bins that are almost a day old are read, so
 * smoothing never looks ahead.
 */
export const measureGrowth = (
  { smooth, firstBin }: History,
  { from, to, epsilon }: Stretch,
  growth: Growth,
): void => {
  let product = 1;
  let known = 0;
  let ratio = Number.NaN;
  for (let day = 1; day <= DAYS; day += 1) {
    const first = firstBin * MINUTES_OF_BIN + day * MINUTES_OF_DAY;
    const before = valueAt(smooth, from - first);
    const after = valueAt(smooth, to - first);
    ratio = limited((after + epsilon) / (before + epsilon));
    if (!Number.isNaN(ratio)) {
      product *= ratio;
      known += 1;
    }
  }
  growth.all = known === 0 ? 1 : product ** (1 / known);
  growth.week = Number.isNaN(ratio) ? growth.all : ratio;
};

/** Growth beyond fourfold, or below its inverse, says nothing. */
const limited = (ratio: number): number => Math.min(4, Math.max(1 / 4, ratio));
