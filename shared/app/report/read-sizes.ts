import type { Group } from '#domain/configuration/configuration.ts';
import type { Metric, StatMetric } from '#domain/configuration/metric.ts';
import type { Sizes } from '#domain/report/sizes.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';

/** A time of which sizes are wanted, and the length of the periods that they are means of. */
export type SizesWanted = Readonly<{ from: Instant; to: Instant; periodSeconds?: number }>;

/** Reads all values of metrics between two moments, in the order of the metrics. */
export type ReadRanges = (
  metrics: readonly Metric[],
  from: Instant,
  to: Instant,
) => Promise<readonly ReadonlyMap<Instant, number>[]>;

/** Five minutes show each change, and a month of them is one page of GetMetricData for eleven groups. */
const USUAL_SECONDS = 300;

const NAMES = [
  'GroupInServiceInstances',
  'GroupDesiredCapacity',
  'GroupMinSize',
  'GroupMaxSize',
] as const;

/** A call of GetMetricData takes 500 metrics. */
const GROUPS_PER_CALL = 125;

/** Reads the sizes that groups had, in their order, with as few calls as there can be; undefined of those that publish none. */
export const readSizes = async (
  readRanges: ReadRanges,
  groups: readonly Group[],
  { from, to, periodSeconds = USUAL_SECONDS }: SizesWanted,
): Promise<readonly (Sizes | undefined)[]> => {
  const wholePeriod = (at: Instant): Instant =>
    Math.floor(at / (periodSeconds * SECOND_MS)) * periodSeconds * SECOND_MS;
  const sizes: (Sizes | undefined)[] = [];
  for (let first = 0; first < groups.length; first += GROUPS_PER_CALL) {
    const some = groups.slice(first, first + GROUPS_PER_CALL);
    const metrics = some.flatMap(({ autoScalingGroup }) =>
      NAMES.map((name) => metricOf(name, autoScalingGroup, periodSeconds)),
    );
    const found = await readRanges(metrics, wholePeriod(from), wholePeriod(to));
    sizes.push(
      ...some.map((_, index) => sizesIn(found.slice(index * NAMES.length), periodSeconds)),
    );
  }
  return sizes;
};

const sizesIn = (
  [inService, desired, min, max]: readonly ReadonlyMap<Instant, number>[],
  periodSeconds: number,
): Sizes | undefined => {
  if (!inService || !desired || !min || !max || inService.size === 0) return undefined;
  return { periodSeconds, inService, desired, min, max };
};

const metricOf = (
  metricName: string,
  autoScalingGroup: string,
  periodSeconds: number,
): StatMetric => ({
  kind: 'stat',
  namespace: 'AWS/AutoScaling',
  metricName,
  dimensions: { AutoScalingGroupName: autoScalingGroup },
  statistic: 'Average',
  periodSeconds,
});
