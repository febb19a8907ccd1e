import type { Configuration, Fleet, Group } from '#domain/configuration/configuration.ts';
import { memberOf } from '#domain/configuration/fleet.ts';
import type { Rule } from '#domain/configuration/rule.ts';
import { MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';
import type { Dice } from '#simulator/faults/dice.ts';
import { createRandom } from '#simulator/kernel/random.ts';
import type { Timeline } from '#simulator/kernel/timeline.ts';
import type { GroupSpec } from '#simulator/services/auto-scaling/fleet.ts';
import type { Cloud } from '../cloud.ts';
import { metricsOf } from './scenario-rules.ts';

type Tags = Readonly<Record<string, string>>;

/** A change of the tags of a group by its owner, in the middle of a run. */
type Retagging = Readonly<{ minute: number; autoScalingGroup: string; tags: Tags }>;

/** Two fleets, the groups that may belong to them, and who joins and leaves when. */
export type FleetScenario = Readonly<{
  fleets: readonly Fleet[];
  groups: readonly GroupSpec[];
  retaggings: readonly Retagging[];
}>;

export const NO_FLEETS: FleetScenario = { fleets: [], groups: [], retaggings: [] };

const POOL: Tags = { tier: 'pool' };
const BLUE: Tags = { color: 'blue' };

/**
 * Fleets made up from a seed by a stream of chance of their own, so that nothing else of the run depends on it: of six
 * groups some are members from the start, one joins, one leaves, one moves, and one is selected by both fleets.
 */
export const fleetScenarioOf = (seed: number): FleetScenario => {
  const random = createRandom(seed * 7_919 + 13);
  const minute = (from: number): number => from + Math.floor(12 * random());
  const names = Array.from({ length: 6 }, (_, index) => `m${index}-asg`);
  const [, , , joining = '', leaving = '', both = ''] = names;
  const fleetOf = (name: string, tags: Tags): Fleet => ({
    name,
    tags,
    template: templateOf(1 + Math.floor(2 * random())),
  });
  const beginning = [POOL, POOL, BLUE, {}, POOL, POOL];

  return {
    fleets: [fleetOf('pool', POOL), fleetOf('blue', BLUE)],
    groups: names.map((name, index) =>
      specOf(name, index, { random, tags: beginning[index] ?? {} }),
    ),
    retaggings: [
      { minute: minute(5), autoScalingGroup: joining, tags: POOL },
      { minute: minute(20), autoScalingGroup: leaving, tags: {} },
      { minute: minute(38), autoScalingGroup: leaving, tags: BLUE },
      { minute: minute(20), autoScalingGroup: both, tags: { ...POOL, ...BLUE } },
    ],
  };
};

/** A condition on the member's own metric that adds, one that removes, and an alarm of each member. */
const templateOf = (min: number): Fleet['template'] => ({
  capacity: { min, max: min + 6 },
  metrics: metricsOf('{autoScalingGroup}'),
  rules: [
    watched('high', ['load', '>', 90], { datapoints: 2, periods: 3 }),
    watched('low', ['load', '<', 40], { datapoints: 4, periods: 4 }),
    {
      kind: 'threshold',
      name: 'late',
      alarm: { kind: 'existing', name: '{autoScalingGroup}-late' },
      adjustment: { kind: 'add', amount: 2, unit: 'capacity' },
      onMissing: 'ignore',
    },
  ],
  behavior: {
    scaleOut: { ...DIRECTION, cooldownSeconds: 60 },
    scaleIn: { ...DIRECTION, cooldownSeconds: 120 },
    warmupSeconds: 0,
    onForeignChange: 'adopt',
  },
});

const DIRECTION = {
  stabilizeSeconds: 0,
  tolerancePercent: 0,
  limits: [],
  select: 'max',
} as const;

const watched = (
  name: string,
  [metric, comparison, threshold]: readonly [string, '>' | '<', number],
  counts: Readonly<{ datapoints: number; periods: number }>,
): Rule => {
  const text = `${metric} ${comparison} ${threshold} for ${counts.datapoints}m of ${counts.periods}m`;
  return {
    kind: 'threshold',
    name,
    alarm: {
      kind: 'watched',
      name: text,
      condition: { text, metric, comparison, threshold, ...counts },
    },
    adjustment: { kind: comparison === '>' ? 'add' : 'remove', amount: 1, unit: 'capacity' },
    onMissing: 'hold',
  };
};

type Made = Readonly<{ random: () => number; tags: Tags }>;

const specOf = (name: string, index: number, { random, tags }: Made): GroupSpec => ({
  name,
  idPrefix: `m${index}`,
  min: 1,
  max: 9,
  desired: 2 + Math.floor(3 * random()),
  bootSeconds: () => 40 + Math.floor(120 * random()),
  isManaged: true,
  tags,
  targetGroupArns: [],
});

/** Has the owners of the groups change their tags when it is time, and now and then by mistake. */
export const startRetagging = (
  world: Readonly<{ timeline: Timeline; cloud: Cloud; dice: Dice }>,
  { groups, retaggings }: FleetScenario,
): void => {
  const { timeline, cloud } = world;
  if (groups.length > 0) startMistakes(world, groups);
  if (groups.some(({ targetGroupArns }) => targetGroupArns.length > 0)) {
    startHastyOwners(world, groups);
  }
  for (const { minute, autoScalingGroup, tags } of retaggings) {
    timeline.at(timeline.now() + minute * MINUTE_MS, () =>
      cloud.autoScaling.pull(autoScalingGroup, (group) => {
        group.tags = tags;
      }),
    );
  }
};

type Owners = Readonly<{ timeline: Timeline; cloud: Cloud; dice: Dice }>;

/** A tag is taken off and soon put back, at moments that no sweep chose. */
const startMistakes = (world: Owners, groups: readonly GroupSpec[]): void => {
  const { timeline } = world;
  const step = (): void => {
    for (const { name } of groups) untagNowAndThen(world, name);
    timeline.at(timeline.now() + 70 * SECOND_MS, step);
  };
  timeline.at(timeline.now() + 31 * SECOND_MS, step);
};

/** So many times likelier than at any other moment somebody takes a group out of its fleet while its targets fail. */
const TRIES_WHILE_SICK = 6;
/** The sweep has asked for looks at targets by then, and they have not come yet. */
const AFTER_SWEEP_MS = 2 * SECOND_MS;

/** Owners take sick groups out of their fleet just when the sweep has found that they belong to it. */
const startHastyOwners = (world: Owners, groups: readonly GroupSpec[]): void => {
  const { timeline, cloud } = world;
  const step = (): void => {
    for (const { name, targetGroupArns } of groups) {
      const isSick = targetGroupArns.some((arn) => hasUnhealthy(cloud, arn));
      const tries = isSick ? TRIES_WHILE_SICK : 0;
      for (let left = tries; left > 0 && !untagNowAndThen(world, name); left -= 1);
    }
    timeline.at(timeline.now() + MINUTE_MS, step);
  };
  timeline.at(timeline.now() + MINUTE_MS + AFTER_SWEEP_MS, step);
};

const hasUnhealthy = ({ loadBalancing }: Cloud, targetGroup: string): boolean =>
  loadBalancing.truth(targetGroup).some(({ state }) => state === 'unhealthy');

/** True when the tags of the group are taken off, for some seconds or minutes. */
const untagNowAndThen = ({ timeline, cloud, dice }: Owners, name: string): boolean => {
  const { tags = {} } = cloud.autoScaling.truth(name) ?? {};
  if (!dice.strikes('F17', `${name}: the tags of its fleet are taken off`)) return false;
  const retag = (next: Tags): void =>
    cloud.autoScaling.pull(name, (group) => {
      group.tags = next;
    });
  retag({});
  timeline.at(timeline.now() + (20 + dice.pick(160)) * SECOND_MS, () => retag(tags));
  return true;
};

/** The groups of a configuration, and every group that may become a member: things happen to all of them alike. */
export const withCandidates = (
  configuration: Configuration,
  scenario: FleetScenario,
): Configuration => {
  const [fleet] = scenario.fleets;
  if (fleet === undefined) return configuration;
  const members = scenario.groups.map(({ name }) => simulatedMember(scenario, fleet, name));
  return { ...configuration, groups: [...configuration.groups, ...members] };
};

/**
 * A member as the file would name it: what happens to it, and who judges it, goes by the target groups that it is attached
 * to. Each of these has an alarm that nothing of ours is bound to.
 */
export const simulatedMember = (
  { groups }: Pick<FleetScenario, 'groups'>,
  fleet: Fleet,
  name: string,
): Group => {
  const member = memberOf(fleet, name);
  const { targetGroupArns = [] } = groups.find((each) => each.name === name) ?? {};
  if (member.health === undefined) return member;
  const watched = targetGroupArns.map((arn) => {
    const targetGroup = arn.slice(arn.indexOf('targetgroup/'));
    return { alarm: `${targetGroup} is unhealthy`, targetGroup, loadBalancer: 'app/lb/1' };
  });
  return { ...member, health: { ...member.health, watched } };
};

/** The groups of a configuration, and those of its fleets that carry their tags at this moment. */
export const withTagged = (
  configuration: Configuration,
  scenario: FleetScenario,
  { autoScaling }: Pick<Cloud, 'autoScaling'>,
): Configuration => {
  const { fleets, groups } = scenario;
  const members = groups.flatMap(({ name }): readonly Group[] => {
    const { tags = {}, isManaged = false } = autoScaling.truth(name) ?? {};
    const selecting = fleets.filter((fleet) =>
      Object.entries(fleet.tags).every(([key, value]) => tags[key] === value),
    );
    const [only] = selecting;
    return isManaged && only !== undefined && selecting.length === 1
      ? [simulatedMember(scenario, only, name)]
      : [];
  });
  return members.length === 0
    ? configuration
    : { ...configuration, groups: [...configuration.groups, ...members] };
};
