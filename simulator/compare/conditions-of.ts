import type { Group } from '#domain/configuration/configuration.ts';
import type { Demand } from '#domain/history/demand.ts';
import { SECOND_MS } from '#domain/time/instant.ts';
import {
  type BootModel,
  type Conditions,
  USUAL_CONDITIONS,
} from '#simulator/backtest/conditions.ts';
import { largestOf } from '#simulator/backtest/series.ts';
import type { Trace } from '#simulator/backtest/trace.ts';

/** Demand as a backtest runs it: holes are NaN. */
export const traceOf = (name: string, demand: Demand): Trace => ({
  name,
  start: demand.start / SECOND_MS,
  stepSeconds: demand.periodSeconds,
  demand: Float64Array.from(demand.perSecond, (value) => value ?? Number.NaN),
  saturated: Uint8Array.from(demand.isSaturated, Number),
});

/** Facts about the instances of a group. */
export type Known = Readonly<{
  /** Requests a second that one instance carries within the objective. */
  carried: number;
  /** Requests a second at which all of its CPU is in use. */
  atFullCpu: number;
  /** Seconds from launch to service, of each launch that is known; absent when nothing is. */
  bootSeconds?: readonly number[] | undefined;
  failedShare?: number | undefined;
  /** Usual seconds of a response when nothing is busy. */
  latencySeconds?: number | undefined;
}>;

/** Conditions under which a group's rules and peers run. */
export const conditionsOf = (group: Group, trace: Trace, known: Known): Conditions => {
  const { carried, atFullCpu, latencySeconds } = known;
  const peak = Math.ceil(largestOf(trace.demand) / carried);
  const { min = 1, max = Math.max(2, Math.ceil(PEAKS * peak)) } = group.capacity;
  return {
    ...USUAL_CONDITIONS,
    service: {
      ratePerInstance: atFullCpu,
      workers: latencySeconds === undefined ? WORKERS : Math.max(1, atFullCpu * latencySeconds),
      timeoutMs: 10_000,
      sharing: 'even',
      objective: { kind: 'utilisation', most: Math.min(1, carried / atFullCpu) },
    },
    boot: bootOf(known),
    min,
    max,
    instanceHour: group.instanceHour ?? 1,
  };
};

const WORKERS = 8;
/** A group without a maximum gets so many times what its largest demand needs. */
const PEAKS = 1.5;

/** Auto Scaling counts the boot from the launch on; the first seconds of it are pending, and not billed. */
const bootOf = ({ bootSeconds, failedShare }: Known): BootModel => {
  const { boot } = USUAL_CONDITIONS;
  if (bootSeconds === undefined) return boot;
  return {
    ...boot,
    start: {
      kind: 'measured',
      seconds: bootSeconds.map((each) => Math.max(0, each - boot.pendingSeconds)),
    },
    failureShare: Math.min(MOST_FAILED, failedShare ?? boot.failureShare),
  };
};

/** A launch is tried until it succeeds: a share near one would try for ever. */
const MOST_FAILED = 0.9;
