import { at } from './series.ts';
import { DAY_SECONDS } from './trace.ts';
import type { World } from './world.ts';

/** The cheapest capacity in hindsight, and what it costs. */
export type Optimum = Readonly<{
  /** Instances in each tick of the judged part. */
  capacity: Int32Array;
  instanceHours: number;
  /** The same by day. */
  days: Float64Array;
}>;

/**
 * The exact offline optimum without violations, for the judged part: the capacity that never falls below the
 * need and costs least when turning an instance on costs `switchSeconds` of running. What the maximum cuts off
 * is unavoidable, and no part of it. What runs when the judged part begins is free, so it is a lower bound for
 * whatever a policy comes with.
 *
 * The problem separates by levels: instance k is needed while the need is at least k, and each idle gap of it
 * costs the shorter of the gap and a switch. Gaps no longer than a switch are filled, for all levels at once.
 */
export const optimumOf = (world: World): Optimum => {
  const { need, firstScored, conditions, switchSeconds } = world;
  const { min, max, tickSeconds } = conditions;
  const wanted = need.slice(firstScored).map((each) => Math.min(max, Math.max(min, each)));
  const capacity = withGapsFilled(wanted, Math.floor(switchSeconds / tickSeconds));
  const days = costByDay(capacity, { tickSeconds, switchSeconds });
  return { capacity, days, instanceHours: days.reduce((sum, each) => sum + each, 0) };
};

/** Fills every gap of every level that is no longer than so many ticks: the morphological closing. */
const withGapsFilled = (values: Int32Array, longest: number): Int32Array => {
  const ahead = slidingExtreme(values, longest + 1, (a, b) => a >= b);
  // SeenMetric backwards, the same window reaches into the past.
  const filled = slidingExtreme(ahead.toReversed(), longest + 1, (a, b) => a <= b).toReversed();
  return filled;
};

/** The extreme of each window that begins at a place, as long as values are left. */
const slidingExtreme = (
  values: Int32Array,
  width: number,
  beats: (a: number, b: number) => boolean,
): Int32Array => {
  const extremes = new Int32Array(values.length);
  const queue = new Int32Array(values.length);
  let [head, tail] = [values.length, values.length];
  // The window grows towards the begin: the queue is filled from the back.
  for (let index = values.length - 1; index >= 0; index -= 1) {
    while (head < tail && beats(at(values, index), at(values, at(queue, head)))) head += 1;
    head -= 1;
    queue[head] = index;
    while (at(queue, tail - 1) >= index + width) tail -= 1;
    extremes[index] = at(values, at(queue, tail - 1));
  }
  return extremes;
};

type Prices = Readonly<{ tickSeconds: number; switchSeconds: number }>;

/** The cost of a course of capacity, by day, in instance-hours; what it begins with is free to turn on. */
const costByDay = (capacity: Int32Array, { tickSeconds, switchSeconds }: Prices): Float64Array => {
  const perDay = DAY_SECONDS / tickSeconds;
  const days = new Float64Array(Math.max(1, Math.ceil(capacity.length / perDay)));
  let before = at(capacity, 0);
  for (let tick = 0; tick < capacity.length; tick += 1) {
    const here = at(capacity, tick);
    const seconds = here * tickSeconds + Math.max(0, here - before) * switchSeconds;
    const day = Math.floor(tick / perDay);
    days[day] = at(days, day) + seconds / 3_600;
    before = here;
  }
  return days;
};
