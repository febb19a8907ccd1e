import type { Group } from '#domain/configuration/configuration.ts';
import type { ForecastRule } from '#domain/configuration/rule.ts';
import { type Chance, chanceOver } from '#simulator/faults/dice.ts';
import { createRandom } from '#simulator/kernel/random.ts';
import { forecastRule } from './scenario-rules.ts';

/** The stream of all chance about the pools of a seed, which no other part of its world draws from. */
export const randomOfPools = (seed: number) => createRandom(0x7001 + seed);

/**
 * Lets the first group of a scenario ask for a warm pool, and most others, each by a forecast of its own. So the pool
 * is sized for demand that the group can only just meet, by rules that the world has anyway.
 */
export const withPools = (groups: readonly Group[], seed: number): readonly Group[] => {
  const chance = chanceOver(randomOfPools(seed));
  return groups.map((group, index) =>
    index === 0 || chance.random() < 0.6 ? withPool(chance, group) : group,
  );
};

const withPool = (chance: Chance, group: Group): Group => ({
  ...group,
  rules: [...group.rules, poolRule(chance)],
  warmPool: {
    wakeSeconds: chance.one([20, 40, 90]) ?? 40,
    isReused: chance.random() < 0.7,
  },
});

/** Of the demand of a scenario, 240 a minute at most, it makes 3 to 10 instances. */
const poolRule = (chance: Chance): ForecastRule => ({
  ...forecastRule(chance),
  name: 'foresees',
  perInstance: chance.one([0.4, 0.8, 1.5]) ?? 0.8,
});
