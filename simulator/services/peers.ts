import { describePeer, type Peer } from '#domain/configuration/standby.ts';
import type { GroupState } from '#domain/observed/group-state.ts';

/** A group of another Region, as its own people leave it. */
export type PeerUnits = Readonly<{ desired: number; inService: number }>;

/** The Auto Scaling groups of other Regions: their sizes alone, and Regions that can go away. */
export const createPeers = () => {
  const groups = new Map<string, PeerUnits>();
  const away = new Set<string>();

  return {
    put: (peer: Peer, units: PeerUnits): void => {
      groups.set(describePeer(peer), units);
    },
    setAway: (region: string, isAway: boolean): void => {
      if (isAway) away.add(region);
      else away.delete(region);
    },
    /** The units as they are, whether or not anybody can ask; nothing of a group that does not exist. */
    truth: (peer: Peer): (PeerUnits & Readonly<{ isAway: boolean }>) | undefined => {
      const units = groups.get(describePeer(peer));
      return units && { ...units, isAway: peer.region !== undefined && away.has(peer.region) };
    },
    readPeers: async (
      region: string | undefined,
      names: readonly string[],
    ): Promise<ReadonlyMap<string, GroupState>> => {
      if (region !== undefined && away.has(region)) throw new Error('connect ETIMEDOUT');
      return new Map(
        names.flatMap((autoScalingGroup) => {
          const peer = region === undefined ? { autoScalingGroup } : { region, autoScalingGroup };
          const units = groups.get(describePeer(peer));
          return units === undefined
            ? []
            : [[autoScalingGroup, stateOf(autoScalingGroup, units)] as const];
        }),
      );
    },
  };
};

const stateOf = (autoScalingGroup: string, { desired, inService }: PeerUnits): GroupState => ({
  autoScalingGroup,
  capacityMin: 0,
  capacityMax: 1_000,
  capacityDesired: desired,
  isManaged: false,
  isBeingDeleted: false,
  suspendedProcesses: [],
  instances: Array.from({ length: inService }, (_, index) => ({
    id: `i-peer-${index}`,
    lifecycleState: 'InService',
    isHealthy: true,
    isProtected: false,
    weight: 1,
    availabilityZone: 'eu-west-1a',
  })),
  targetGroupArns: [],
});
