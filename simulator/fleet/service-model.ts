/** The speed of one instance. */
export type Service = Readonly<{
  /** Requests that one instance serves in a second, when busy. */
  ratePerInstance: number;
  /** Workers of one instance. */
  workers: number;
  /** Requests that wait longer are lost. */
  timeoutMs: number;
}>;

/** The fate of the requests that arrive in a span of time. */
export type Served = Readonly<{
  utilisation: number;
  meanLatencyMs: number;
  p95LatencyMs: number;
  /** Requests that are left waiting at the end. */
  backlog: number;
  lost: number;
}>;

type Span = Readonly<{ seconds: number; arrivals: number; backlog: number; instances: number }>;

/**
 * A fluid M/M/c queue: below capacity the mean wait is Sakasegawa's approximation
 * Wq ≈ ρ^(√(2(c+1))−1) / (c·μ·(1−ρ)); above it what cannot be served waits for the next span, up to
 * the time-out. H. Sakasegawa, Ann. Inst. Statist. Math. 29 (1977) 67–75.
 */
export const serve = (
  { ratePerInstance, workers, timeoutMs }: Service,
  { seconds, arrivals, backlog, instances }: Span,
): Served => {
  const rate = Math.max(instances, 0) * ratePerInstance;
  const offered = arrivals + backlog;
  if (rate === 0) return { ...NOTHING, lost: offered, utilisation: 1, p95LatencyMs: timeoutMs };

  const utilisation = offered / (rate * seconds);
  const left = Math.max(0, offered - rate * seconds);
  const waiting = Math.min(left, (rate * timeoutMs) / 1_000);
  const queueMs = (1_000 * (waiting / 2 + backlog / 2)) / rate;
  const waitMs = Math.min(
    timeoutMs,
    queueMs + waitOf(Math.min(utilisation, 0.98), rate, instances * workers),
  );
  const serviceMs = (1_000 * workers) / ratePerInstance;

  return {
    utilisation: Math.min(1, utilisation),
    meanLatencyMs: serviceMs + waitMs,
    // Waiting times of M/M/c are exponential: the 95th percentile is three times the mean.
    p95LatencyMs: Math.min(timeoutMs, serviceMs * 1.5 + 3 * waitMs),
    backlog: waiting,
    lost: left - waiting,
  };
};

const NOTHING = { meanLatencyMs: 0, p95LatencyMs: 0, backlog: 0, lost: 0, utilisation: 0 };

const waitOf = (rho: number, rate: number, servers: number): number =>
  (1_000 * rho ** (Math.sqrt(2 * (servers + 1)) - 1)) / (rate * (1 - rho));
