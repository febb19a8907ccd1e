import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Conditions, USUAL_CONDITIONS } from '#simulator/backtest/conditions.ts';
import { optimumOf } from '#simulator/backtest/optimum.ts';
import { lookAhead } from '#simulator/backtest/policies/fixed.ts';
import type { Policy } from '#simulator/backtest/policy.ts';
import { readTrace } from '#simulator/backtest/read-trace.ts';
import { relaxedOptimumOf } from '#simulator/backtest/relaxed-optimum.ts';
import type { Result } from '#simulator/backtest/result.ts';
import { backtest } from '#simulator/backtest/run.ts';
import { carriedBy } from '#simulator/backtest/service.ts';
import {
  DAY_SECONDS,
  lastPart,
  scaledToPeak,
  secondsIn,
  type Trace,
} from '#simulator/backtest/trace.ts';
import { createWorld, type World, withoutBegin } from '#simulator/backtest/world.ts';
import { Misuse } from '#simulator/command-line.ts';
import { familyNamed } from './families.ts';
import { type Family, knobAt, SETTLING_SECONDS, SHARES } from './family.ts';

/** A piece of work for one process: all settings of a family, or the bounds, in one world. */
export type Order = Readonly<{ file: string; size: number; seed: number; family: string }>;

/** The measurements that an order asked for; lists are by day of the judged part. */
export type Measured = Order &
  Readonly<{
    trace: string;
    optimum: readonly number[];
    points: readonly Point[];
    bounds?: Bounds;
  }>;

/** A setting of a family and what it came to. */
export type Point = Readonly<{
  variant: number;
  share: number;
  hours: readonly number[];
  requests: readonly number[];
  violated: readonly number[];
  changes: number;
  launches: number;
  reversals: number;
  worstHour: number;
}>;

/** Bounds that no policy can beat: cost over the optimum, by the share of violations allowed; and one boot of sight. */
export type Bounds = Readonly<{ relaxed: readonly number[]; sighted: Point }>;

/** The order that asks for bounds instead of a family. */
export const BOUNDS = 'bounds';

/** Shares of violated requests at which policies are compared. */
export const LEVELS: readonly number[] = [0.001, 0.01, 0.02, 0.05];

/** Does what an order asks for. */
export const measure = (order: Order): Measured => {
  const world = worldOf(order);
  const optimum = [...optimumOf(world).days];
  const trace = world.trace.name;
  if (order.family === BOUNDS) {
    return { ...order, trace, optimum, points: [], bounds: boundsOf(world) };
  }

  const family = familyNamed(order.family);
  if (family === undefined) throw new Error(`no family is named ${order.family}`);
  return { ...order, trace, optimum, points: pointsOf(family, world) };
};

/** At most a week is judged, and what lies before it only learned from: a week, or a quarter of a shorter trace. */
const JUDGED_SECONDS = 7 * DAY_SECONDS;

const worldOf = ({ file, size, seed }: Order): World => {
  const whole = traceIn(file);
  const trace = lastPart(whole, 2 * JUDGED_SECONDS);
  const judged = Math.min(JUDGED_SECONDS, 0.75 * secondsIn(trace));
  // Judged days begin on whole hours of the trace.
  const unscoredSeconds = Math.floor((secondsIn(trace) - judged) / 3_600) * 3_600;
  const peak = size * carriedBy(USUAL_CONDITIONS.service, 1);
  const conditions: Conditions = {
    ...USUAL_CONDITIONS,
    max: Math.ceil(1.5 * size),
    unscoredSeconds,
  };
  return createWorld(scaledToPeak(trace, peak), conditions, seed);
};

/** The trace in a file; its mistakes are misuse. */
export const traceIn = (file: string): Trace => {
  const read = readTrace(readFileSync(file, 'utf8'), basename(file, '.csv'));
  if (!read.ok) throw new Misuse(`--traces: ${read.problem}`);
  return read.value;
};

const pointsOf = (family: Family, world: World): readonly Point[] => {
  const here = family.learns ? world : settled(world);
  return family.variants.flatMap((_, variant) =>
    SHARES.map((share) => {
      const policy = family.policy(variant, knobAt(share, here));
      return { ...figuresOf(backtest(here, policy)), variant, share };
    }),
  );
};

const settled = (world: World): World => {
  const { firstScored, conditions } = world;
  const ticks = firstScored - SETTLING_SECONDS / conditions.tickSeconds;
  return ticks > 0 ? withoutBegin(world, ticks) : world;
};

const figuresOf = (result: Result): Omit<Point, 'variant' | 'share'> => ({
  hours: [...result.days.instanceHours],
  requests: [...result.days.requests],
  violated: [...result.days.violatedRequests],
  changes: result.changes,
  launches: result.launches,
  reversals: result.reversals,
  worstHour: result.worstHour,
});

/** As long as nineteen of twenty boots take. */
const SIGHT_SECONDS = 220;

const boundsOf = (world: World): Bounds => {
  const relaxed = relaxedOptimumOf(world);
  const optimum = optimumOf(world).instanceHours;
  const oracle: Policy = lookAhead(SIGHT_SECONDS);
  return {
    relaxed: LEVELS.map((level) => relaxed(level) / optimum),
    sighted: { ...figuresOf(backtest(settled(world), oracle)), variant: 0, share: 1 },
  };
};
