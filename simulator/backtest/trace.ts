import { at, largestOf } from './series.ts';

/** Demand over time, as it was recorded or made up: what arrived, not what was served. */
export type Trace = Readonly<{
  name: string;
  /** The begin of the first step, in seconds since 1970. */
  start: number;
  stepSeconds: number;
  /** Requests, messages or jobs in a second, for each step; NaN where nothing is known: a hole. */
  demand: Float64Array;
  /** 1 where all that could be served was served: the demand may have been larger. */
  saturated: Uint8Array;
}>;

export const DAY_SECONDS = 86_400;

export const secondsIn = ({ demand, stepSeconds }: Trace): number => demand.length * stepSeconds;

/** The same trace with its demand multiplied, so that its peak is the given demand in a second. */
export const scaledToPeak = (trace: Trace, peak: number): Trace => {
  const factor = peak / largestOf(trace.demand);
  return { ...trace, demand: trace.demand.map((value) => value * factor) };
};

/** The last seconds of a trace; all of it when it is no longer than that. */
export const lastPart = (trace: Trace, seconds: number): Trace => {
  const steps = Math.ceil(seconds / trace.stepSeconds);
  const first = Math.max(0, trace.demand.length - steps);
  return {
    ...trace,
    start: trace.start + first * trace.stepSeconds,
    demand: trace.demand.slice(first),
    saturated: trace.saturated.slice(first),
  };
};

/** A reader of the demand at any second: linear between the middles of steps, over holes, too. */
export const demandOver = (trace: Trace): ((seconds: number) => number) => {
  const { stepSeconds } = trace;
  const known = bridged(trace.demand);
  const last = known.length - 1;

  return (seconds) => {
    const place = Math.min(Math.max(seconds / stepSeconds - 0.5, 0), last);
    const before = Math.floor(place);
    const share = place - before;
    const value = at(known, before);
    return share === 0 ? value : value * (1 - share) + at(known, before + 1) * share;
  };
};

/** The same values with a straight line over each hole; a hole at an end takes the nearest value. */
const bridged = (demand: Float64Array): Float64Array => {
  const values = demand.slice();
  let before = -1;
  for (let index = 0; index < values.length; index += 1) {
    if (Number.isNaN(at(values, index))) continue;
    bridge(values, before, index);
    before = index;
  }
  values.fill(before < 0 ? 0 : at(values, before), before + 1);
  return values;
};

const bridge = (values: Float64Array, before: number, after: number): void => {
  const end = at(values, after);
  const begin = before < 0 ? end : at(values, before);
  for (let index = before + 1; index < after; index += 1) {
    values[index] = begin + ((end - begin) * (index - before)) / (after - before);
  }
};
