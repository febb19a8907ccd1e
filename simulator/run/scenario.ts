import type { Channel } from '#domain/configuration/channel.ts';
import type { Configuration, Group, Health, Route } from '#domain/configuration/configuration.ts';
import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';
import type { Dice } from '#simulator/faults/dice.ts';
import type { GroupSpec } from '#simulator/services/auto-scaling/fleet.ts';
import { withPools } from './scenario-pools.ts';
import { behaviorOf, metricsOf, rulesOf } from './scenario-rules.ts';
import { withStandbys } from './scenario-standbys.ts';
import type { Make, Theme } from './theme.ts';

/** A small deployment made up from a seed. */
export type Scenario = Readonly<{ configuration: Configuration; groups: readonly GroupSpec[] }>;

export const scenarioOf = (dice: Dice, theme: Theme): Scenario => {
  const { configuration, ...scenario } = scenarioByChance(dice, theme);
  const { groups } = configuration;
  return { ...scenario, configuration: { ...configuration, groups: themed(groups, theme) } };
};

const themed = (groups: readonly Group[], theme: Theme): readonly Group[] => {
  if (theme.kind === 'pooled') return withPools(groups, theme.seed);
  if (theme.kind === 'refused') return groups.map(whichReplaces);
  if (theme.kind === 'standby') return withStandbys(groups);
  return theme.kind === 'shared' ? withSharedAlarm(groups) : groups;
};

const whichReplaces = (group: Group): Group =>
  group.health === undefined
    ? group
    : { ...group, health: { ...group.health, action: 'replace', ceilingPercent: 50 } };

/** Lets the first rule of each group answer to the alarm of the first group. */
const withSharedAlarm = (groups: readonly Group[]): readonly Group[] => {
  const [shared] = groups[0]?.rules ?? [];
  if (shared?.kind !== 'threshold') return groups;
  return groups.map((group) => {
    const [first, ...others] = group.rules;
    return first?.kind === 'threshold'
      ? { ...group, rules: [{ ...first, alarm: shared.alarm }, ...others] }
      : group;
  });
};

const scenarioByChance = (dice: Dice, theme: Theme): Scenario => {
  const makes = Array.from({ length: 1 + dice.pick(3) }, (_, index) =>
    makeOf(dice, theme, index === 0),
  );
  const groups = makes.map((make, index) => groupOf(dice, index, make));

  return {
    groups: groups.map((group, index) => ({
      ...specOf(dice, group, makes[index] ?? SMALL),
      idPrefix: `${index}`,
    })),
    configuration: {
      groups,
      alerts: [],
      channels: [
        {
          kind: 'slack',
          name: 'ops',
          webhookParameter: '/tidegate/slack-webhook',
          origins: ['https://hooks.slack.com'],
          ...(dice.random() < 0.3 ? { perHour: dice.one([1, 3, 10]) ?? 3 } : {}),
        },
        {
          kind: 'email',
          name: 'mail',
          address: 'ops@example.com',
          ...quietnessOf(dice, theme.startsAt),
        },
      ],
      routes: [
        { on: ['blocked', 'at-max', 'failed'], to: ['ops'] },
        { on: ['scaled', 'replaced'], to: ['ops'], ...gatheringOf(dice) },
        { on: ['blocked', 'failed'], to: ['mail'] },
        // Alarms are many, and some deployments want to hear of them.
        ...(dice.random() < 0.4 ? [{ on: ['alarm'], to: ['ops'] } as const] : []),
      ],
      ...reportOf(theme),
    },
  };
};

const reportOf = (theme: Theme): Pick<Configuration, 'report'> => {
  if (theme.kind !== 'report') return {};
  const { every, timezone } = theme;
  return { report: { every, timezone, to: ['ops', 'mail'] } };
};

/** The make of a small group: a few instances, and nothing in particular. */
const SMALL: Make = { size: 0, isEmpty: false };

/** The first group has the theme; the clocks are those of all groups. */
const makeOf = (dice: Dice, theme: Theme, isFirst: boolean): Make => {
  if (theme.kind === 'clocks') return { ...SMALL, change: theme.change };
  if (theme.kind === 'due') return { ...SMALL, due: isFirst ? 'first' : 'other' };
  if (!isFirst) return SMALL;
  const isEmpty = theme.kind === 'empty';
  return { size: theme.kind === 'large' ? 2_500 + 500 * dice.pick(4) : 0, isEmpty };
};

/** Quiet for a part of the time of faults, and not in the end. */
const quietnessOf = (dice: Dice, startsAt: Instant): Pick<Channel, 'quiet'> => {
  if (dice.random() < 0.7) return {};
  const from = startsAt + dice.pick(30) * MINUTE_MS;
  return { quiet: { kind: 'once', from, to: from + (1 + dice.pick(30)) * MINUTE_MS } };
};

const gatheringOf = (dice: Dice): Pick<Route, 'digestSeconds'> =>
  dice.random() < 0.3 ? { digestSeconds: dice.one([60, 300, 600]) ?? 300 } : {};

const groupOf = (dice: Dice, index: number, make: Make): Group => {
  const { size, isEmpty } = make;
  const name = `g${index}`;
  const hasHealth = dice.random() < 0.8 || size > 0;
  const min = isEmpty ? 0 : size + 1 + dice.pick(3) + (hasHealth ? 2 : 0);

  return {
    name,
    autoScalingGroup: `${name}-asg`,
    capacity: isEmpty || dice.random() < 0.7 ? { min, max: min + spanOf(dice, size) } : {},
    metrics: metricsOf(name),
    rules: rulesOf(dice, name, make),
    behavior: behaviorOf(dice, make),
    ...(make.due === undefined ? everyOf(min + index) : { looksWhenDue: true }),
    ...(hasHealth ? { health: healthOf(dice, name, size) } : {}),
  };
};

/** Every fourth group is looked at several times a minute; no die is cast for it, so that all others fall as before. */
const everyOf = (number: number): Pick<Group, 'everySeconds'> =>
  number % 4 === 0 ? { everySeconds: [15, 20, 30][(number / 4) % 3] ?? 15 } : {};

/** So many instances more than its fewest a group may have; a large one is changed by hundreds at once. */
const spanOf = (dice: Dice, size: number): number => (3 + dice.pick(8)) * (size > 0 ? 40 : 1);

/** Those that take targets out and keep an eye on them come as often as those that replace. */
const ACTIONS: readonly Health['action'][] = [
  'auto',
  'replace',
  'replace',
  'deregister',
  'deregister',
  'quarantine',
  'quarantine',
  'quarantine',
];

const healthOf = (dice: Dice, name: string, size: number): Health => ({
  ...watchedBy(dice, name, size),
  unhealthyForSeconds: dice.one([60, 120]) ?? 60,
  action: dice.one(ACTIONS) ?? 'auto',
  floorPercent: dice.one([50, 80]) ?? 50,
  floorCount: dice.one([1, 1, 2]) ?? 1,
  ceilingPercent: dice.one([30, 50]) ?? 30,
  pace: { targets: dice.one([1, 3, 10]) ?? 3, percent: 10, perSeconds: 3_600 },
  ...(dice.random() < 0.8 ? { probationSeconds: dice.one([120, 600]) ?? 600 } : {}),
  quarantine: { seconds: dice.one([600, 3_600]) ?? 600, isReplaced: dice.random() < 0.7 },
});

/** One target group, or two that the same instances are registered in; three of a large group. */
const watchedBy = (
  dice: Dice,
  name: string,
  size: number,
): Pick<Health, 'watched' | 'unhealthyIn'> => ({
  watched: watchedSuffixes(dice, size).map((suffix) => ({
    alarm: `${name}-unhealthy${suffix}`,
    targetGroup: `targetgroup/${name}${suffix}/1`,
    loadBalancer: 'app/lb/1',
  })),
  unhealthyIn: dice.one(['all', 'all', 'any'] as const) ?? 'all',
});

const watchedSuffixes = (dice: Dice, size: number): readonly string[] => {
  if (size > 0) return ['', '-internal', '-canary'];
  return dice.random() < 0.45 ? ['', '-internal'] : [''];
};

/** A target group takes a thousand targets, unless somebody has asked for more. */
const MOST_TARGETS = 1_000;

const specOf = (
  dice: Dice,
  { autoScalingGroup, capacity, health }: Group,
  make: Make,
): GroupSpec => {
  const { size } = make;
  // The group's own bounds are often wider than ours: others may leave ours behind.
  const min = capacity.min === undefined ? size + 1 + dice.pick(2) : Math.max(0, capacity.min - 1);
  const max = capacity.max === undefined ? min + 4 + dice.pick(8) : capacity.max + dice.pick(4);

  return {
    name: autoScalingGroup,
    min,
    max,
    desired: desiredOf(dice, make, [min, max]),
    bootSeconds: () => 40 + dice.pick(200),
    isManaged: true,
    baseline: size,
    hasLongIds: size > 0,
    ...(size > 0 ? { mostTargets: MOST_TARGETS } : {}),
    ...(size === 0 && dice.random() < 0.2
      ? { weights: dice.one([[2], [1, 2], [1, 1, 3]]) ?? [1] }
      : {}),
    ...(dice.random() < 0.5 ? { graceSeconds: dice.one([60, 300]) ?? 60 } : {}),
    ...(dice.random() < 0.2 ? { healthCheckType: 'ELB' } : {}),
    hasHooks: dice.random() < 0.3,
    warmPool: dice.random() < 0.3 ? 3 : 0,
    targetGroupArns: targetGroupsOf(dice, health).map(
      (name) => `arn:aws:elasticloadbalancing:us-east-1:123456789012:${name}`,
    ),
  };
};

const desiredOf = (dice: Dice, { isEmpty }: Make, [min, max]: readonly [number, number]): number =>
  isEmpty ? 0 : min + dice.pick(max - min + 1);

/** The target group that is watched, and sometimes another one that is not. */
const targetGroupsOf = (dice: Dice, health: Group['health']): readonly string[] => {
  if (health === undefined) return [];
  const watched = health.watched.map(({ targetGroup }) => targetGroup);
  return dice.random() < 0.3 ? [...watched, `${watched[0]}-other`] : watched;
};
