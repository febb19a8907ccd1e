import type { GroupState } from './group-state.ts';
import { isServing } from './lifecycle.ts';

/** The group that another one stands in for, in units of capacity; or why it could not be read. */
export type SeenPeer =
  | Readonly<{ desired: number; inService: number }>
  | Readonly<{ unreadable: string }>;

/** Counts the units of a peer. One that AWS does not know, or no longer, tells as little as one that cannot be asked. */
export const seenPeerOf = (state: GroupState | undefined): SeenPeer =>
  state === undefined
    ? { unreadable: 'AWS knows no Auto Scaling group of that name there' }
    : {
        desired: state.capacityDesired,
        inService: state.instances
          .filter((instance) => isServing(instance))
          .reduce((sum, { weight }) => sum + weight, 0),
      };
