import type { Configuration } from '#domain/configuration/configuration.ts';
import type { PoolSettings } from '#domain/observed/warm-pool.ts';
import { MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';
import type { Timeline } from '#simulator/kernel/timeline.ts';
import type { Cloud } from '../cloud.ts';
import type { Dice } from './dice.ts';

export type PoolWorld = Readonly<{
  timeline: Timeline;
  cloud: Cloud;
  /** Its chance is of the pools alone. */
  dice: Dice;
  configuration: () => Configuration;
}>;

const STEP_MS = 100 * SECOND_MS;

/** Every hundred seconds something may happen to the warm pool of each group that asks for one. */
export const startPoolAccidents = (world: PoolWorld): void => {
  const { timeline, configuration } = world;
  const step = (): void => {
    for (const { warmPool, autoScalingGroup } of configuration().groups) {
      if (warmPool !== undefined) happenTo(world, autoScalingGroup);
    }
    timeline.at(timeline.now() + STEP_MS, step);
  };
  timeline.at(timeline.now() + STEP_MS, step);
};

const happenTo = ({ cloud, dice, timeline }: PoolWorld, name: string): void => {
  if (dice.strikes('F42', `${name}: its warm pool is refused`)) {
    const until = timeline.now() + (1 + dice.pick(20)) * MINUTE_MS;
    cloud.autoScaling.pull(name, (fleet) => {
      fleet.poolRefusedUntil = until;
    });
  }
  if (dice.strikes('F42', `${name}: somebody else sets its warm pool`)) {
    const settings = settingsBy(dice);
    cloud.autoScaling.pull(name, (fleet) => {
      fleet.pool = { settings, instances: fleet.pool?.instances ?? [] };
    });
  }
  if (dice.strikes('F42', `${name}: its warm pool is deleted`)) {
    cloud.autoScaling.pull(name, (fleet) => {
      if (fleet.pool) fleet.pool.settings = { ...fleet.pool.settings, isBeingDeleted: true };
    });
    timeline.at(timeline.now() + dice.pick(4) * MINUTE_MS, () =>
      cloud.autoScaling.pull(name, (fleet) => {
        if (fleet.pool?.settings.isBeingDeleted) delete fleet.pool;
      }),
    );
  }
};

/** A limit of somebody else, of our kind or with a least size. */
const settingsBy = (dice: Dice): PoolSettings => ({
  prepared: dice.pick(12),
  minSize: dice.pick(2),
  poolState: 'Stopped',
  isReused: dice.random() < 0.5,
  isBeingDeleted: false,
});
