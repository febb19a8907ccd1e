import type { FleetOfMember, Group, Health } from '#domain/configuration/configuration.ts';
import type { Target } from '#domain/health/health-observation.ts';
import type { Removal, StandBy } from '#domain/ledger/decision.ts';
import type { HealHead } from '#domain/ledger/head.ts';
import type { Override } from '#domain/ledger/override.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import type { Obstacle } from '#domain/observed/obstacle.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { HistoryEvent, Trip } from '../history.ts';
import type { CheckWorld, Judgement, Watch } from './check-world.ts';

/** A DeregisterTargets or an EnterStandby at the moment when it takes effect. */
export type RemovalCall = Readonly<{
  at: Instant;
  removal: Readonly<{ targetId: string }>;
  /** It is put aside, not deregistered. */
  isStandby: boolean;
  health: Health;
  /** The fleet that the group is a member of, if it is one. */
  fleet: FleetOfMember | undefined;
  seen: GroupState | undefined;
  /** The targets of the target group that it leaves; of each of them when it stands by. */
  targets: readonly Target[];
  /** Those of all target groups that are watched. */
  everywhere: readonly Target[];
  /** The target group that it leaves. */
  targetGroupArn: string;
  head: HealHead | undefined;
  /** The plan was there already when the invocation read the ledger: it only finishes. */
  isRecovery: boolean;
  /** When the instance really came into service, if it is a member. */
  inServiceAt: Instant | undefined;
  override: Override | undefined;
  /** Processes that the invocation was told to be under way; nothing when it did not ask. */
  obstacles: readonly Obstacle[] | undefined;
  /** True for target groups that carry the tag, as the invocation was told; nothing when it did not ask. */
  managed: ReadonlyMap<string, boolean>;
}>;

const OWN_FAULTS = ['Target.FailedHealthChecks', 'Target.Timeout', 'Target.ResponseCodeMismatch'];

/** Fails for a reason of its own. */
export const isFailing = ({ state, reason }: Target): boolean =>
  ['unhealthy', 'unhealthy.draining'].includes(state) && OWN_FAULTS.includes(reason);

/** Not known to be well, for whatever reason. */
export const isSick = ({ state }: Target): boolean =>
  !['healthy', 'initial', 'unavailable', 'draining', 'unused'].includes(state);

/** A watch over every call that takes a target out by a decision of its own; who finishes a plan decides nothing. */
export const onRemoval =
  (judge: (call: RemovalCall) => readonly Judgement[]) =>
  (world: CheckWorld): Watch => ({
    onEvent: (event) => {
      const leaving = event.kind === 'applying' ? leavingIn(event.trip, world) : undefined;
      if (leaving === undefined) return [];
      const { group, targetId, isStandby } = leaving;
      if (!group?.health) return [`${targetId} of no group of ours was taken out`];
      return callsOf(world, event as Applying, { ...leaving, group })
        .filter(({ isRecovery }) => !isRecovery)
        .filter(({ targets }) => !isStandby || targets.some(({ id }) => id === targetId))
        .flatMap(judge);
    },
  });

type Applying = Extract<HistoryEvent, { kind: 'applying' }>;
type Leaving = Readonly<{
  group: Group | undefined;
  targetId: string;
  isStandby: boolean;
  targetGroups: readonly string[];
}>;

const leavingIn = (trip: Trip, { configurationOf, cloud }: CheckWorld): Leaving | undefined => {
  const { groups } = configurationOf(trip.invocation);
  if (trip.action === 'EnterStandby') {
    const { autoScalingGroup, instanceId } = trip.input as StandBy;
    const group = groups.find((each) => each.autoScalingGroup === autoScalingGroup);
    const targetGroups = (group?.health?.watched ?? []).map(({ targetGroup }) => targetGroup);
    return { group, targetId: instanceId, isStandby: true, targetGroups };
  }
  if (trip.action !== 'DeregisterTargets') return undefined;

  const { targetGroupArn, targetId } = trip.input as Removal;
  const isIn = (group: Group): boolean =>
    (group.health?.watched ?? []).some(({ targetGroup }) => targetGroupArn.endsWith(targetGroup));
  const targetGroups = [targetGroupArn.slice(targetGroupArn.indexOf('targetgroup/'))];
  // Several groups may be attached to one target group: its own instance leaves it.
  const attached = groups.filter(isIn);
  const owns = ({ autoScalingGroup }: Group): boolean =>
    cloud.autoScaling.machines(autoScalingGroup).some(({ id }) => id === targetId);
  const group = attached.find(owns) ?? attached[0];
  return { group, targetId, isStandby: false, targetGroups };
};

const callsOf = (
  { views, cloud }: CheckWorld,
  { at, trip }: Applying,
  { group, targetId, isStandby, targetGroups }: Leaving & Readonly<{ group: Group }>,
): readonly RemovalCall[] => {
  const view = views.of(trip.invocation);
  const head = view.heads.get(group.name) as HealHead | undefined;
  const health = group.health as Health;
  const targetsIn = (name: string): readonly Target[] => view.targets.get(name) ?? [];

  return targetGroups.map((name) => ({
    at,
    removal: { targetId },
    isStandby,
    health,
    fleet: group.fleet,
    head,
    seen: view.groups.get(group.autoScalingGroup),
    targets: targetsIn(name),
    targetGroupArn: targetsIn(name)[0]?.targetGroupArn ?? '',
    everywhere: health.watched.flatMap(({ targetGroup }) => targetsIn(targetGroup)),
    isRecovery: head?.inFlight !== undefined,
    inServiceAt: cloud.autoScaling
      .machines(group.autoScalingGroup)
      .find(({ id }) => id === targetId)?.inServiceAt,
    override: view.overrides.get(group.name),
    obstacles: view.obstacles.get(group.autoScalingGroup),
    managed: view.managed,
  }));
};

/** Targets that are meant to serve. */
export const counted = (targets: readonly Target[]): readonly Target[] =>
  targets.filter(({ state }) => !['draining', 'unused'].includes(state));

/** Says whether a target fails as the configuration asks: a member in all its target groups or in any, others in this one. */
export const failsAsAsked = ({
  removal: { targetId },
  health,
  seen,
  targets,
  everywhere,
}: RemovalCall): boolean => {
  const isMember = seen?.instances.some(({ id }) => id === targetId) === true;
  const places = counted(isMember ? everywhere : targets).filter(({ id }) => id === targetId);
  return health.unhealthyIn === 'any' || !isMember
    ? places.some(isFailing)
    : places.length > 0 && places.every(isFailing);
};
