import type { Instance } from '../../../shared/domain/group-state.ts';
import type { Instant } from '../../../shared/domain/instant.ts';

/** An instance, from its launch to its end, with the moments that billing and traffic ask for. */
export type Machine = {
  readonly id: string;
  readonly zone: string;
  readonly weight: number;
  readonly launchedAt: Instant;
  /** Billing begins. */
  readonly runningAt: Instant;
  readonly inServiceAt: Instant;
  isHealthy: boolean;
  isProtected: boolean;
  isStandby: boolean;
  /** A state that no documentation knows yet. */
  oddState?: string;
  /** Set once its end is decided; it drains until `goneAt`. */
  terminatingSince?: Instant;
  goneAt?: Instant;
};

export const isLeaving = ({ terminatingSince }: Machine): boolean => terminatingSince !== undefined;

export const isGone = ({ goneAt }: Machine, now: Instant): boolean =>
  goneAt !== undefined && now >= goneAt;

/** The lifecycle state that DescribeAutoScalingGroups shows. */
const lifecycleOf = (machine: Machine, now: Instant): string => {
  if (isLeaving(machine)) return 'Terminating';
  if (machine.oddState !== undefined) return machine.oddState;
  if (now < machine.inServiceAt) return 'Pending';
  return machine.isStandby ? 'Standby' : 'InService';
};

export const instanceOf = (machine: Machine, now: Instant): Instance => ({
  id: machine.id,
  lifecycleState: lifecycleOf(machine, now),
  isHealthy: machine.isHealthy,
  isProtected: machine.isProtected,
  weight: machine.weight,
  availabilityZone: machine.zone,
});
