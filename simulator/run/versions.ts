import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import { MINUTE_MS } from '#domain/time/instant.ts';
import type { Dice } from '#simulator/faults/dice.ts';
import type { Timeline } from '#simulator/kernel/timeline.ts';
import type { Invocation } from '../history.ts';
import type { Theme } from './theme.ts';

type VersionsWorld = Readonly<{ dice: Dice; timeline: Timeline; theme: Theme }>;

/** A deployment with other bounds comes among the faults, and once more when all is quiet and nothing else asks for a look. */
const BOUNDS_AFTER_MS = [35, 85].map((minutes) => minutes * MINUTE_MS);

/** The configuration, which a deployment may change; for a while old and new functions both run. */
export const createVersions = (
  { dice, timeline, theme }: VersionsWorld,
  initial: Configuration,
) => {
  const used = new Map<string, Configuration>();
  let [before, now] = [initial, initial];
  const deploy = (next: Configuration): void => {
    [before, now] = [now, next];
  };
  if (theme.kind === 'bounds') {
    for (const after of BOUNDS_AFTER_MS) {
      timeline.at(theme.startsAt + after, () => deploy(withNarrowerBounds(now)));
    }
  }

  return {
    current: (): Configuration => now,
    of: ({ id }: Invocation): Configuration => used.get(id) ?? now,
    choose: ({ id }: Invocation): Configuration => {
      if (dice.strikes('F33', 'a deployment changes the rules')) deploy(changed(dice, now));
      const chosen = dice.strikes('F12', 'a function of the deployment before') ? before : now;
      used.set(id, chosen);
      return chosen;
    },
  };
};

/** Groups at one of their bounds stand outside of the new ones. */
const withNarrowerBounds = (configuration: Configuration): Configuration => ({
  ...configuration,
  groups: configuration.groups.map((group) => {
    const { min, max } = group.capacity;
    if (min === undefined || max === undefined) return group;
    const most = Math.max(min + 1, max - 1);
    return { ...group, capacity: { min: Math.min(min + 1, most), max: most } };
  }),
});

/** Now and then somebody takes `health` out of the file while targets are out. */
const HEALTH_LEAVES = 0.03;

const withoutHealth = ({ health: _gone, ...group }: Group): Group => group;

const changed = (dice: Dice, configuration: Configuration): Configuration => ({
  ...configuration,
  groups: configuration.groups.map((group) => ({
    ...(dice.random() < HEALTH_LEAVES ? withoutHealth(group) : group),
    rules: group.rules.map((rule) =>
      rule.kind === 'threshold' && rule.adjustment.kind === 'add'
        ? { ...rule, adjustment: { ...rule.adjustment, amount: 1 + dice.pick(4) } }
        : rule,
    ),
  })),
});
