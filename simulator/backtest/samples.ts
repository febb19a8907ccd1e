import type { MetricTiming } from './conditions.ts';
import type { Samples } from './policy.ts';
import { at } from './series.ts';
import type { World } from './world.ts';

/** A tick as the metrics see it. */
export type Measured = Readonly<{ arrivals: number; utilisation: number; serving: number }>;

/**
 * Gathers ticks into samples of whole periods, and publishes each when its datapoint can be read. Before that
 * nobody has it: not even a policy that looks where it should not.
 */
export const createSampler = (world: World, timing: MetricTiming) => {
  const { ticks, cpuNoise, conditions } = world;
  const { tickSeconds } = conditions;
  const { periodSeconds, delaySeconds } = timing;
  const perSample = Math.max(1, Math.round(periodSeconds / tickSeconds));
  const count = Math.ceil(ticks / perSample);
  const samples: Samples = {
    periodSeconds: perSample * tickSeconds,
    requests: new Float64Array(count).fill(Number.NaN),
    cpu: new Float64Array(count).fill(Number.NaN),
    serving: new Float64Array(count).fill(Number.NaN),
  };
  const waiting: Sample[] = [];
  let current = newSample();
  let visible = 0;

  return {
    samples,
    measure: (tick: number, { arrivals, utilisation, serving }: Measured): void => {
      current.requests += arrivals;
      current.serving += serving / perSample;
      current.utilisation += utilisation / perSample;
      if ((tick + 1) % perSample !== 0) return;
      current.readableAt = (tick + 1) * tickSeconds + delaySeconds;
      current.noise = at(cpuNoise, tick);
      waiting.push(current);
      current = newSample();
    },
    /** Publishes what can be read by then, and returns how many samples there are. */
    publish: (now: number): number => {
      let next = waiting[0];
      while (next !== undefined && next.readableAt <= now) {
        put(samples, visible, next);
        visible += 1;
        waiting.shift();
        next = waiting[0];
      }
      return visible;
    },
  };
};

type Sample = {
  requests: number;
  serving: number;
  utilisation: number;
  noise: number;
  readableAt: number;
};

const newSample = (): Sample => ({
  requests: 0,
  serving: 0,
  utilisation: 0,
  noise: 0,
  readableAt: 0,
});

const put = (samples: Samples, index: number, sample: Sample): void => {
  const { requests, serving, utilisation, noise } = sample;
  samples.requests[index] = requests;
  samples.serving[index] = serving;
  // Without an instance nobody measures a processor.
  if (serving > 0) samples.cpu[index] = Math.min(100, Math.max(0, 100 * utilisation + noise));
};
