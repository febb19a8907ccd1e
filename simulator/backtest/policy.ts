import type { MetricTiming } from './conditions.ts';
import type { Member } from './fleet.ts';
import type { PoolLimit, PoolModel, PoolSeen } from './pool.ts';
import type { World } from './world.ts';

/** A way to decide on capacity. */
export type Policy = Readonly<{
  name: string;
  /** The metrics that it pays for; those of the conditions when absent. */
  metrics?: MetricTiming;
  /** The seconds of each minute at which it decides, from 0 to 59, ascending. */
  looks: readonly number[];
  /** The time from a look to its effect, in seconds: a thousandth of a second by default. */
  lagSeconds?: number;
  /** The warm pool of its group, which it sizes; absent when it has none. */
  pool?: PoolModel;
  /** Begins a run; what it returns keeps its own memory. */
  start: (world: World) => Decide;
}>;

/** Looks at what can be seen, and returns the capacity to ask for; bounds are kept by the run. */
export type Decide = (view: View) => number;

/**
 * A view is what a policy can see at a look. Samples are the metrics of whole periods whose datapoint can be read by
 * then: whatever is not published yet is not in them.
 */
export type View = Readonly<{
  /** Seconds since the trace began. */
  now: number;
  desired: number;
  /** Instances that Auto Scaling calls InService, and those on their way. */
  inService: number;
  pending: number;
  /** Samples so far: the newest has the index `visible - 1`. */
  visible: number;
  samples: Samples;
  /** Counts the instances that are on their way, or in service for less than so many seconds. */
  warming: (seconds: number) => number;
  /** Counts launches and terminations so far: while it stays, so do the members. */
  version: number;
  /** The warm pool, and the way to ask for another limit; absent for policies without one. */
  pool?: PoolSeen;
  prepare: (limit: PoolLimit) => void;
  /** The members of the group, those on their way included. */
  members: () => readonly Member[];
}>;

/** A figure that the metrics of a period have. */
export type Figure =
  /** Requests that arrived in the period; they do not saturate. */
  | 'requests'
  /** Mean utilisation in percent, measured with noise; it ends at 100. */
  | 'cpu'
  /** Mean of the instances that took load in that very period. */
  | 'serving'
  /** Requests that nobody served in time. */
  | 'lost'
  | 'meanLatencyMs'
  | 'p95LatencyMs'
  /** As it is at the end of the period: what waits, instances by state, and the desired capacity. */
  | 'backlog'
  | 'ready'
  | 'desired'
  | 'inService'
  | 'pending'
  | 'draining';

/** Metrics by period, the oldest first; NaN where nothing was measured. */
export type Samples = Readonly<{ periodSeconds: number }> & Readonly<Record<Figure, Float64Array>>;
