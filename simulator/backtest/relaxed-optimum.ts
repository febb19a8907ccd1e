import { at, sumOf } from './series.ts';
import type { World } from './world.ts';

/** So many instance-seconds a violated request is worth, on a grid wide enough for any share of violations. */
const PRICES = Float64Array.from({ length: 16 }, (_, index) => 4 ** (index - 10));

/** Least costs by the share of requests that may be violated, in instance-hours: a lower bound for every policy. */
export type RelaxedOptimum = (violatedShare: number) => number;

/**
 * The least cost with a share of violated requests, by Lagrange: for every price of a violation the cheapest
 * course, found by dynamic programming over all capacities, gives a bound, and the largest bound counts. It is
 * exact at the corners of the convex hull. A backlog, which only makes things worse, is left out.
 */
export const relaxedOptimumOf = (world: World): RelaxedOptimum => {
  const requests = sumOf(world.arrivals, world.firstScored);
  const least = Float64Array.from(PRICES, (price) => cheapestAt(world, price));

  return (share) => {
    let bound = 0;
    for (let index = 0; index < PRICES.length; index += 1) {
      bound = Math.max(bound, at(least, index) - at(PRICES, index) * share * requests);
    }
    return bound / 3_600;
  };
};

/** The least sum of cost and priced violations over the judged part, in instance-seconds. */
export const cheapestAt = (world: World, price: number): number => {
  const { firstScored, ticks, conditions, switchSeconds } = world;
  const { min, max, tickSeconds } = conditions;
  let before = new Float64Array(max - min + 1);
  let after = new Float64Array(max - min + 1);

  for (let tick = firstScored; tick < ticks; tick += 1) {
    const fine = price * violable(world, tick);
    const need = at(world.need, tick);
    if (tick === firstScored) after.fill(0);
    else cheapestArrival(before, after, switchSeconds);
    for (let place = 0; place < after.length; place += 1) {
      const capacity = min + place;
      const cost = capacity * tickSeconds + (capacity < need ? fine : 0);
      after[place] = at(after, place) + cost;
    }
    [before, after] = [after, before];
  }
  return Math.min(...before);
};

const violable = ({ isHole, arrivals }: World, tick: number): number =>
  at(isHole, tick) === 1 ? 0 : at(arrivals, tick);

/** From any capacity to each: down is free, up costs a switch for each instance. */
const cheapestArrival = (
  before: Float64Array,
  after: Float64Array,
  switchSeconds: number,
): void => {
  let fromAbove = at(before, before.length - 1);
  for (let place = before.length - 1; place >= 0; place -= 1) {
    const here = at(before, place);
    if (here < fromAbove) fromAbove = here;
    after[place] = fromAbove;
  }
  let fromBelow = at(before, 0);
  for (let place = 0; place < before.length; place += 1) {
    const here = at(before, place) - place * switchSeconds;
    if (here < fromBelow) fromBelow = here;
    const raised = fromBelow + place * switchSeconds;
    if (raised < at(after, place)) after[place] = raised;
  }
};
