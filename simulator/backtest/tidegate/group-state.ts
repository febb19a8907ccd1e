import type { Group } from '#domain/configuration/configuration.ts';
import type { GroupState, Instance } from '#domain/observed/group-state.ts';
import type { Conditions } from '../conditions.ts';
import type { Member } from '../fleet.ts';
import type { View } from '../policy.ts';

/** Shows a group as DescribeAutoScalingGroups would; its instances are listed anew only when one has changed. */
export const createGroupState = (
  { autoScalingGroup, fleet }: Pick<Group, 'autoScalingGroup' | 'fleet'>,
  { min, max }: Conditions,
) => {
  let listed = '';
  let instances: readonly Instance[] = [];

  return (view: View): GroupState => {
    const version = `${view.version} ${view.pending}`;
    if (version !== listed) {
      listed = version;
      instances = view.members().map((member) => instanceOf(member, view.now));
    }
    return {
      autoScalingGroup,
      capacityMin: min,
      capacityMax: max,
      capacityDesired: view.desired,
      isManaged: true,
      isBeingDeleted: false,
      suspendedProcesses: [],
      instances,
      targetGroupArns: [],
      graceSeconds: 0,
      healthCheckType: 'EC2',
      // A member carries the tags of its fleet all the time.
      ...(fleet === undefined ? {} : { tags: fleet.tags }),
    };
  };
};

const instanceOf = ({ number, zone, inServiceAt }: Member, now: number): Instance => ({
  id: `i-${number}`,
  lifecycleState: inServiceAt > now ? 'Pending' : 'InService',
  isHealthy: true,
  isProtected: false,
  weight: 1,
  availabilityZone: `zone-${zone + 1}`,
});
