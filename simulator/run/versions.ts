import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import type { Dice } from '#simulator/faults/dice.ts';
import type { Invocation } from '../history.ts';

/** The configuration, which a deployment may change; for a while old and new functions both run. */
export const createVersions = (dice: Dice, initial: Configuration) => {
  const used = new Map<string, Configuration>();
  let [before, now] = [initial, initial];

  return {
    current: (): Configuration => now,
    of: ({ id }: Invocation): Configuration => used.get(id) ?? now,
    choose: ({ id }: Invocation): Configuration => {
      if (dice.strikes('F33', 'a deployment changes the rules')) {
        before = now;
        now = changed(dice, now);
      }
      const chosen = dice.strikes('F12', 'a function of the deployment before') ? before : now;
      used.set(id, chosen);
      return chosen;
    },
  };
};

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
