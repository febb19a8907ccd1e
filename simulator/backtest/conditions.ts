import type { Service } from '#simulator/fleet/service-model.ts';

/** All that is the same for every policy of a comparison. Times are in seconds unless a name says otherwise. */
export type Conditions = Readonly<{
  service: ServiceModel;
  boot: BootModel;
  /** An instance that leaves takes no more load, and is billed for so long. */
  drainSeconds: number;
  metrics: MetricTiming;
  min: number;
  max: number;
  /** Load is served and judged in spans of this length. */
  tickSeconds: number;
  /** The first so many seconds are lived through, and neither judged nor billed. */
  unscoredSeconds: number;
  /** `poisson` draws whole requests around the demand; `exact` takes the demand as it is. */
  arrivals: 'poisson' | 'exact';
  /** The standard deviation with which processors are measured, in points of percent. */
  cpuNoise: number;
  /** Zones that launches and terminations keep balanced. */
  zones: number;
  /** The price of an instance in an hour. */
  instanceHour: number;
}>;

/** The load that one instance carries, and the time that counts as too slow. */
export type ServiceModel = Service &
  Readonly<{
    /** `even`: each instance has a queue of its own and an equal share; `pooled`: one queue for all. */
    sharing: 'even' | 'pooled';
    objective: Objective;
  }>;

/** A span of time violates the objective when it is exceeded; shares are from 0 to 1. */
export type Objective =
  | Readonly<{ kind: 'utilisation'; most: number }>
  | Readonly<{ kind: 'p95'; latencyMs: number }>;

/** From launch to service. */
export type BootModel = Readonly<{
  /** Not billed. */
  pendingSeconds: number;
  start: Start;
  /** Between being in service and the first passed check of the load balancer: from none to this. */
  healthCheckSeconds: number;
  /** The share of launches that fail; each is tried again after `retrySeconds`. */
  failureShare: number;
  retrySeconds: number;
}>;

/** Operating system and application, billed: by a model, or as the group's own launches were. */
export type Start =
  | Readonly<{ kind: 'lognormal'; systemSeconds: number; medianSeconds: number; sigma: number }>
  | Readonly<{ kind: 'measured'; seconds: readonly number[] }>;

/** A datapoint covers a period and can be read so long after its end. */
export type MetricTiming = Readonly<{ periodSeconds: number; delaySeconds: number }>;

/**
 * The conditions of the quality bench: instances with eight workers each, a 95th percentile of five mean
 * service times, boots of about 157 seconds, metrics of a minute that are a minute late.
 */
export const USUAL_CONDITIONS: Conditions = {
  service: {
    ratePerInstance: 50,
    workers: 8,
    timeoutMs: 10_000,
    sharing: 'even',
    objective: { kind: 'p95', latencyMs: 800 },
  },
  boot: {
    pendingSeconds: 17,
    start: { kind: 'lognormal', systemSeconds: 5, medianSeconds: 120, sigma: 0.25 },
    healthCheckSeconds: 30,
    failureShare: 0.01,
    retrySeconds: 60,
  },
  drainSeconds: 30,
  metrics: { periodSeconds: 60, delaySeconds: 60 },
  min: 2,
  max: 60,
  tickSeconds: 15,
  unscoredSeconds: 0,
  arrivals: 'poisson',
  cpuNoise: 2,
  zones: 2,
  instanceHour: 1,
};
