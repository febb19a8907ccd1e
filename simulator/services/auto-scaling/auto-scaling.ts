import type { StandBy } from '#domain/ledger/decision.ts';
import { type Answer, applied } from '#domain/ledger/outcome.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import type { Activity, Obstacle } from '#domain/observed/obstacle.ts';
import type { WarmPool } from '#domain/observed/warm-pool.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';
import type { Timeline } from '#simulator/kernel/timeline.ts';
import { terminate } from './converge.ts';
import { type Fleet, type GroupSpec, stateOf } from './fleet.ts';
import { isInService, type Machine } from './machine.ts';
import { newFleet } from './new-fleet.ts';
import { setDesired, settle } from './settle.ts';
import { activitiesOf, launchesOf, obstaclesOf } from './under-way.ts';
import { changePool, poolOf } from './warm-pool.ts';

/** The acts of operators, accidents and other programs on a group. */
export type Lever = (fleet: Fleet, now: Instant) => void;

/**
 * EC2 Auto Scaling: SetDesiredCapacity is absolute and checked against MinSize and MaxSize, launches
 * begin at once and overlap, an instance marked Unhealthy is replaced, and reads may lag behind.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_SetDesiredCapacity.html
 */
export const createAutoScaling = (timeline: Timeline, specs: readonly GroupSpec[]) => {
  const fleets = new Map(specs.map((spec) => [spec.name, newFleet(spec, timeline.now())]));
  /** Launches so far of groups that were removed. */
  const removed = new Map<string, number>();
  const truth = (name: string, seenAt = timeline.now()): GroupState | undefined => {
    const fleet = fleets.get(name);
    return fleet && stateOf(fleet, seenAt);
  };
  /** The obstacles that forbid removals in the group as it is. */
  const underWay = (name: string): readonly Obstacle[] => {
    const fleet = fleets.get(name);
    return fleet ? obstaclesOf(fleet, timeline.now()) : [];
  };
  /** The greatest age of a read, in milliseconds. */
  let lagMs = (): number => 0;

  return {
    ...portsOf(timeline, fleets),
    readGroups: async (names: readonly string[]): Promise<ReadonlyMap<string, GroupState>> =>
      new Map(
        names.flatMap((name) => {
          const state = truth(name, timeline.now() - lagMs());
          return state ? [[name, state] as const] : [];
        }),
      ),
    /** The names of the groups by whose tags fleets may select them. */
    tagged: (): readonly string[] =>
      [...fleets].flatMap(([name, { tags }]) => (tags === undefined ? [] : [name])),
    /** The groups that carry the tag of the deployment, in pages of so many. */
    listGroups: async (pageSize: number): Promise<readonly (readonly GroupState[])[]> => {
      const seenAt = timeline.now() - lagMs();
      const states = [...fleets.keys()].flatMap((name) => truth(name, seenAt) ?? []);
      return chunksOf(
        states.filter(({ isManaged }) => isManaged),
        pageSize,
      );
    },
    underWay,
    readObstacles: async (name: string): Promise<readonly Obstacle[]> => underWay(name),
    readActivities: async (name: string): Promise<readonly Activity[]> => {
      const fleet = fleets.get(name);
      return fleet ? activitiesOf(fleet, timeline.now()) : [];
    },
    readPool: async (name: string): Promise<WarmPool> => {
      const fleet = fleets.get(name);
      if (!fleet) throw new Error(`no group ${name}`);
      return poolOf(fleet, timeline.now() - lagMs(), timeline.now());
    },
    readLaunches: async (name: string, withinSeconds: number) => {
      const fleet = fleets.get(name);
      return fleet ? launchesOf(fleet, timeline.now(), withinSeconds) : {};
    },
    /** The group as it is, without any lag. */
    truth: (name: string) => truth(name),
    /** The warm pool of the group as it is, without any lag. */
    pool: (name: string): WarmPool | undefined => {
      const fleet = fleets.get(name);
      return fleet && poolOf(fleet, timeline.now(), timeline.now());
    },
    machines: (name: string): readonly Machine[] => fleets.get(name)?.machines ?? [],
    pull: (name: string, lever: Lever): void => {
      const fleet = fleets.get(name);
      if (!fleet) return;
      lever(fleet, timeline.now());
      setDesired(timeline, fleet, fleet.desired);
    },
    remove: (name: string): void => {
      removed.set(name, fleets.get(name)?.launches ?? 0);
      fleets.delete(name);
    },
    /** Makes the group again that was removed, with its first instances. */
    restore: (name: string): void => {
      const spec = specs.find((each) => each.name === name);
      if (!spec || fleets.has(name)) return;
      // EC2 never gives an id twice: the instances of the new group go on counting.
      const fleet = newFleet(spec, timeline.now(), removed.get(name));
      fleets.set(name, fleet);
    },
    lag: (sample: () => number): void => {
      lagMs = sample;
    },
  };
};

/** There is always a first page, and it may be empty. */
const chunksOf = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.max(1, Math.ceil(items.length / size)) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );

/** The calls by which Tidegate changes something. */
const portsOf = (timeline: Timeline, fleets: ReadonlyMap<string, Fleet>) => ({
  setCapacity: async (name: string, capacity: number): Promise<Answer> => {
    const fleet = fleets.get(name);
    if (!fleet) return { kind: 'refused', reason: 'GroupNotFound', detail: `no group ${name}` };
    if (capacity < fleet.min || capacity > fleet.max) {
      const detail = `${capacity} is outside ${fleet.min} to ${fleet.max}`;
      return { kind: 'refused', reason: 'OutOfBounds', detail };
    }
    setDesired(timeline, fleet, capacity);
    return applied;
  },

  setPool: async (
    name: string,
    limit: Readonly<{ prepared: number; isReused: boolean }>,
  ): Promise<Answer> => {
    const fleet = fleets.get(name);
    if (!fleet) return { kind: 'refused', reason: 'GroupNotFound', detail: `no group ${name}` };
    const answer = changePool(fleet, limit, timeline.now());
    if (answer.kind === 'applied') setDesired(timeline, fleet, fleet.desired);
    return answer;
  },

  standBy: async ({ autoScalingGroup, instanceId, isReplaced }: StandBy): Promise<Answer> => {
    const fleet = fleets.get(autoScalingGroup);
    const machine = fleet?.machines.find(({ id }) => id === instanceId);
    if (!fleet || !machine || !isInService(machine, timeline.now())) {
      const detail = `The instance ${instanceId} is not in InService.`;
      return { kind: 'refused', reason: 'OutOfBounds', detail };
    }
    const desired = fleet.desired - (isReplaced ? 0 : machine.weight);
    if (desired < fleet.min) {
      return { kind: 'refused', reason: 'OutOfBounds', detail: 'violates MinSize' };
    }
    machine.isStandby = true;
    setDesired(timeline, fleet, desired);
    return applied;
  },

  release: async (instanceId: string): Promise<Answer> => {
    const fleet = fleetOf(fleets, instanceId);
    if (!fleet) return { kind: 'refused', reason: 'GroupNotFound', detail: 'not found' };
    const machine = fleet.machines.find(({ id }) => id === instanceId);
    if (machine) terminate(machine, timeline.now());
    settle(timeline, fleet);
    return applied;
  },

  markUnhealthy: async (id: string): Promise<Answer> => {
    const fleet = fleetOf(fleets, id);
    const machine = fleet?.machines.find((each) => each.id === id);
    if (!fleet || !machine) return applied;

    // Within the grace period a mark is ignored without a word.
    const graceMs = (fleet.spec.graceSeconds ?? 0) * SECOND_MS;
    if (timeline.now() < machine.inServiceAt + graceMs) return applied;
    machine.isHealthy = false;
    // Auto Scaling acts on a mark at its next look, not in the answer.
    timeline.quietly(timeline.now() + LOOK_MS, () => settle(timeline, fleet));
    return applied;
  },
});

const fleetOf = (fleets: ReadonlyMap<string, Fleet>, id: string): Fleet | undefined =>
  [...fleets.values()].find(({ machines }) => machines.some((machine) => machine.id === id));

const LOOK_MS = MINUTE_MS / 4;
