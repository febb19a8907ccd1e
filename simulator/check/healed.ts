import type { Group, Health } from '#domain/configuration/configuration.ts';
import { memberName } from '#domain/configuration/fleet.ts';
import { type FailOpen, keyOf, type Target } from '#domain/health/health-observation.ts';
import type { Removal } from '#domain/ledger/decision.ts';
import type { HealHead } from '#domain/ledger/head.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import { isLeaving, type Machine } from '#simulator/services/auto-scaling/machine.ts';
import type { Place } from '#simulator/services/load-balancing/registrations.ts';
import type { HistoryEvent } from '../history.ts';
import { type Checker, type CheckWorld, unless } from './check-world.ts';
import { ofEachGroup } from './liveness.ts';
import { counted, isFailing, isSick } from './on-removal.ts';

/** Processes without which nothing is replaced. */
const NEEDED = ['ReplaceUnhealthy', 'Launch', 'Terminate', 'HealthCheck', 'AlarmNotification'];

/** Two sightings, a replacement before, and what both need. */
const PATIENCE_MS = 900_000;

const mayHeal = (state: GroupState): boolean =>
  state.isManaged &&
  !state.isBeingDeleted &&
  !NEEDED.some((process) => state.suspendedProcesses.includes(process));

/** Everything that the group wants is in service, and nothing of it is marked unhealthy. */
const isWhole = ({ instances, capacityDesired }: GroupState): boolean => {
  const serving = instances.filter(({ lifecycleState }) => lifecycleState === 'InService');
  const units = serving.reduce((sum, { weight }) => sum + weight, 0);
  return units >= capacityDesired && serving.every(({ isHealthy }) => isHealthy);
};

/** Few enough fail, and enough are healthy. */
const isWithinLimits = (all: readonly Target[], health: Health, open: FailOpen): boolean => {
  const healthy = all.filter(({ state }) => state === 'healthy').length;
  const most = Math.max(1, Math.floor((all.length * health.ceilingPercent) / 100));
  const share = Math.max(health.floorPercent, open.percent);
  const least = Math.max(health.floorCount, open.count, Math.ceil((all.length * share) / 100));
  return all.filter(isSick).length <= most && healthy >= least;
};

const isPlain = ({ instances }: GroupState, id: string): boolean => {
  const member = instances.find((instance) => instance.id === id);
  return !member || (member.lifecycleState === 'InService' && !member.isProtected);
};

/** Members that the group replaces by itself are left to it. */
const isTheirs = (state: GroupState, { action }: Health): boolean =>
  action === 'auto' && state.healthCheckType === 'ELB';

const hasPaceLeft = ({ pace }: Health, head: HealHead | undefined, size: number): boolean =>
  (head?.removals.length ?? 0) < Math.max(pace.targets, Math.floor((size * pace.percent) / 100));

/** An instance that is put aside without another in its place makes the group smaller, which MinSize may forbid. */
const mayShrink = (
  { capacityDesired, capacityMin, instances }: GroupState,
  { action, quarantine }: Health,
): boolean =>
  action !== 'quarantine' ||
  quarantine.isReplaced ||
  capacityDesired - Math.max(0, ...instances.map(({ weight }) => weight)) >= capacityMin;

/** A sweep, the evaluation that it asks for, and another try of both. */
const DELAY_MS = 240_000;

/** Nobody came into service since the last looks, and no target was tried again: either may be what the floor waited for. */
const hasSettled = (
  machines: readonly Machine[],
  head: HealHead | undefined,
  now: Instant,
): boolean =>
  [
    ...machines.map(({ inServiceAt }) => inServiceAt),
    ...Object.values(head?.probations ?? {}).map(({ returnedAt = 0 }) => returnedAt),
  ].every((at) => now - at >= DELAY_MS);

/** Nothing about the group itself is in the way. */
const isFree = (state: GroupState, health: Health): boolean =>
  isWhole(state) && mayShrink(state, health);

/** A target that was just tried again has its time to fail anew, and one whose removal was undone is left alone. */
const isSpared = (head: HealHead | undefined, target: Target, now: Instant): boolean => {
  const { returnedAt = 0, unfinished, seconds = 0 } = head?.probations[keyOf(target)] ?? {};
  const rest = unfinished === undefined ? 0 : seconds * SECOND_MS;
  return now - returnedAt < rest + PATIENCE_MS;
};

export const sickTargetsLeave: Checker = {
  id: 'L2h',
  promise: 'a target that keeps failing is taken out, once nothing forbids it any more',
  watch: ofEachGroup(({ name, autoScalingGroup, health, fleet }, { cloud, timeline }) => {
    const state = cloud.autoScaling.truth(autoScalingGroup);
    const [watched] = health?.watched ?? [];
    if (!health || !watched || !state || !mayHeal(state) || isTheirs(state, health)) return [];
    // Who fails in one of two target groups only may stay for ever.
    if (health.action === 'notify' || health.watched.length > 1) return [];
    const alarm = cloud.alarms.truth(watched.alarm);
    if (alarm?.state !== 'ALARM' || timeline.now() - alarm.since < PATIENCE_MS) return [];

    const targets = counted(cloud.loadBalancing.truth(watched.targetGroup));
    const head = cloud.healLedger.head(name);
    const left = targets
      .filter(({ id }) => isPlain(state, id))
      // A member answers for its own instances alone.
      .filter(({ id }) => fleet === undefined || state.instances.some((each) => each.id === id))
      .filter(isFailing)
      .filter((target) => !isSpared(head, target, timeline.now()));
    const open = cloud.loadBalancing.failOpenOf(targets[0]?.targetGroupArn ?? '');
    const machines = cloud.autoScaling.machines(autoScalingGroup);
    const isStuck =
      left.length > 0 &&
      isFree(state, health) &&
      hasSettled(machines, head, timeline.now()) &&
      isWithinLimits(targets, health, open);
    const mayStill = hasPaceLeft(health, head, targets.length);
    return unless(
      !(isStuck && mayStill),
      () => `${left[0]?.id} of ${name} keeps failing and stays`,
    );
  }),
};

export const targetsComeBack: Checker = {
  id: 'L2p',
  promise: 'a target that was taken out is tried again, once nothing forbids it any more',
  watch: ofEachGroup(({ name, autoScalingGroup, health }, { cloud, timeline }) => {
    const state = cloud.autoScaling.truth(autoScalingGroup);
    if (!health || !state || !mayHeal(state)) return [];
    if (cloud.overrides.get(name) !== undefined) return [];

    const late = Object.values(cloud.healLedger.head(name)?.probations ?? {})
      .filter(({ returnedAt, until }) => !returnedAt && timeline.now() - until > PATIENCE_MS)
      .filter(({ targetId }) => isPlain(state, targetId));
    return unless(late.length === 0, () => `${late[0]?.targetId} of ${name} is out for ever`);
  }),
};

/** The memory of a group: under its name, and as a member of each fleet that it may have been in. */
const headsOf = (
  { name, autoScalingGroup }: Pick<Group, 'name' | 'autoScalingGroup'>,
  { cloud, configuration }: CheckWorld,
): readonly HealHead[] =>
  [
    name,
    ...(configuration().fleets ?? []).map((fleet) => memberName(fleet.name, autoScalingGroup)),
  ].flatMap((each) => cloud.healLedger.head(each) ?? []);

/** A registration that was taken out, and whether the removal promised anything about it. */
type TakenOut = Readonly<{ key: string; isPromised: boolean }>;

const takenOutIn = (event: HistoryEvent): TakenOut | undefined => {
  if (event.kind !== 'applying' || event.trip.action !== 'DeregisterTargets') return undefined;
  const removal = event.trip.input as Removal;
  const { targetGroupArn, targetId, probationSeconds, instanceId } = removal;
  return {
    key: `${targetGroupArn} ${targetId}`,
    isPromised: probationSeconds !== undefined || instanceId !== undefined,
  };
};

export const nobodyIsLost: Checker = {
  id: 'L2o',
  promise: 'whoever was taken out is back, marked, aside, on probation, on its way out or gone',
  watch: (world) => {
    // Without a probation and without a replacement nobody promised to put back who was only deregistered.
    const isPromised = new Map<string, boolean>();
    const judge = ofEachGroup(({ name, autoScalingGroup }, { cloud }) => {
      const machines = new Map(
        cloud.autoScaling.machines(autoScalingGroup).map((machine) => [machine.id, machine]),
      );
      const attached = cloud.autoScaling.truth(autoScalingGroup)?.targetGroupArns ?? [];
      const isOurs = ({ arn }: Place): boolean => attached.includes(arn);
      const known = headsOf({ name, autoScalingGroup }, world).flatMap(({ probations }) =>
        Object.values(probations),
      );

      const isAccounted = ({ arn, id }: Place): boolean => {
        if (known.some((each) => each.targetGroupArn === arn && each.targetId === id)) return true;
        const machine = machines.get(id);
        if (!machine) return !cloud.loadBalancing.others(arn).includes(id);
        return !machine.isHealthy || machine.isStandby || isLeaving(machine);
      };

      return cloud.loadBalancing
        .away()
        .filter(isOurs)
        .filter(({ arn, id }) => isPromised.get(`${arn} ${id}`) !== false)
        .flatMap((place) =>
          unless(isAccounted(place), () => `${place.id} of ${name} was taken out and is lost`),
        );
    })(world);

    return {
      onEvent: (event) => {
        const taken = takenOutIn(event);
        if (taken !== undefined) isPromised.set(taken.key, taken.isPromised);
        return [];
      },
      atEnd: judge.atEnd,
    };
  },
};
