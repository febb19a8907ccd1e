import type { Decide, Policy } from '../policy.ts';
import { ceil } from './arithmetic.ts';
import { type Followed, perInstance } from './metric.ts';

export type Nomad = Readonly<{
  followed: Followed;
  target: number;
  /** No action within this share of the target: 0.01 unless said otherwise. */
  threshold: number;
  /** After an action in either direction: 300 unless said otherwise. */
  cooldownSeconds: number;
  /** After a scale-out; the same as the other unless said otherwise. */
  outCooldownSeconds: number;
}>;

/**
 * The strategy `target-value` of the Nomad Autoscaler on an Auto Scaling group: the newest value alone, times the
 * present count; nothing while an activity of the group is in progress, and nothing while it cools down
 * (https://developer.hashicorp.com/nomad/tools/autoscaling/plugins/strategy/target-value).
 */
export const nomad = (settings: Nomad): Policy => ({
  name: `Nomad target-value, ${settings.followed}`,
  looks: [0, 10, 20, 30, 40, 50],
  start: () => decideBy(settings),
});

const decideBy = (settings: Nomad): Decide => {
  const { followed, target, threshold, cooldownSeconds, outCooldownSeconds } = settings;
  let restsUntil = Number.NEGATIVE_INFINITY;

  return ({ now, desired, pending, samples, visible }) => {
    const isResting = now < restsUntil || pending > 0;
    const factor = perInstance(samples, followed, visible - 1) / target;
    const isOff = factor < 1 - threshold || factor > 1 + threshold;
    if (isResting || !isOff) return desired;

    const wanted = ceil(desired * factor);
    if (wanted > desired) restsUntil = now + outCooldownSeconds;
    if (wanted < desired) restsUntil = now + cooldownSeconds;
    return wanted;
  };
};
