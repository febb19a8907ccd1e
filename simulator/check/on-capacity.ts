import type { Group } from '#domain/configuration/configuration.ts';
import type { CapacityDecision } from '#domain/ledger/decision.ts';
import type { ScaleHead } from '#domain/ledger/head.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Trip } from '../history.ts';
import { type CheckWorld, groupBy, type Judgement, type Watch } from './check-world.ts';
import { narrowedBy, withStandby } from './narrowed.ts';
import type { View } from './views.ts';

/** A SetDesiredCapacity at the moment when it takes effect. */
export type CapacityCall = Readonly<{
  at: Instant;
  trip: Trip;
  group: Group;
  capacity: number;
  view: View;
  /** The group as this invocation read it last. */
  seen: GroupState | undefined;
  /** The group as it is. */
  truth: GroupState | undefined;
  /** The plan in the ledger as it is. */
  plan: CapacityDecision | undefined;
  /** The plan was there already when the invocation read the ledger. */
  isReissue: boolean;
  /** The ledger as the invocation read it last. */
  head: ScaleHead | undefined;
}>;

/** A watch over every call that sets a capacity. */
export const onCapacity =
  (judge: (call: CapacityCall) => readonly Judgement[]) =>
  (world: CheckWorld): Watch => ({
    onEvent: (event) => {
      if (event.kind !== 'applying' || event.trip.action !== 'SetDesiredCapacity') return [];
      const call = callOf(world, event.trip, event.at);
      return call === undefined
        ? [`a group that is not configured was set: ${JSON.stringify(event.trip.input)}`]
        : judge(call);
    },
  });

const callOf = (world: CheckWorld, trip: Trip, at: Instant): CapacityCall | undefined => {
  const { name, capacity } = trip.input as { name: string; capacity: number };
  const scene = sceneOf(world, { trip, name, at });
  return scene && { ...scene, capacity };
};

/** All that is known about a call that changes a group, at the moment when it takes effect. */
export const sceneOf = (
  { cloud, views, configurationOf }: CheckWorld,
  { trip, name, at }: Readonly<{ trip: Trip; name: string; at: Instant }>,
): Omit<CapacityCall, 'capacity'> | undefined => {
  const group = groupBy(configurationOf(trip.invocation), name);
  if (group === undefined) return undefined;

  const view = views.of(trip.invocation);
  const head = view.heads.get(group.name) as ScaleHead | undefined;
  return {
    at,
    trip,
    group,
    view,
    head,
    isReissue: head?.inFlight !== undefined,
    seen: view.groups.get(name),
    truth: cloud.autoScaling.truth(name),
    plan: cloud.scaleLedger.head(group.name)?.inFlight?.decision,
  };
};

/** The call in words. */
export const what = ({ trip, group, capacity }: CapacityCall): string =>
  `${trip.invocation.id} set ${group.name} to ${capacity}`;

/** A change that no rule asks for: back within bounds, to a pin, or to what was there before. */
export const isCorrection = ({ plan }: CapacityCall): boolean =>
  plan !== undefined && CORRECTIONS.includes(plan.reason);

const CORRECTIONS = ['BelowMinimum', 'AboveMaximum', 'Pinned', 'Restored', 'RolledBack'];

/** The bounds that hold for a group as the invocation read it, with what schedules make of them. */
export const boundsOf = (
  { group, seen, view, plan }: CapacityCall,
  now: Instant,
): readonly [number, number] => {
  const [low, high] = [seen?.capacityMin ?? 0, seen?.capacityMax ?? 0];
  const { min = low, max = high } = group.capacity;
  const own = [clamp(min, low, high), clamp(max, low, high)] as const;
  const isStopped = seen?.suspendedProcesses.includes('ScheduledActions') === true;
  const rules = group.rules.filter(({ kind }) => kind !== 'schedule' || !isStopped);
  const bounds = narrowedBy(view.overrides.get(group.name), {
    group: { ...group, rules },
    now,
    own,
  });
  return withStandby(group, bounds, plan?.bounds);
};

const clamp = (value: number, min: number, max: number): number =>
  Math.min(Math.max(value, min), max);
