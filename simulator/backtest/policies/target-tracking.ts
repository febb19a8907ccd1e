import type { MetricTiming } from '../conditions.ts';
import type { Decide, Policy } from '../policy.ts';
import { type AlarmShape, isBreaching } from './alarm.ts';
import { ceil } from './arithmetic.ts';
import { type Followed, inTotal } from './metric.ts';

export type TargetTracking = Readonly<{
  followed: Followed;
  /** Percent of processors, or requests in a second for each instance. */
  target: number;
  /** The low alarm's threshold as a share of the target: 0.7 and 0.9 have both been seen. */
  lowShare: number;
  /** EstimatedInstanceWarmup, or DefaultInstanceWarmup of the group. */
  warmupSeconds: number;
  /** Metrics of high resolution, which cost extra. */
  metrics?: MetricTiming;
  /** The high alarm; 3 of 3 as AWS makes it. */
  high?: AlarmShape;
}>;

/** A minute has so many looks with metrics of high resolution. */
const EVERY_TEN_SECONDS = [0, 10, 20, 30, 40, 50];
const LOW: AlarmShape = { periods: 15, datapoints: 15 };
const HIGH: AlarmShape = { periods: 3, datapoints: 3 };

/**
 * Target tracking of EC2 Auto Scaling: two alarms, high for 3 of 3 periods and low for 15 of 15 minutes, whose
 * actions repeat every minute. Out to what the metric needs, rounded up; in likewise, so that what is removed
 * is rounded down, and not while an instance warms up. The step is reckoned from the instances that served in
 * the metric's own minute, which favours AWS: how it aligns the two is not published
 * (https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html).
 */
export const targetTracking = (settings: TargetTracking): Policy => ({
  name: `target tracking, ${settings.followed}, low ${settings.lowShare}`,
  ...(settings.metrics === undefined ? {} : { metrics: settings.metrics }),
  looks: settings.metrics === undefined ? [0] : EVERY_TEN_SECONDS,
  start: () => decideBy(settings),
});

const decideBy = ({
  followed,
  target,
  lowShare,
  warmupSeconds,
  metrics,
  high = HIGH,
}: TargetTracking): Decide => {
  const lowPeriods = Math.round((LOW.periods * 60) / (metrics?.periodSeconds ?? 60));
  const low: AlarmShape = { periods: lowPeriods, datapoints: lowPeriods };

  return (view) => {
    const { desired, samples, visible, warming } = view;
    const needed = ceil(inTotal(samples, followed, visible - 1) / target);
    if (isBreaching(view, high, { followed, test: (value) => value > target })) {
      return Math.max(desired, needed);
    }
    const isLow = isBreaching(view, low, { followed, test: (value) => value < lowShare * target });
    if (!isLow || warming(warmupSeconds) > 0) return desired;
    return Math.min(desired, Math.max(1, needed));
  };
};
