import type { Group } from '#domain/configuration/configuration.ts';
import { floor } from '#domain/health/guards/floor-and-ceiling.ts';
import { type FailOpen, isHealed, type Target } from '#domain/health/health-observation.ts';
import { isCounted, isHealthy } from '#domain/health/sightings.ts';
import { newHealHead } from '#domain/ledger/head.ts';
import {
  type GroupState,
  type Instance,
  inService,
  isReplaceable,
} from '#domain/observed/group-state.ts';
import type { Obstacle } from '#domain/observed/obstacle.ts';
import { describeLack } from '#domain/observed/opt-in.ts';
import { pauseOf, type SeenGroup, unitsInService } from '../look-at-group.ts';

/** Everything that is looked at before an instance of a group is ended. */
export type Scene = SeenGroup &
  Readonly<{
    group: Group;
    /** The members of the watched target groups; empty where the group has no `health`. */
    targets: readonly Target[];
    /** Below how many healthy targets each target group sends traffic to all of them, by ARN. */
    failOpen: Readonly<Record<string, FailOpen>>;
    /** An instance refresh, an update of the stack, a zonal shift. */
    obstacles: readonly Obstacle[];
  }>;

/** A reason why nobody is ended: the finding, and the way out. */
export type Refusal = Readonly<{ why: string; help: string }>;

/** The answer to whether an instance may be ended, and which. */
export type MayEnd =
  | Readonly<{ kind: 'may'; instance: Instance; inService: number; needed: number }>
  | (Readonly<{ kind: 'refused' }> & Refusal);

type Seen = Scene & Readonly<{ state: GroupState }>;
type Check = (seen: Seen, instance: Instance) => Refusal | undefined;

/**
 * Decides whether one instance of a group may be ended on purpose: the one that is named, else a healthy one of the zone
 * that has the most. The group must be whole and handed over, nothing else may be at work in it, and enough must
 * remain.
 */
export const mayEnd = (scene: Scene, instanceId?: string): MayEnd => {
  const { state, group } = scene;
  if (state === undefined) {
    return {
      kind: 'refused',
      why: `AWS knows no Auto Scaling group named ${group.autoScalingGroup} in this Region`,
      help: 'look at the name in tidegate.yml, and at --region',
    };
  }

  const seen = { ...scene, state };
  const trouble = firstOf(GROUP_CHECKS, (check) => check(seen));
  if (trouble !== undefined) return { kind: 'refused', ...trouble };
  const instance = instanceOf(state, instanceId);
  if ('why' in instance) return { kind: 'refused', ...instance };
  const refusal = firstOf(INSTANCE_CHECKS, (check) => check(seen, instance));
  return refusal === undefined
    ? { kind: 'may', instance, inService: inService(state).length, needed: neededIn(seen).count }
    : { kind: 'refused', ...refusal };
};

const firstOf = <T>(
  checks: readonly T[],
  ask: (check: T) => Refusal | undefined,
): Refusal | undefined => {
  for (const check of checks) {
    const found = ask(check);
    if (found !== undefined) return found;
  }
  return undefined;
};

const handedOver = ({ group, state }: Seen): Refusal | undefined =>
  state.isManaged
    ? undefined
    : { why: `${group.name} ${describeLack(state.optIn)}`, help: 'see: tidegate doctor' };

const notDeleted = ({ group, state }: Seen): Refusal | undefined =>
  state.isBeingDeleted
    ? { why: `${group.name} is being deleted`, help: 'drill another group' }
    : undefined;

const notPaused = (seen: Seen): Refusal | undefined => {
  const pause = pauseOf(seen);
  return pause === undefined
    ? undefined
    : { why: `${seen.group.name}: ${pause}`, help: 'wait until it ends: tidegate overrides' };
};

/** Without `Terminate` the instance would not go, without `Launch` nobody would take its place. */
const NEEDED_PROCESSES = ['Launch', 'Terminate'];

const processesRun = ({ group, state }: Seen): Refusal | undefined => {
  const missing = NEEDED_PROCESSES.find((name) => state.suspendedProcesses.includes(name));
  return missing === undefined
    ? undefined
    : {
        why: `the process ${missing} of ${group.name} is suspended`,
        help: `resume it: aws autoscaling resume-processes --auto-scaling-group-name ${state.autoScalingGroup} --scaling-processes ${missing}`,
      };
};

const nothingUnderWay = ({ group, obstacles: [first] }: Seen): Refusal | undefined =>
  first && { why: `${group.name}: ${first.detail}`, help: 'wait until it is over' };

const isWhole = ({ group, state, targets }: Seen): Refusal | undefined => {
  const serving = unitsInService(state);
  const sick = inService(state).filter((instance) => !instance.isHealthy).length;
  const counted = targets.filter((target) => isCounted(target));
  const unwell = counted.filter((target) => !isHealthy(target)).length;
  const lacks = [
    ...(serving < state.capacityDesired
      ? [`${serving} of ${state.capacityDesired} units are in service`]
      : []),
    ...(sick === 0 ? [] : [`${sick} of its instances are marked unhealthy`]),
    ...(group.health !== undefined && counted.length === 0
      ? ['AWS shows none of its targets']
      : []),
    ...(unwell === 0 ? [] : [`${unwell} of its ${counted.length} targets are not healthy`]),
  ];
  return lacks.length === 0
    ? undefined
    : {
        why: `${group.name} is not whole: ${lacks.join(', ')}`,
        help: `wait until it is: tidegate status ${group.name} --watch`,
      };
};

/** The checks of the group, in the order in which they are told. */
const GROUP_CHECKS: readonly ((seen: Seen) => Refusal | undefined)[] = [
  notDeleted,
  handedOver,
  notPaused,
  processesRun,
  nothingUnderWay,
  isWhole,
];

const instanceOf = (state: GroupState, instanceId: string | undefined): Instance | Refusal => {
  if (instanceId !== undefined) {
    const found = state.instances.find(({ id }) => id === instanceId);
    return (
      found ?? {
        why: `${state.autoScalingGroup} has no instance ${instanceId}`,
        help: `it has ${state.instances.map(({ id }) => id).join(', ') || 'none'}`,
      }
    );
  }
  const candidates = state.instances.filter((instance) => isReplaceable(instance));
  const countIn = (zone: string): number =>
    candidates.filter(({ availabilityZone }) => availabilityZone === zone).length;
  const [fullest] = candidates.toSorted(
    (a, b) => countIn(b.availabilityZone) - countIn(a.availabilityZone),
  );
  return (
    fullest ?? {
      why: `no instance of ${state.autoScalingGroup} is in service, healthy and free of scale-in protection`,
      help: 'take the protection off one: aws autoscaling set-instance-protection --no-protected-from-scale-in',
    }
  );
};

const serves: Check = (_seen, { id, lifecycleState }) =>
  lifecycleState === 'InService'
    ? undefined
    : { why: `${id} is ${lifecycleState}, and not InService`, help: 'name one that serves' };

const notProtected: Check = (_seen, { id, isProtected }) =>
  isProtected
    ? { why: `${id} is protected from scale-in`, help: 'name another one, or none' }
    : undefined;

/** The instances that must remain in service, and the reason. */
const neededIn = ({ group, state }: Seen): Readonly<{ count: number; why: string }> => {
  if (group.health === undefined) {
    const count = Math.max(1, state.capacityMin, group.capacity.min ?? 0);
    return { count, why: 'its minimum' };
  }
  const { floorCount, floorPercent } = group.health;
  const share = Math.ceil((inService(state).length * floorPercent) / 100);
  return { count: Math.max(1, floorCount, share), why: 'the floor of its health' };
};

const enoughRemain: Check = (seen) => {
  const rest = inService(seen.state).length - 1;
  const { count, why } = neededIn(seen);
  return rest >= count
    ? undefined
    : {
        why: `${rest} of ${rest + 1} instances of ${seen.group.name} would remain in service, and ${why} is ${count}`,
        help: moreFirst(seen),
      };
};

/** The same of each watched target group, by the guard that healing asks. */
const enoughTargetsRemain: Check = (seen, member) => {
  const { group, targets, at: now, failOpen } = seen;
  const own = targets.filter(({ id }) => id === member.id);
  const [failing] = own;
  if (!isHealed(group) || failing === undefined) return undefined;
  const candidate = { id: member.id, member, targets: own, failing, since: now };
  const observation = { now, group, state: seen.state, targets, failOpen, head: newHealHead };
  const held = floor(observation, [candidate]);
  return held && { why: `${group.name}: ${held.detail}`, help: moreFirst(seen) };
};

const moreFirst = ({ group, state }: Seen): string =>
  `add one for the drill: tidegate pin ${group.name} ${state.capacityDesired + 1} --for 30m --reason "a drill"`;

const INSTANCE_CHECKS: readonly Check[] = [serves, notProtected, enoughRemain, enoughTargetsRemain];
