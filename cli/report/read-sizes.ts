import type { RecordPorts } from '#cli/history/record-history.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { StatMetric } from '#domain/configuration/metric.ts';
import type { TimeRange } from '#domain/history/record-plan.ts';
import type { Sizes } from '#domain/report/sizes.ts';
import { SECOND_MS } from '#domain/time/instant.ts';

/** Five minutes show each change, and a month of them is one page of GetMetricData for eleven groups. */
const PERIOD_SECONDS = 300;

const NAMES = [
  'GroupInServiceInstances',
  'GroupDesiredCapacity',
  'GroupMinSize',
  'GroupMaxSize',
] as const;

/** Reads the sizes that groups had, in their order, with as few calls as there can be; undefined of those that publish none. */
export const readSizes = async (
  { readRanges }: Pick<RecordPorts, 'readRanges'>,
  groups: readonly Group[],
  { from, to }: TimeRange,
): Promise<readonly (Sizes | undefined)[]> => {
  const metrics = groups.flatMap(({ autoScalingGroup }) =>
    NAMES.map((name) => metricOf(name, autoScalingGroup)),
  );
  const found = await readRanges(metrics, wholePeriod(from), wholePeriod(to));
  return groups.map((_, index) => {
    const at = index * NAMES.length;
    const [inService, desired, min, max] = found.slice(at, at + NAMES.length);
    if (!inService || !desired || !min || !max || inService.size === 0) return undefined;
    return { periodSeconds: PERIOD_SECONDS, inService, desired, min, max };
  });
};

const metricOf = (metricName: string, autoScalingGroup: string): StatMetric => ({
  kind: 'stat',
  namespace: 'AWS/AutoScaling',
  metricName,
  dimensions: { AutoScalingGroupName: autoScalingGroup },
  statistic: 'Average',
  periodSeconds: PERIOD_SECONDS,
});

const wholePeriod = (at: number): number =>
  Math.floor(at / (PERIOD_SECONDS * SECOND_MS)) * PERIOD_SECONDS * SECOND_MS;
