import type { GroupState, Instance } from '../../shared/domain/group-state.ts';
import { type Instant, SECOND_MS } from '../../shared/domain/instant.ts';
import { type Answer, applied } from '../../shared/domain/outcome.ts';
import type { Timeline } from '../kernel/timeline.ts';

export type GroupSpec = Readonly<{
  name: string;
  min: number;
  max: number;
  desired: number;
  /** From launch to InService. */
  bootSeconds: number;
  isManaged: boolean;
  targetGroupArns: readonly string[];
}>;

type Machine = { id: string; launchedAt: Instant; isHealthy: boolean };
type Fleet = { spec: GroupSpec; desired: number; machines: Machine[]; launched: number };

/**
 * EC2 Auto Scaling, simplified: launches and terminations begin at once, an instance is Pending until
 * it has booted, the oldest leaves first, and an instance marked Unhealthy is replaced.
 */
export const createAutoScaling = (timeline: Timeline, specs: readonly GroupSpec[]) => {
  const fleets = new Map(specs.map((spec) => [spec.name, newFleet(spec, timeline.now())]));

  return {
    readGroups: async (names: readonly string[]): Promise<ReadonlyMap<string, GroupState>> =>
      new Map(
        names.flatMap((name) => {
          const fleet = fleets.get(name);
          return fleet ? [[name, stateOf(fleet, timeline.now())] as const] : [];
        }),
      ),

    setCapacity: async (name: string, capacity: number): Promise<Answer> => {
      const fleet = fleets.get(name);
      if (!fleet) return { kind: 'refused', reason: 'GroupNotFound', detail: `no group ${name}` };
      if (capacity < fleet.spec.min || capacity > fleet.spec.max) {
        const detail = `${capacity} is outside ${fleet.spec.min} to ${fleet.spec.max}`;
        return { kind: 'refused', reason: 'OutOfBounds', detail };
      }

      fleet.desired = capacity;
      converge(fleet, timeline.now());
      return applied;
    },

    condemn: async (instanceId: string): Promise<Answer> => {
      const fleet = [...fleets.values()].find(({ machines }) =>
        machines.some(({ id }) => id === instanceId),
      );
      if (!fleet) return applied;

      fleet.machines = fleet.machines.filter(({ id }) => id !== instanceId);
      converge(fleet, timeline.now());
      return applied;
    },
  };
};

const newFleet = (spec: GroupSpec, now: Instant): Fleet => {
  const fleet: Fleet = { spec, desired: spec.desired, machines: [], launched: 0 };
  converge(fleet, now - spec.bootSeconds * SECOND_MS);
  return fleet;
};

const converge = (fleet: Fleet, now: Instant): void => {
  while (fleet.machines.length < fleet.desired) {
    fleet.launched += 1;
    const id = `i-${String(fleet.launched).padStart(4, '0')}`;
    fleet.machines.push({ id, launchedAt: now, isHealthy: true });
  }
  fleet.machines.splice(0, fleet.machines.length - fleet.desired);
};

const stateOf = ({ spec, desired, machines }: Fleet, now: Instant): GroupState => ({
  autoScalingGroup: spec.name,
  capacityMin: spec.min,
  capacityMax: spec.max,
  capacityDesired: desired,
  isManaged: spec.isManaged,
  isBeingDeleted: false,
  suspendedProcesses: [],
  instances: machines.map((machine) => instanceOf(machine, now - machine.launchedAt, spec)),
  targetGroupArns: spec.targetGroupArns,
});

const instanceOf = (
  { id, isHealthy }: Machine,
  ageMs: number,
  { bootSeconds }: GroupSpec,
): Instance => ({
  id,
  lifecycleState: ageMs >= bootSeconds * SECOND_MS ? 'InService' : 'Pending',
  isHealthy,
  isProtected: false,
  weight: 1,
  availabilityZone: 'us-east-1a',
});
