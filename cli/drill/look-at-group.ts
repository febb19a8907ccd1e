import type { Overrides } from '#console/override/write-override.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { describeOverride, inForce, type Override } from '#domain/ledger/override.ts';
import { type GroupState, inService } from '#domain/observed/group-state.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Reads } from '../terminal.ts';

/** A group as a drill sees it at one moment: AWS's own view, and what a person put above its rules. */
export type SeenGroup = Readonly<{
  at: Instant;
  /** Absent when AWS knows no group of that name. */
  state?: GroupState;
  override?: Override;
}>;

/** The capacity of a group at one moment, in units. */
export type GroupLook = Readonly<{ at: Instant; desired: number; inService: number }>;

/** Looks at a group for a drill. Throws where AWS cannot be asked. */
export const lookAtGroup = async (
  { reads, overrides }: Readonly<{ reads: Pick<Reads, 'scale'>; overrides: Overrides }>,
  group: Group,
  at: Instant,
): Promise<SeenGroup> => {
  const [states, override] = await Promise.all([
    reads.scale.readGroups([group.autoScalingGroup]),
    overrides.read(group.name),
  ]);
  const state = states.get(group.autoScalingGroup);
  return {
    at,
    ...(state === undefined ? {} : { state }),
    ...(override === undefined ? {} : { override }),
  };
};

/** The reason why Tidegate changes nothing about a group, in words; nothing while it may. */
export const pauseOf = ({ at, state, override }: SeenGroup): string | undefined => {
  const current = inForce(override, at);
  if (current?.kind === 'pause') return `it is ${describeOverride(current)}`;
  return state?.suspendedProcesses.includes('AlarmNotification') === true
    ? 'its process AlarmNotification is suspended, which pauses Tidegate'
    : undefined;
};

/** The units of instances that take load. */
export const unitsInService = (state: GroupState): number =>
  inService(state).reduce((sum, { weight }) => sum + weight, 0);

/** The capacity of a group that was seen; nothing where there is no group. */
export const lookOf = ({ at, state }: SeenGroup): GroupLook | undefined =>
  state && { at, desired: state.capacityDesired, inService: unitsInService(state) };
