import type { Instant } from '#domain/time/instant.ts';

/** A minute of a fleet. */
export type Sample = Readonly<{
  at: Instant;
  requestsPerSecond: number;
  capacityDesired: number;
  serving: number;
  p95LatencyMs: number;
  requests: number;
  /** Requests in seconds that were too slow, and those that were lost. */
  violated: number;
  /** Billed seconds of running; those of a stopped instance in a warm pool count with its share of the price. */
  instanceSeconds: number;
}>;

export type Summary = Readonly<{
  requests: number;
  violated: number;
  instanceHours: number;
  largestServing: number;
}>;

export const summaryOf = (samples: readonly Sample[]): Summary => {
  const total = (read: (sample: Sample) => number): number =>
    samples.reduce((sum, sample) => sum + read(sample), 0);

  return {
    requests: Math.round(total(({ requests }) => requests)),
    violated: Math.round(total(({ violated }) => violated)),
    instanceHours: total(({ instanceSeconds }) => instanceSeconds) / 3_600,
    largestServing: samples.reduce((most, { serving }) => Math.max(most, serving), 0),
  };
};
