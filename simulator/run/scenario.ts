import type { Configuration, Group } from '../../shared/domain/configuration.ts';
import type { Dice } from '../faults/dice.ts';
import type { GroupSpec } from '../services/auto-scaling/fleet.ts';
import { behaviorOf, metricsOf, rulesOf } from './scenario-rules.ts';

/** A small deployment made up from a seed. */
export type Scenario = Readonly<{ configuration: Configuration; groups: readonly GroupSpec[] }>;

export const scenarioOf = (dice: Dice): Scenario => {
  const groups = Array.from({ length: 1 + dice.pick(3) }, (_, index) => groupOf(dice, index));

  return {
    groups: groups.map((group) => specOf(dice, group)),
    configuration: {
      ...{ groups, alerts: [] },
      channels: [
        {
          ...{ kind: 'slack', name: 'ops', webhookParameter: '/tidegate/slack-webhook' },
          origins: ['https://hooks.slack.com'],
        },
        { kind: 'email', name: 'mail', address: 'ops@example.com' },
      ],
      routes: [
        { on: ['scaled', 'replaced', 'blocked', 'at-max', 'failed'], to: ['ops'] },
        { on: ['blocked', 'failed'], to: ['mail'] },
      ],
    },
  };
};

const groupOf = (dice: Dice, index: number): Group => {
  const name = `g${index}`;
  const hasHealth = dice.random() < 0.6;
  const min = 1 + dice.pick(3);

  return {
    name,
    autoScalingGroup: `${name}-asg`,
    capacity: dice.random() < 0.7 ? { min, max: min + 3 + dice.pick(8) } : {},
    metrics: metricsOf(name),
    rules: rulesOf(dice, name),
    behavior: behaviorOf(dice),
    ...(hasHealth ? { health: healthOf(dice, name) } : {}),
  };
};

const healthOf = (dice: Dice, name: string): NonNullable<Group['health']> => ({
  alarm: `${name}-unhealthy`,
  targetGroup: `targetgroup/${name}/1`,
  loadBalancer: 'app/lb/1',
  unhealthyForSeconds: dice.one([60, 120]) ?? 60,
  action: dice.random() < 0.8 ? 'replace' : 'deregister',
  floorPercent: dice.one([50, 80]) ?? 50,
  ceilingPercent: dice.one([30, 50]) ?? 30,
});

const specOf = (dice: Dice, { autoScalingGroup, capacity, health }: Group): GroupSpec => {
  // The group's own bounds are often wider than ours: others may leave ours behind.
  const min = capacity.min === undefined ? 1 + dice.pick(2) : Math.max(0, capacity.min - 1);
  const max = capacity.max === undefined ? min + 4 + dice.pick(8) : capacity.max + dice.pick(4);

  return {
    ...{ name: autoScalingGroup, min, max, desired: min + dice.pick(max - min + 1) },
    ...{ bootSeconds: () => 40 + dice.pick(200), isManaged: true },
    ...(dice.random() < 0.2 ? { weights: dice.one([[2], [1, 2], [1, 1, 3]]) ?? [1] } : {}),
    ...(dice.random() < 0.5 ? { graceSeconds: dice.one([60, 300]) ?? 60 } : {}),
    ...{ hasHooks: dice.random() < 0.3, warmPool: dice.random() < 0.3 ? 3 : 0 },
    targetGroupArns: targetGroupsOf(dice, health).map(
      (name) => `arn:aws:elasticloadbalancing:us-east-1:123456789012:${name}`,
    ),
  };
};

/** The target group that is watched, and sometimes another one that is not. */
const targetGroupsOf = (dice: Dice, health: Group['health']): readonly string[] => {
  if (health === undefined) return [];
  return dice.random() < 0.3
    ? [health.targetGroup, `${health.targetGroup}-internal`]
    : [health.targetGroup];
};
