import type { MetricTiming } from './conditions.ts';
import type { Figure, Samples } from './policy.ts';
import { at } from './series.ts';
import type { World } from './world.ts';

/** A tick as the metrics see it, and the group as it is at its end. */
export type Measured = Readonly<{
  arrivals: number;
  utilisation: number;
  lost: number;
  backlog: number;
  meanLatencyMs: number;
  p95LatencyMs: number;
  ready: number;
  desired: number;
  inService: number;
  pending: number;
  draining: number;
}>;

/**
 * Gathers ticks into samples of whole periods, and publishes each when its datapoint can be read. Before that
 * nobody has it: not even a policy that looks where it should not.
 */
export const createSampler = (world: World, timing: MetricTiming) => {
  const { ticks, cpuNoise, conditions } = world;
  const { tickSeconds } = conditions;
  const perSample = Math.max(1, Math.round(timing.periodSeconds / tickSeconds));
  const samples = newSamples(Math.ceil(ticks / perSample), perSample * tickSeconds);
  const waiting: Waiting[] = [];
  let current = newSample();
  let visible = 0;

  return {
    samples,
    measure: (tick: number, measured: Measured): void => {
      gather(current, measured, 1 / perSample);
      if ((tick + 1) % perSample !== 0) return;
      close(current, measured, at(cpuNoise, tick));
      waiting.push({
        sample: current,
        readableAt: (tick + 1) * tickSeconds + timing.delaySeconds,
      });
      current = newSample();
    },
    /** Publishes what can be read by then, and returns how many samples there are. */
    publish: (now: number): number => {
      let next = waiting[0];
      while (next !== undefined && next.readableAt <= now) {
        for (const figure of FIGURES) samples[figure][visible] = next.sample[figure];
        visible += 1;
        waiting.shift();
        next = waiting[0];
      }
      return visible;
    },
  };
};

type Sample = Record<Figure, number>;
type Waiting = Readonly<{ sample: Sample; readableAt: number }>;

const newSample = (): Sample => ({
  requests: 0,
  cpu: 0,
  serving: 0,
  lost: 0,
  backlog: 0,
  meanLatencyMs: 0,
  p95LatencyMs: 0,
  ready: 0,
  desired: 0,
  inService: 0,
  pending: 0,
  draining: 0,
});

const FIGURES = Object.keys(newSample()) as readonly Figure[];

const newSamples = (count: number, periodSeconds: number): Samples => {
  const series = (): Float64Array => new Float64Array(count).fill(Number.NaN);
  return {
    periodSeconds,
    requests: series(),
    cpu: series(),
    serving: series(),
    lost: series(),
    backlog: series(),
    meanLatencyMs: series(),
    p95LatencyMs: series(),
    ready: series(),
    desired: series(),
    inService: series(),
    pending: series(),
    draining: series(),
  };
};

/** Adds a tick, which is the given share of the period. */
const gather = (sample: Sample, tick: Measured, share: number): void => {
  sample.requests += tick.arrivals;
  sample.serving += tick.ready * share;
  sample.cpu += 100 * tick.utilisation * share;
  sample.lost += tick.lost;
  sample.meanLatencyMs += tick.meanLatencyMs * share;
  if (tick.p95LatencyMs > sample.p95LatencyMs) sample.p95LatencyMs = tick.p95LatencyMs;
};

/** Writes down what holds at the end of the period. Without an instance nobody measures a processor. */
const close = (sample: Sample, last: Measured, noise: number): void => {
  const measured = Math.min(100, Math.max(0, sample.cpu + noise));
  sample.cpu = sample.serving > 0 ? measured : Number.NaN;
  sample.backlog = last.backlog;
  sample.ready = last.ready;
  sample.desired = last.desired;
  sample.inService = last.inService;
  sample.pending = last.pending;
  sample.draining = last.draining;
};
