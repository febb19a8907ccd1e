import type { Configuration, Group } from '../../shared/domain/configuration.ts';
import { MINUTE_MS, SECOND_MS } from '../../shared/domain/instant.ts';
import type { Cloud } from '../cloud.ts';
import type { Timeline } from '../kernel/timeline.ts';
import type { Fleet } from '../services/auto-scaling/fleet.ts';
import type { Dice } from './dice.ts';

export type AccidentWorld = Readonly<{
  timeline: Timeline;
  cloud: Cloud;
  dice: Dice;
  configuration: () => Configuration;
}>;

const STEP_MS = 100 * SECOND_MS;

/** Every hundred seconds something may happen to each group, its instances and its targets. */
export const startAccidents = (world: AccidentWorld): void => {
  const { timeline, configuration } = world;
  const step = (): void => {
    for (const group of configuration().groups) {
      happenToGroup(world, group);
      happenToTargets(world, group);
    }
    for (const queue of Object.values(world.cloud.queues)) {
      if (world.dice.strikes('F26', 'dead letters are moved back')) queue.redrive();
    }
    timeline.at(timeline.now() + STEP_MS, step);
  };
  timeline.at(timeline.now() + STEP_MS, step);
};

const happenToGroup = ({ cloud, dice, timeline }: AccidentWorld, group: Group): void => {
  const name = group.autoScalingGroup;
  const pull = (lever: (fleet: Fleet) => void): void => cloud.autoScaling.pull(name, lever);
  const later = (minutes: number, lever: (fleet: Fleet) => void): void =>
    timeline.at(timeline.now() + minutes * MINUTE_MS, () => pull(lever));

  if (dice.strikes('F16', `${name}: bounds move`)) {
    pull((fleet) => {
      fleet.min = dice.pick(4);
      fleet.max = fleet.min + 2 + dice.pick(12);
      fleet.desired = Math.min(Math.max(fleet.desired, fleet.min), fleet.max);
    });
  }
  if (dice.strikes('F17', `${name}: somebody else sets it`)) {
    pull((fleet) => {
      fleet.desired = fleet.min + dice.pick(fleet.max - fleet.min + 1);
    });
  }
  if (dice.strikes('F17', `${name}: the tag is taken off`)) {
    pull((fleet) => {
      fleet.isManaged = false;
    });
    later(1 + dice.pick(10), (fleet) => {
      fleet.isManaged = true;
    });
  }
  if (dice.strikes('F18', `${name}: a process is suspended`)) {
    const process = dice.one(PROCESSES) ?? 'Launch';
    pull((fleet) => fleet.suspended.add(process));
    later(1 + dice.pick(15), (fleet) => fleet.suspended.delete(process));
  }
  if (dice.strikes('F18', `${name}: an instance is special`))
    pull((fleet) => makeSpecial(dice, fleet));
  if (dice.strikes('F19', `${name}: launches fail`)) {
    pull((fleet) => {
      fleet.launchesFailUntil = timeline.now() + dice.pick(10) * MINUTE_MS;
    });
  }
};

const PROCESSES = ['Launch', 'Terminate', 'AlarmNotification', 'ReplaceUnhealthy', 'HealthCheck'];

const makeSpecial = (dice: Dice, fleet: Fleet): void => {
  const machine = dice.one(fleet.machines);
  if (!machine) return;

  const kind = dice.pick(3);
  if (kind === 0) machine.isProtected = true;
  else if (kind === 1) machine.isStandby = !machine.isStandby;
  else machine.oddState = 'Quarantined:New';
};

const REASONS = [
  'Target.FailedHealthChecks',
  'Target.FailedHealthChecks',
  'Target.Timeout',
  'Elb.InternalError',
];

const happenToTargets = ({ cloud, dice, timeline }: AccidentWorld, group: Group): void => {
  if (!dice.strikes('F20', `${group.autoScalingGroup}: targets fail`)) return;

  const machines = cloud.autoScaling.machines(group.autoScalingGroup);
  const count = dice.random() < 0.85 ? 1 : 1 + dice.pick(machines.length);
  const reason = dice.one(REASONS);
  for (const { id } of machines.slice(0, count)) {
    cloud.loadBalancing.fail(id, reason);
    if (dice.random() < 0.5) {
      timeline.at(timeline.now() + dice.pick(10) * MINUTE_MS, () =>
        cloud.loadBalancing.recover(id),
      );
    }
  }
};
