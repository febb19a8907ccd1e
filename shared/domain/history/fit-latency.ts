import type { Demand } from './demand.ts';
import { FEWEST_POINTS, type ServiceRefusal } from './fit-service.ts';
import type { GroupHistory } from './group-history.ts';
import { ascending, quantileOf } from './median.ts';
import { valueAt } from './series.ts';

/** The work a second that one instance carries within a limit of the response time. */
export type Carried = Readonly<{
  perInstance: number;
  /** True when the limit was never exceeded: one instance carries at least so much. */
  isAtLeast: boolean;
}>;

const BINS = 20;
/** So many of the periods with a load must be within the limit. */
const KEPT = 0.9;

/**
 * Reads from a history how much load an instance had while the response time was within a limit: the periods
 * in twenty bins of equal count by the load of an instance; the answer is the mean load of the last bin before
 * the first in which more than a tenth exceeds the limit. Refuses where even the quietest bin does.
 */
export const carriedWithinLatency = (
  { series: { latency, inService } }: GroupHistory,
  demand: Demand,
  seconds: number,
): Carried | ServiceRefusal => {
  const pairs = demand.perSecond
    .flatMap((perSecond, index) => {
      const at = demand.start + index * demand.periodSeconds * 1_000;
      const p95 = latency && valueAt(latency, at);
      const instances = inService && valueAt(inService, at);
      return perSecond === undefined || p95 === undefined || !instances
        ? []
        : [{ load: perSecond / instances, p95 }];
    })
    .sort((a, b) => ascending(a.load, b.load));
  if (pairs.length < FEWEST_POINTS) {
    return because(
      `${pairs.length} periods have load, p95 and instances, and a limit of p95 takes ${FEWEST_POINTS}`,
    );
  }

  const bins = Array.from({ length: BINS }, (_, bin) =>
    pairs.slice(
      Math.floor((bin * pairs.length) / BINS),
      Math.floor(((bin + 1) * pairs.length) / BINS),
    ),
  );
  const first = bins.findIndex(
    (bin) =>
      quantileOf(
        bin.map(({ p95 }) => p95),
        KEPT,
      ) > seconds,
  );
  if (first === 0) {
    return because(`the p95 exceeds ${seconds} s even where an instance has the least load`);
  }
  const last = (first === -1 ? bins.at(-1) : bins[first - 1]) as (typeof bins)[number];
  return {
    perInstance: last.reduce((sum, { load }) => sum + load, 0) / last.length,
    isAtLeast: first === -1,
  };
};

const because = (refusal: string): ServiceRefusal => ({ refusal });
