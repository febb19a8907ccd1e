import { randomDay } from '#simulator/backtest/tidegate/random-day.ts';
import { asInTheCloud, fastRoad, fullRoad } from '#simulator/backtest/tidegate/two-roads.ts';

/** A day on which the two roads part, and the rules of that day. */
export type Parting = Readonly<{ seed: number; text: string }>;

/** Compares the fast road with a whole deployment in the simulated cloud, change by change, on so many random days. */
export const compareRoads = async (days: number): Promise<readonly Parting[]> => {
  const partings: Parting[] = [];
  for (let seed = 1; seed <= days; seed += 1) {
    const { configuration, world, text } = randomDay(seed);
    const [group] = configuration.groups;
    const fast = group === undefined ? [] : fastRoad(asInTheCloud(world), group);
    const full = await fullRoad(asInTheCloud(world), configuration);
    if (JSON.stringify(fast) !== JSON.stringify(full)) partings.push({ seed, text });
  }
  return partings;
};
