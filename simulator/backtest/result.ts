/** The result of a policy in one world, over the part that is judged. */
export type Result = Readonly<{
  policy: string;
  seed: number;
  /**
   * Billed instance-hours: from running to the end of the drain. An hour of a stopped instance in a warm pool counts with
   * its share of the price.
   */
  instanceHours: number;
  cost: number;
  requests: number;
  /** Requests that arrived in ticks which violated the objective, or were lost. */
  violatedRequests: number;
  minutes: number;
  /** Minutes with such a tick. */
  violatedMinutes: number;
  /** The worst hour of the clock: the share of its requests that were violated, from 0 to 1. */
  worstHour: number;
  minutesAtMaximum: number;
  /** Changes of the desired capacity, and those that turned the one before round. */
  changes: number;
  reversals: number;
  launches: number;
  /** Each day of the judged part, from its begin: what a resampling of days needs. */
  days: Days;
}>;

export type Days = Readonly<{
  instanceHours: Float64Array;
  requests: Float64Array;
  violatedRequests: Float64Array;
}>;

/** The violated share of requests, from 0 to 1. */
export const violatedShare = ({ requests, violatedRequests }: Result): number =>
  requests === 0 ? 0 : violatedRequests / requests;
