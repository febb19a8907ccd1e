/** The share that a mean with the time constant `minutes` takes of each new value. */
const gain = (minutes: number): number => 1 - Math.exp(-1 / minutes);

/** The factor by which a weight falls in a minute when it halves in so many. */
const decay = (halfLifeMinutes: number): number => 0.5 ** (1 / halfLifeMinutes);

export const MINUTE_SECONDS = 60;
export const BIN_SECONDS = 300;
export const MINUTES_OF_BIN = 5;
export const MINUTES_OF_DAY = 1_440;

/** Days back whose growth is looked at. */
export const DAYS = 7;

/** Halving or doubling any one of these moves the cost of a day by about one percent. */
export const SHORT_GAIN = gain(1.5);
export const LONG_GAIN = gain(15);
export const LEVEL_GAIN = gain(1);
export const TREND_GAIN = gain(5);

/** A trend keeps this share of itself from one minute to the next. */
export const DAMPING = Math.exp(-1 / 12);

/** The mean of all demand forgets half of what was in a day. */
export const MEAN_DECAY = decay(1_440);

/** An expert's weight is its mean error to the power of -4; the errors halve in four hours. */
export const EXPERT_DECAY = decay(240);
export const LEAST_EXPERT_ERROR = 0.0001;

/** The scale of errors: three parts of the last minutes, one part of the last day. */
export const FAST_DECAY = decay(10);
export const SLOW_DECAY = decay(1_440);
export const FAST_SHARE = 0.75;

/** An error grows with the level to this power: 0.5 is the noise of counts, 1 is relative noise. */
export const EXPONENT = 0.75;
export const LEAST_EXPONENT = 0.5;
export const MOST_EXPONENT = 1;
export const EXPONENT_PRIOR = 0.02;

/** The histogram of errors, in units of the spread; its weights halve in a day. */
export const BINS = 200;
export const BIN_WIDTH = 0.2;
export const FIRST_EDGE = -10;
export const HISTOGRAM_DECAY = decay(1_440);

/** Before errors were seen they are thought to be Laplacian; that counts like so many of them. */
export const PRIOR_WEIGHT = 30;
export const PRIOR_TAIL = 1.5;

/** From so many judged forecasts on, the scale is learned: errors are clipped, and the floor of the spread ends. */
export const ENOUGH_JUDGED = 10;

/** An error counts for at most six times the slow scale, so that one jump makes no group rich for a day. */
export const MOST_SQUARED_ERROR = 36;
