import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import { MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';
import type { Timeline } from '#simulator/kernel/timeline.ts';
import type { Theme } from '#simulator/run/theme.ts';
import type { Cloud } from '../cloud.ts';
import type { Dice } from './dice.ts';
import { GROUP_ACCIDENTS } from './group-accidents.ts';

export type AccidentWorld = Readonly<{
  timeline: Timeline;
  cloud: Cloud;
  dice: Dice;
  configuration: () => Configuration;
  theme: Theme;
}>;

const STEP_MS = 100 * SECOND_MS;
const DAY_MS = 1_440 * MINUTE_MS;

/** Every hundred seconds something may happen to each group, its instances and its targets. */
export const startAccidents = (world: AccidentWorld): void => {
  const { timeline, configuration } = world;
  const step = (): void => {
    for (const group of configuration().groups) {
      happenToGroup(world, group);
      happenToTargets(world, group);
      happenToMemory(world, group);
    }
    for (const queue of queuesIn(world)) {
      if (world.dice.strikes('F26', 'dead letters are moved back')) queue.redrive();
    }
    timeline.at(timeline.now() + STEP_MS, step);
  };
  timeline.at(timeline.now() + STEP_MS, step);
};

/** The queue of shards is used by few themes: no die is cast for it in other runs, which stay as they were. */
const queuesIn = ({ cloud, theme }: AccidentWorld) => {
  const { sweep, ...others } = cloud.queues;
  const hasShards = theme.kind === 'shards' || theme.kind === 'sick-fleets';
  return [...Object.values(others), ...(hasShards ? [sweep] : [])];
};

const happenToGroup = ({ cloud, dice, timeline }: AccidentWorld, group: Group): void => {
  const name = group.autoScalingGroup;
  for (const { kind, detail, happen } of GROUP_ACCIDENTS) {
    if (!dice.strikes(kind, `${name}: ${detail}`)) continue;
    happen({
      dice,
      cloud,
      name,
      group: group.name,
      now: timeline.now(),
      pull: (lever) => cloud.autoScaling.pull(name, lever),
      later: (minutes, job) => timeline.at(timeline.now() + minutes * MINUTE_MS, job),
    });
  }
};

/** Records of many instances are more than this, packed; those of others are less. */
const LARGE_WRITE = 24 * 1_024;

const happenToMemory = (
  { cloud, dice, timeline, theme }: AccidentWorld,
  { name, health }: Group,
): void => {
  const later = (job: () => void): void =>
    timeline.at(timeline.now() + (1 + dice.pick(12)) * MINUTE_MS, job);

  if (dice.strikes('F37', `${name}: its memory cannot be read`)) {
    const ledger = dice.pick(2) === 0 ? cloud.scaleLedger : cloud.healLedger;
    ledger.damage(name, 'damaged on purpose');
    later(() => ledger.damage(name, undefined));
  }
  if (dice.strikes('F39', `${name}: a clock was a day ahead`)) {
    cloud.scaleLedger.jump(name, DAY_MS);
    cloud.healLedger.jump(name, DAY_MS);
  }
  throttleRecords({ cloud, dice, theme }, later);
  const targetGroup = health?.watched[0]?.targetGroup;
  if (targetGroup !== undefined && dice.strikes('F38', `${targetGroup} is gone`)) {
    cloud.loadBalancing.hide(targetGroup, true);
    later(() => cloud.loadBalancing.hide(targetGroup, false));
  }
};

/** Half of the time it never ends: a decision must not depend on its record. An entry that is there can be closed. */
const throttleRecords = (
  { cloud, dice, theme }: Pick<AccidentWorld, 'cloud' | 'dice' | 'theme'>,
  later: (job: () => void) => void,
): void => {
  if (theme.kind !== 'large' || !dice.strikes('F23', 'the table throttles large writes')) return;
  const { table } = dice.pick(2) === 0 ? cloud.scaleLedger : cloud.healLedger;
  table.throttle((bytes) => bytes > LARGE_WRITE);
  if (dice.pick(2) === 0) later(() => table.throttle(() => false));
};

const REASONS = [
  'Target.FailedHealthChecks',
  'Target.FailedHealthChecks',
  'Target.Timeout',
  'Elb.InternalError',
];

const happenToTargets = ({ cloud, dice, timeline }: AccidentWorld, group: Group): void => {
  if (!dice.strikes('F20', `${group.autoScalingGroup}: targets fail`)) return;

  const members = cloud.autoScaling.machines(group.autoScalingGroup).map(({ id }) => id);
  const count = dice.random() < 0.85 ? 1 : 1 + dice.pick(members.length);
  const reason = dice.one(REASONS);
  const failing = dice.random() < 0.1 ? [OUTSIDER] : members.slice(0, count);
  for (const id of failing) {
    const places = group.health?.watched.length ?? 0;
    const place = places > 1 && dice.random() < 0.4 ? dice.one(arnsOf(cloud, group)) : undefined;
    cloud.loadBalancing.fail(id, reason, place);
    replaceByItself({ cloud, timeline }, group, id);
    if (dice.random() < 0.5) {
      timeline.at(timeline.now() + dice.pick(10) * MINUTE_MS, () =>
        cloud.loadBalancing.recover(id),
      );
    }
  }
};

const arnsOf = (
  cloud: Cloud,
  { autoScalingGroup }: Pick<Group, 'autoScalingGroup'>,
): readonly string[] => cloud.autoScaling.truth(autoScalingGroup)?.targetGroupArns ?? [];

/** With health checks of the type ELB the group sees by itself who fails. */
const replaceByItself = (
  { cloud, timeline }: Pick<AccidentWorld, 'cloud' | 'timeline'>,
  { autoScalingGroup }: Group,
  id: string,
): void => {
  if (cloud.autoScaling.truth(autoScalingGroup)?.healthCheckType !== 'ELB') return;
  timeline.at(timeline.now() + 2 * MINUTE_MS, () => {
    const isSick = arnsOf(cloud, { autoScalingGroup })
      .flatMap((arn) => cloud.loadBalancing.truth(arn.slice(arn.indexOf('targetgroup/'))))
      .some((target) => target.id === id && target.state === 'unhealthy');
    if (!isSick) return;
    cloud.autoScaling.pull(autoScalingGroup, ({ machines }) => {
      for (const machine of machines) if (machine.id === id) machine.isHealthy = false;
    });
  });
};

/** An address that somebody registered with the target groups by hand, and that belongs to no group. */
export const OUTSIDER = '10.0.0.7';
