import type { Forecast } from './forecast-demand.ts';
import { type HorizonSeen, largestQuantile } from './horizon.ts';

/** The horizons of a rule, in minutes from the last minute that is seen. */
export type Horizons = Readonly<{
  /** The minute that is running now. */
  near: number;
  /** The last minute that only a launch of now can serve. */
  far: number;
}>;

/** All in seconds. */
export type Lags = Readonly<{
  /** From the end of a minute until its value is taken. */
  delay: number;
  /** From a launch until the instance serves. */
  lead: number;
  /** Between two decisions. */
  period: number;
}>;

const MOST_HORIZON = 30;

export const horizonsOf = ({ delay, lead, period }: Lags): Horizons => {
  const near = Math.max(1, Math.ceil(delay / 60) + 1);
  const far = Math.max(near, Math.ceil((delay + lead + period) / 60) + 1);
  return { near: Math.min(MOST_HORIZON, near), far: Math.min(MOST_HORIZON, far) };
};

/**
 * The capacity for the largest quantile of the horizons, with the margin upon it. `perUnit` is the demand that
 * one unit of capacity carries within its objective.
 */
export const capacityNeeded = ({ horizons }: Forecast, perUnit: number): number =>
  Math.max(...horizons.map((horizon) => capacityFor(horizon.quantile, horizon, perUnit)));

/** The largest capacity that was needed in this minute and in so many before it, as far as was known then. */
export const capacityHeld = (
  { horizons, level }: Forecast,
  perUnit: number,
  minutes: number,
): number =>
  Math.max(
    ...horizons.map((horizon) =>
      capacityFor(largestQuantile(horizon, level, minutes), horizon, perUnit),
    ),
  );

/** The horizon whose quantile needs the most. */
export const decidingHorizon = ({ horizons }: Forecast): HorizonSeen =>
  horizons.reduce((most, each) => (each.quantile > most.quantile ? each : most));

/** The capacity that a quantile needs. A sum that is a hair above a whole number is that number. */
const capacityFor = (quantile: number, { caution }: HorizonSeen, perUnit: number): number =>
  Math.max(0, Math.ceil((quantile * (1 + caution.margin)) / perUnit - 1e-9));
