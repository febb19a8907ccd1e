import type { Bug } from './bug.ts';

/** Mistakes about who belongs to a fleet. */
export const MEMBER_BUGS: readonly Bug[] = [
  {
    name: 'a page that fails makes members leave',
    file: 'shared/domain/sweep/next-memberships.ts',
    find: 'listing.isWhole || named.has(autoScalingGroup)',
    replace: 'listing.groups.length >= 0 || named.has(autoScalingGroup)',
    theme: 'fleets',
  },
  {
    name: 'of two fleets the first has the group',
    file: 'shared/domain/sweep/next-memberships.ts',
    find: 'fleets.length === 1 ? fleets[0] : undefined',
    replace: 'fleets[0]',
  },
  {
    name: 'news of members is published and kept as untold',
    file: 'shared/app/sweep/look-at-fleets.ts',
    find: 'version: membership.version + 1, untold: [] }',
    replace: 'version: membership.version + 1 }',
  },
  {
    name: 'a condition of a member needs one period less',
    file: 'shared/domain/capacity/watched-alarm.ts',
    find: 'beyond >= datapoints',
    replace: 'beyond >= datapoints - 1',
  },
  {
    name: 'the targets of members never have their turn',
    file: 'shared/domain/sweep/target-look.ts',
    find: '% turns !== 0',
    replace: '% turns >= 0',
    theme: 'sick-fleets',
  },
  {
    name: 'a member takes out whoever fails in its target groups',
    file: 'shared/domain/health/health-observation.ts',
    find: 'if (fleet === undefined) return targets;',
    replace: 'if (fleet === undefined || fleet.name) return targets;',
    theme: 'sick-fleets',
  },
  {
    name: 'targets leave although the group has lost the tags of its fleet',
    file: 'shared/domain/health/guards/guards.ts',
    find: 'isSelected(fleet, state.tags ?? {})',
    replace: 'isSelected(fleet, fleet.tags)',
    theme: 'sick-fleets',
  },
];
