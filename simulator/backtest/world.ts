import { createRandom } from '#simulator/kernel/random.ts';
import { type Boots, createBoots, meanBootSeconds } from './boots.ts';
import type { Conditions } from './conditions.ts';
import { normal, poisson } from './draws.ts';
import { at, largestOf } from './series.ts';
import { carriedBy, needOf } from './service.ts';
import { demandOver, lastPart, secondsIn, type Trace } from './trace.ts';

/** A trace under conditions, with all chance already drawn: every policy of a seed lives through the same. */
export type World = Readonly<{
  trace: Trace;
  conditions: Conditions;
  seed: number;
  ticks: number;
  /** The first tick that is judged and billed. */
  firstScored: number;
  /** Requests that arrive in each tick. */
  arrivals: Float64Array;
  /** Instances that just meet the objective in each tick; perhaps more than the maximum. */
  need: Int32Array;
  /** 1 in ticks whose demand was not recorded: they are lived through and not judged. */
  isHole: Uint8Array;
  /** Points of percent by which a measurement of processors that ends with the tick is off. */
  cpuNoise: Float64Array;
  boots: Boots;
  /** The demand in a second that one instance carries without a violation. */
  perInstance: number;
  /** The cost of turning an instance on once: its billed boot and its drain, in seconds. */
  switchSeconds: number;
}>;

/** Draws a world. The same trace, conditions and seed give the same world. */
export const createWorld = (trace: Trace, conditions: Conditions, seed: number): World => {
  const { tickSeconds, unscoredSeconds, boot, drainSeconds, service } = conditions;
  const ticks = Math.floor(secondsIn(trace) / tickSeconds);
  const arrivals = arrivalsOf(trace, conditions, seed);
  const random = createRandom(seed + SEEDS.cpu);
  const need = needOf(service);

  return {
    trace,
    conditions,
    seed,
    ticks,
    firstScored: Math.min(ticks, Math.ceil(unscoredSeconds / tickSeconds)),
    arrivals,
    need: Int32Array.from(arrivals, (count) => need(count / tickSeconds)),
    isHole: Uint8Array.from({ length: ticks }, (_, tick) => holeAt(trace, tick * tickSeconds)),
    cpuNoise: Float64Array.from({ length: ticks }, () => conditions.cpuNoise * normal(random)),
    boots: createBoots(boot, seed + SEEDS.boots),
    perInstance: carriedBy(service, 1),
    switchSeconds: meanBootSeconds(boot) - boot.pendingSeconds + drainSeconds,
  };
};

/** Each kind of chance has a generator of its own, so that one more draw of one shifts no other. */
const SEEDS = { arrivals: 1_000_003, cpu: 2_000_003, boots: 3_000_017 } as const;

const arrivalsOf = (
  trace: Trace,
  { tickSeconds, arrivals }: Conditions,
  seed: number,
): Float64Array => {
  const demand = demandOver(trace);
  const random = createRandom(seed + SEEDS.arrivals);
  const ticks = Math.floor(secondsIn(trace) / tickSeconds);

  return Float64Array.from({ length: ticks }, (_, tick) => {
    const mean = tickSeconds * demand((tick + 0.5) * tickSeconds);
    return arrivals === 'exact' ? mean : poisson(random, mean);
  });
};

const holeAt = ({ demand, stepSeconds }: Trace, seconds: number): 0 | 1 =>
  Number.isNaN(at(demand, Math.floor(seconds / stepSeconds))) ? 1 : 0;

/** The capacity that the largest demand needs, within the bounds. */
export const peakNeed = ({ need, conditions: { min, max } }: World): number =>
  Math.min(max, Math.max(min, largestOf(need)));

/** The same world without its first ticks: the same load and the same chance in what remains. */
export const withoutBegin = (world: World, ticks: number): World => {
  const { trace, conditions, firstScored } = world;
  const { tickSeconds } = conditions;
  const left = secondsIn(trace) - ticks * tickSeconds;
  return {
    ...world,
    trace: lastPart(trace, left),
    conditions: {
      ...conditions,
      unscoredSeconds: Math.max(0, (firstScored - ticks) * tickSeconds),
    },
    ticks: world.ticks - ticks,
    firstScored: Math.max(0, firstScored - ticks),
    arrivals: world.arrivals.slice(ticks),
    need: world.need.slice(ticks),
    isHole: world.isHole.slice(ticks),
    cpuNoise: world.cpuNoise.slice(ticks),
  };
};
