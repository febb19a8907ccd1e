/** The counts of one period, as a load balancer publishes them. */
export type Period = Readonly<{
  requests: number;
  /** 5xx that targets answered. */
  targetErrors: number;
  /** 502, 503 and 504 of the load balancer itself. */
  balancerErrors: number;
  /** The sum of the times of requests that targets answered, in milliseconds. */
  busyMs: number;
}>;

export type Outcome = Readonly<{ status: number; ms: number; isFromTarget: boolean }>;

const NOTHING: Period = { requests: 0, targetErrors: 0, balancerErrors: 0, busyMs: 0 };

/** Counts requests until the period is taken. */
export const countRequests = () => {
  let period = NOTHING;
  return {
    add: ({ status, ms, isFromTarget }: Outcome): void => {
      const isError = status >= 500;
      period = {
        requests: period.requests + 1,
        targetErrors: period.targetErrors + Number(isError && isFromTarget),
        balancerErrors: period.balancerErrors + Number(isError && !isFromTarget),
        busyMs: period.busyMs + (isFromTarget ? ms : 0),
      };
    },
    /** The period so far; the next one begins. */
    take: (): Period => {
      const taken = period;
      period = NOTHING;
      return taken;
    },
  };
};

/** The share of the places for requests that were taken within a period, in percent. */
export const busyPercent = (
  { busyMs }: Pick<Period, 'busyMs'>,
  { periodMs, places }: Readonly<{ periodMs: number; places: number }>,
): number => (places === 0 ? 0 : Math.min(100, (100 * busyMs) / (periodMs * places)));
