import type { MetricTiming } from './conditions.ts';
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
  /** Begins a run; what it returns keeps its own memory. */
  start: (world: World) => Decide;
}>;

/** Looks at what can be seen, and returns the capacity to ask for; bounds are kept by the run. */
export type Decide = (view: View) => number;

/**
 * What a policy can see at a look. Samples are the metrics of whole periods whose datapoint can be read by
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
}>;

/** Metrics by period, the oldest first; NaN where nothing was measured. */
export type Samples = {
  readonly periodSeconds: number;
  /** Requests that arrived in the period; they do not saturate. */
  requests: Float64Array;
  /** Mean utilisation in percent, measured with noise; it ends at 100. */
  cpu: Float64Array;
  /** Mean of the instances that took load in that very period. */
  serving: Float64Array;
};
