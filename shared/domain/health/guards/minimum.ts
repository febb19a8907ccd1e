import type { Removal } from '#domain/ledger/decision.ts';
import type { HealthObservation } from '../health-observation.ts';
import { type GuardObstacle, obstacle } from './guard.ts';

/**
 * Holds when an instance would be put aside, nobody would take its place, and the group would be smaller than its
 * MinSize: EnterStandby with ShouldDecrementDesiredCapacity is refused then
 * (https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_EnterStandby.html).
 */
export const minimumLimit = (
  { state }: HealthObservation,
  removals: readonly Removal[],
): GuardObstacle<'floor'> | undefined => {
  if (state === undefined) return undefined;
  const aside = removals.find(({ standby }) => standby?.isReplaced === false)?.instanceId;
  const weight = state.instances.find(({ id }) => id === aside)?.weight ?? 0;
  const rest = state.capacityDesired - weight;
  if (aside === undefined || rest >= state.capacityMin) return undefined;

  const detail = `with ${aside} put aside and nothing in its place the desired capacity would be ${rest}, below the MinSize of ${state.capacityMin}: set quarantine.replacement to launch, or lower the MinSize`;
  return obstacle('floor', 'OutOfBounds', detail);
};
