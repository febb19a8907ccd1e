import type { Instance } from '#domain/observed/group-state.ts';
import type { Instant } from '#domain/time/instant.ts';

/** An instance, from its launch to its end, with the moments that billing and traffic ask for. */
export type Machine = {
  readonly id: string;
  readonly zone: string;
  readonly weight: number;
  readonly launchedAt: Instant;
  /** Billing begins. */
  readonly runningAt: Instant;
  readonly inServiceAt: Instant;
  /** It waits for a lifecycle hook once it runs, which may never answer. */
  readonly hook?: 'answers' | 'hangs';
  isHealthy: boolean;
  isProtected: boolean;
  isStandby: boolean;
  /** A state that no documentation knows yet. */
  oddState?: string;
  /** Set once its end is decided; it drains, and waits for its hook, until `goneAt`. */
  terminatingSince?: Instant;
  goneAt?: Instant;
};

export const isLeaving = ({ terminatingSince }: Machine): boolean => terminatingSince !== undefined;

export const isGone = ({ goneAt }: Machine, now: Instant): boolean =>
  goneAt !== undefined && now >= goneAt;

/** Gets traffic, or would if it were healthy. */
export const hasArrived = ({ inServiceAt, hook }: Machine, now: Instant): boolean =>
  hook !== 'hangs' && now >= inServiceAt;

/** The lifecycle state that DescribeAutoScalingGroups shows. */
const lifecycleOf = (machine: Machine, now: Instant): string => {
  const waits = machine.hook === undefined ? '' : ':Wait';
  if (machine.terminatingSince !== undefined && machine.terminatingSince <= now) {
    return `Terminating${waits}`;
  }
  if (machine.oddState !== undefined) return machine.oddState;
  if (!hasArrived(machine, now)) return now < machine.runningAt ? 'Pending' : `Pending${waits}`;
  return machine.isStandby ? 'Standby' : 'InService';
};

/** Only such an instance can be put on standby. */
export const isInService = (machine: Machine, now: Instant): boolean =>
  lifecycleOf(machine, now) === 'InService';

export const instanceOf = (machine: Machine, now: Instant): Instance => ({
  id: machine.id,
  lifecycleState: lifecycleOf(machine, now),
  isHealthy: machine.isHealthy,
  isProtected: machine.isProtected,
  weight: machine.weight,
  availabilityZone: machine.zone,
});
