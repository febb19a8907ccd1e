import type { HealHead } from '#domain/ledger/head.ts';
import { MINUTE_MS } from '#domain/time/instant.ts';
import type { HistoryEvent } from '../history.ts';
import { type Checker, unless } from './check-world.ts';
import { writeOf } from './ledger.ts';
import { ofEachGroup } from './liveness.ts';
import { onRemoval } from './on-removal.ts';

export const healedMembersCarryTheirTags: Checker = {
  id: 'S87',
  promise: 'no target of a member leaves that does not carry the tags of its fleet, as last read',
  watch: onRemoval(({ removal, fleet, seen }) => {
    if (fleet === undefined) return [];
    const carried = seen?.tags ?? {};
    const isSelected = Object.entries(fleet.tags).every(([key, value]) => carried[key] === value);
    return unless(isSelected, () => {
      return `${removal.targetId} left for ${fleet.name}, though its group carries ${JSON.stringify(carried)}`;
    });
  }),
};

export const membersTouchTheirOwn: Checker = {
  id: 'S91',
  promise: 'a member takes out its own instances alone, whoever shares its target groups',
  watch: (world) => ({
    onEvent: (event) => {
      const write = writeOf(event);
      // Who finishes a plan of before decides nothing.
      if (write?.entry?.kind !== 'open' || event.kind !== 'applying') return [];
      const { group, head } = write;
      const { removals = [] } = (head as HealHead).inFlight?.decision ?? {};
      const member = world
        .configurationOf(event.trip.invocation)
        .groups.find(({ name }) => name === group);
      if (member?.fleet === undefined) return [];
      const { instances = [] } =
        world.views.of(event.trip.invocation).groups.get(member.autoScalingGroup) ?? {};
      return removals.flatMap(({ targetId }) =>
        unless(
          instances.some(({ id }) => id === targetId),
          () => `${group} planned to take out ${targetId}, which is no instance of its own`,
        ),
      );
    },
  }),
};

/** More than all turns of the few members of a simulation, and a sweep or two that are late. */
const UNTIL_LOOKED_MS = 10 * MINUTE_MS;

export const targetsOfMembersAreLookedAt: Checker = {
  id: 'L74',
  promise: 'the targets of each member of a fleet with health are looked at again and again',
  watch: (world) => {
    const lookedAt = new Map<string, number>();
    const judge = ofEachGroup(({ name, autoScalingGroup, fleet, health }, { timeline, cloud }) => {
      const state = cloud.autoScaling.truth(autoScalingGroup);
      if (fleet === undefined || health === undefined || state?.isBeingDeleted !== false) return [];
      return health.watched.flatMap(({ targetGroup }) => {
        const ago = timeline.now() - (lookedAt.get(targetGroup) ?? 0);
        return unless(ago < UNTIL_LOOKED_MS, () => {
          return `nobody has looked at ${targetGroup} of ${name} for ${ago} ms`;
        });
      });
    })(world);
    return {
      onEvent: (event: HistoryEvent) => {
        if (event.kind === 'answered' && event.trip.action === 'DescribeTargetHealth') {
          lookedAt.set(String(event.trip.input), event.at);
        }
        return [];
      },
      atEnd: judge.atEnd,
    };
  },
};
