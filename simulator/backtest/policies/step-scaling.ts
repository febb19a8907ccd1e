import type { Decide, Policy, View } from '../policy.ts';
import { type AlarmShape, isBreaching } from './alarm.ts';
import { type Followed, perInstance } from './metric.ts';

export type StepScaling = Readonly<{
  followed: Followed;
  /** The high alarm's threshold; the low one lies `gapShare` of it lower. */
  target: number;
  gapShare: number;
  warmupSeconds: number;
}>;

const HIGH: AlarmShape = { periods: 2, datapoints: 2 };
const LOW: AlarmShape = { periods: 5, datapoints: 5 };

/** Steps of the breach, as a share of the target, and what they change, in percent of the capacity. */
const NEAR_PERCENT = 10;
const FAR_PERCENT = 30;
const FAR_SHARE = 1 / 6;
const IN_PERCENT = -10;

/**
 * Step scaling with fair defaults: +10 % above the target and +30 % far above it, for two minutes; -10 % below the
 * low threshold for five. Percentages are of the capacity without what warms up, and the result is held against
 * all of it; nothing is removed while an instance warms up
 * (https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-simple-step.html).
 */
export const stepScaling = (settings: StepScaling): Policy => ({
  name: `step scaling, ${settings.followed}`,
  looks: [0],
  start: () => decideBy(settings),
});

const decideBy =
  ({ followed, target, gapShare, warmupSeconds }: StepScaling): Decide =>
  (view) => {
    const { desired } = view;
    const warming = view.warming(warmupSeconds);
    if (isBreaching(view, HIGH, { followed, test: (value) => value > target })) {
      const basis = desired - warming;
      return Math.max(desired, basis + percentOf(basis, outPercent(view, followed, target)));
    }
    const low = target * (1 - gapShare);
    const isLow = isBreaching(view, LOW, { followed, test: (value) => value < low });
    return isLow && warming === 0 ? desired + percentOf(desired, IN_PERCENT) : desired;
  };

const outPercent = ({ samples, visible }: View, followed: Followed, target: number): number =>
  perInstance(samples, followed, visible - 1) >= target * (1 + FAR_SHARE)
    ? FAR_PERCENT
    : NEAR_PERCENT;

/** PercentChangeInCapacity: at least one unit in its direction, otherwise towards zero. */
export const percentOf = (capacity: number, percent: number): number => {
  const exact = (capacity * percent) / 100;
  if (exact === 0) return 0;
  if (exact > 0) return exact < 1 ? 1 : Math.floor(exact + 1e-9);
  return exact > -1 ? -1 : Math.ceil(exact - 1e-9);
};
