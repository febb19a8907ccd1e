import type { Policy } from '#simulator/backtest/policy.ts';
import type { World } from '#simulator/backtest/world.ts';

/** A kind of policy with its settings: variants that are chosen on tuning traces, and one knob, the target. */
export type Family = Readonly<{
  name: string;
  /** True for rules of Tidegate. */
  isOurs: boolean;
  /** True when its samples are fresher than those of a minute that others read. */
  hasOtherMetrics?: boolean;
  /** True when it learns from the part of a trace that is not judged. */
  learns: boolean;
  /** The same number for each, so that none is tuned more than another; their words are for people. */
  variants: readonly string[];
  policy: (variant: number, knob: Knob) => Policy;
}>;

/** A setting of the knob, in the units of a world. */
export type Knob = Readonly<{
  /** The share of what an instance carries that it should carry. */
  share: number;
  /** The same as requests in a second for each instance, and as percent of its processors. */
  requests: number;
  cpu: number;
  /** The second of the trace from which a policy that learns may change the capacity. */
  begins: number;
}>;

/** The shares that are tried, close to each other where 1 and 2 % are violated. */
export const SHARES: readonly number[] = [
  0.35, 0.48, 0.58, 0.65, 0.71, 0.76, 0.81, 0.86, 0.91, 0.96, 1.01, 1.06, 1.12, 1.2,
];

/** A policy gets so long to settle before it is judged. */
export const SETTLING_SECONDS = 7_200;

export const knobAt = (share: number, { perInstance, conditions }: World): Knob => ({
  share,
  requests: share * perInstance,
  cpu: Math.min(99, (100 * share * perInstance) / conditions.service.ratePerInstance),
  begins: Math.max(0, conditions.unscoredSeconds - SETTLING_SECONDS),
});
