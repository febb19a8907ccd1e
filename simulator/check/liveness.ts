import type { Group } from '#domain/configuration/configuration.ts';
import type { Reason } from '#domain/ledger/reason.ts';
import type { Instant } from '#domain/time/instant.ts';
import { type Checker, type CheckWorld, type Judgement, unless } from './check-world.ts';
import { holds, narrowed, narrowedBy, stayingUnits } from './narrowed.ts';

export const ofEachGroup =
  (judge: (group: Group, world: CheckWorld) => readonly Judgement[]) => (world: CheckWorld) => ({
    atEnd: () => world.configuration().groups.flatMap((group) => judge(group, world)),
  });

export const queuesDrain: Checker = {
  id: 'L1',
  promise: 'once it is quiet every message ends',
  watch: ({ cloud }) => ({
    atEnd: () =>
      Object.entries(cloud.queues).flatMap(([name, queue]) =>
        unless(queue.depth() === 0, () => `${queue.depth()} messages are left for ${name}`),
      ),
  }),
};

export const plansEnd: Checker = {
  id: 'L4',
  promise: 'once it is quiet no plan is left in flight',
  watch: ofEachGroup(({ name }, { cloud }) => [
    ...unless(cloud.scaleLedger.head(name)?.inFlight === undefined, () => {
      return `a plan to scale ${name} is left in flight`;
    }),
    ...unless(cloud.healLedger.head(name)?.inFlight === undefined, () => {
      return `a plan to heal ${name} is left in flight`;
    }),
  ]),
};

export const nothingStaysUntold: Checker = {
  id: 'L6',
  promise: 'once it is quiet every outcome is published',
  watch: ofEachGroup(({ name }, { cloud }) => {
    const untold = [
      ...(cloud.scaleLedger.head(name)?.untold ?? []),
      ...(cloud.healLedger.head(name)?.untold ?? []),
    ];
    return unless(untold.length === 0, () => `${untold.length} outcomes of ${name} are untold`);
  }),
};

/** A cooldown's remainder, a sweep, and what both need. */
const PATIENCE_MS = 180_000;
/** Until the slowest instance has booted, one that replaces another too, a breach does not add again, and the wish begins anew. */
const BOOT_SECONDS = 300;

export const reachesWhatRulesWant: Checker = {
  id: 'L2',
  promise: 'while an alarm that adds keeps firing, the group keeps growing, up to its maximum',
  watch: ofEachGroup((group, { cloud, timeline }) => {
    const state = cloud.autoScaling.truth(group.autoScalingGroup);
    const isEmpty = state?.capacityDesired === 0;
    const fires = group.rules.some((rule) => {
      if (rule.kind !== 'threshold' || rule.isShadow) return false;
      const { alarm, adjustment } = rule;
      const seen = cloud.alarms.truth(alarm.name);
      // A share of nothing is nothing: such a rule never leads away from zero.
      const adds = adjustment.kind === 'add' && (adjustment.unit === 'capacity' || !isEmpty);
      return adds && seen?.state === 'ALARM' && seen.actionsEnabled;
    });
    // A rule that says "fail" without data lets nothing move.
    const mayFail = group.rules.some((rule) => 'onMissing' in rule && rule.onMissing === 'fail');
    const isHeld =
      mayFail ||
      !state?.isManaged ||
      state.isBeingDeleted ||
      state.suspendedProcesses.length > 0 ||
      holds(cloud.overrides.get(group.name), timeline.now() - PATIENCE_MS) ||
      !fires;
    if (isHeld) return [];

    const { capacityMin, capacityMax, capacityDesired } = state;
    const clamp = (value: number): number => Math.min(Math.max(value, capacityMin), capacityMax);
    const launches = cloud.autoScaling.machines(group.autoScalingGroup);
    const last = Math.max(
      cloud.scaleLedger.head(group.name)?.lastScaleOut?.at ?? 0,
      ...launches.map(({ launchedAt }) => launchedAt),
    );
    const { cooldownSeconds, stabilizeSeconds, limits } = group.behavior.scaleOut;
    const rates = limits.map(({ periodSeconds }) => periodSeconds);
    const { onForeignChange } = group.behavior;
    const respect = typeof onForeignChange === 'object' ? onForeignChange.hold : 0;
    const waitSeconds =
      Math.max(cooldownSeconds, BOOT_SECONDS, ...rates) + stabilizeSeconds + respect;
    const wait = waitSeconds * 1_000 + PATIENCE_MS;
    // A maximum that a schedule has lifted just now was the wish until then.
    const own = [
      clamp(group.capacity.min ?? capacityMin),
      clamp(group.capacity.max ?? capacityMax),
    ] as const;
    const most = [0, wait].map((ago) => narrowed(group, timeline.now() - ago, own)[1]);
    const wanted = Math.min(...most);
    const isPending = state.instances.some((each) => each.lifecycleState.startsWith('Pending'));
    const isOnItsWay = isPending || timeline.now() - last < wait;
    return unless(capacityDesired >= wanted || isOnItsWay, () => {
      return `${group.name} stays at ${capacityDesired} of ${wanted} though an alarm fires`;
    });
  }),
};

export const endsWithinBounds: Checker = {
  id: 'L3',
  promise: 'once it is quiet every group that is ours stands within its bounds',
  watch: (world) => {
    const busyAt = new Map<string, Instant>();
    const judge = ofEachGroup((group, { timeline }) => {
      const ago = timeline.now() - (busyAt.get(group.name) ?? Number.NEGATIVE_INFINITY);
      return ago < PATIENCE_MS ? [] : judgeBounds(group, world);
    })(world);
    return {
      onEvent: (event) => {
        const decision =
          event.kind === 'noted' && event.note.kind === 'decided' ? event.note.decision : undefined;
        if (decision !== undefined && BUSY.includes(decision.reason)) {
          busyAt.set(decision.group, event.at);
        }
        return [];
      },
      atEnd: judge.atEnd,
    };
  },
};

/** Acts of somebody else on a group that removals wait for. */
const BUSY: readonly Reason[] = ['InstanceRefreshActive', 'StackUpdateActive', 'ZonalShiftActive'];

const judgeBounds = (group: Group, { cloud, timeline }: CheckWorld): readonly Judgement[] => {
  const state = cloud.autoScaling.truth(group.autoScalingGroup);
  if (!state?.isManaged || state.isBeingDeleted || state.suspendedProcesses.length > 0) return [];

  const { capacityMin, capacityMax, capacityDesired } = state;
  const clamp = (value: number): number => Math.min(Math.max(value, capacityMin), capacityMax);
  const own = [
    clamp(group.capacity.min ?? capacityMin),
    clamp(group.capacity.max ?? capacityMax),
  ] as const;
  const override = cloud.overrides.get(group.name);
  const moments = [0, PATIENCE_MS].map((ago) => timeline.now() - ago);
  if (moments.some((now) => holds(override, now) && override.kind === 'pause')) return [];
  if (cloud.autoScaling.underWay(group.autoScalingGroup).length > 0) return [];
  // Bounds that a schedule moves just now are kept a moment later.
  const limits = moments.map((now) => narrowedBy(override, { group, now, own }));
  const low = Math.min(...limits.map(([min]) => min));
  const high = Math.max(...limits.map(([, max]) => max));
  const most = Math.max(high, stayingUnits(state));
  return unless(capacityDesired >= low && capacityDesired <= most, () => {
    return `${group.name} stands at ${capacityDesired}, outside ${low} to ${high}`;
  });
};
