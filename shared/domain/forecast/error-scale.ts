import {
  ENOUGH_JUDGED,
  EXPONENT,
  EXPONENT_PRIOR,
  FAST_DECAY,
  FAST_SHARE,
  LEAST_EXPONENT,
  MOST_EXPONENT,
  MOST_SQUARED_ERROR,
  SLOW_DECAY,
} from './constants.ts';

/** The usual size of a horizon's errors, and how it grows with the level of demand. */
export type ErrorScale = {
  /** Forecasts that have been judged. */
  judged: number;
  /** The squared error over the level to the power of twice the exponent: of minutes, and of a day. */
  fast: number;
  slow: number;
  exponent: number;
  /** The regression of the error's logarithm on that of the level: means, variance and covariance. */
  seen: number;
  meanLevel: number;
  meanError: number;
  variance: number;
  covariance: number;
};

export const newErrorScale = (): ErrorScale => ({
  judged: 0,
  fast: 0,
  slow: 0,
  exponent: EXPONENT,
  seen: 0,
  meanLevel: 0,
  meanError: 0,
  variance: 0,
  covariance: 0,
});

/** Learns from an error that was made at a level of demand. */
export const learnError = (scale: ErrorScale, error: number, level: number): void => {
  scale.judged += 1;
  learnExponent(scale, Math.log(Math.abs(error) + 0.001 * level), Math.log(level));

  const relative = error / level ** scale.exponent;
  const squared = relative * relative;
  const clipped =
    scale.judged < ENOUGH_JUDGED ? squared : Math.min(squared, MOST_SQUARED_ERROR * scale.slow);
  scale.fast += Math.max(1 - FAST_DECAY, 1 / scale.judged) * (clipped - scale.fast);
  scale.slow += Math.max(1 - SLOW_DECAY, 1 / scale.judged) * (clipped - scale.slow);
};

/** A new exponent keeps the errors that were learned what they were at the present level. */
const learnExponent = (scale: ErrorScale, error: number, level: number): void => {
  const share = Math.max(1 - SLOW_DECAY, 1 / (scale.seen + 1));
  const levelOff = level - scale.meanLevel;
  const errorOff = error - scale.meanError;
  scale.seen += 1;
  scale.meanLevel += share * levelOff;
  scale.meanError += share * errorOff;
  scale.variance = (1 - share) * (scale.variance + share * levelOff * levelOff);
  scale.covariance = (1 - share) * (scale.covariance + share * levelOff * errorOff);

  const slope = (scale.covariance + EXPONENT_PRIOR * EXPONENT) / (scale.variance + EXPONENT_PRIOR);
  const exponent = Math.min(MOST_EXPONENT, Math.max(LEAST_EXPONENT, slope));
  const rescaled = Math.exp(2 * level * (scale.exponent - exponent));
  scale.fast *= rescaled;
  scale.slow *= rescaled;
  scale.exponent = exponent;
};

/** The usual error over the level to the power of the exponent; 0 until three forecasts have been judged. */
export const usualError = ({ judged, fast, slow }: ErrorScale): number =>
  judged < 3 ? 0 : Math.max(1e-6, Math.sqrt(FAST_SHARE * fast + (1 - FAST_SHARE) * slow));

/** The usual error of a forecast; in the first minutes at least a fifth of it. */
export const spreadOf = (scale: ErrorScale, forecast: number, level: number): number => {
  const usual = usualError(scale) * level ** scale.exponent;
  const learned = scale.judged < ENOUGH_JUDGED ? Math.max(usual, 0.2 * forecast) : usual;
  return Math.max(1e-12, learned);
};
