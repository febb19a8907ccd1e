import type { Chart } from '#console/page/data.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { Metric, StatMetric } from '#domain/configuration/metric.ts';
import type { SeriesName } from '#domain/history/series.ts';
import { wantedSeries } from '#domain/history/wanted-series.ts';
import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';
import {
  type Beside,
  capacityChart,
  demandChart,
  latencyChart,
  rounded,
  ruleChart,
  type Values,
  type Wanted,
} from './charts.ts';
import type { ConsolePorts } from './ports.ts';
import { type RuleMetric, ruleMetrics } from './rule-metrics.ts';

/** The time line of a group, as CloudWatch has it. */
export type TimeLine = Readonly<{ times: readonly Instant[]; charts: readonly Chart[] }>;

type Points = ReadonlyMap<Instant, number>;

/** Reads the time line of a group: a value for each minute, and one for now. */
export const readTimeLine = async (
  ports: ConsolePorts,
  group: Group,
  beside: Beside,
): Promise<TimeLine> => {
  const [since, now] = [ports.since(), ports.now()];
  const first = Math.floor(since / MINUTE_MS) * MINUTE_MS;
  const count = Math.max(1, Math.ceil((now - first) / MINUTE_MS));
  const times = Array.from({ length: count }, (_, minute) => first + minute * MINUTE_MS);
  const plan = planOf(group);
  const found = await readAll(
    ports,
    plan.map(({ metric }) => metric),
    { from: first, to: now },
  );
  const valuesOf = (wanted: Wanted): Values => {
    const points = plan.flatMap((each, place) =>
      each.is === wanted ? [found[place] ?? new Map<Instant, number>()] : [],
    );
    return times.map((at) => combined(points, at, wanted));
  };
  const latencyLimitMs = ports.latencyLimitMs?.(group.name);
  return {
    times: [...times, now],
    charts: [
      ...demandChart(valuesOf),
      capacityChart(times, valuesOf, beside),
      ...chartedOf(group).map((rule) => {
        const points = found[plan.findIndex(({ metric }) => metric === rule.metric)] ?? new Map();
        return ruleChart(rule, [...spread(points, rule.metric, times), null]);
      }),
      ...latencyChart(valuesOf, latencyLimitMs),
    ],
  };
};

/** The metrics of rules, but those that the demand shows already. */
const chartedOf = (group: Group): readonly RuleMetric[] =>
  ruleMetrics(group).filter(
    ({ thresholds, metric }) =>
      thresholds.length > 0 || metric.kind !== 'stat' || metric.metricName !== 'RequestCount',
  );

type Planned = Readonly<{ is: Wanted; metric: Metric }>;

/** All metrics of the time line, in one call. */
const planOf = (group: Group): readonly Planned[] => [
  { is: 'desired', metric: desiredOf(group) },
  ...(group.warmPool === undefined ? [] : [{ is: 'pooled' as const, metric: pooledOf(group) }]),
  ...wantedSeries(group).flatMap(({ name, metrics }) =>
    SHOWN.includes(name) ? metrics.map((metric) => ({ is: name, metric })) : [],
  ),
  ...ruleMetrics(group).map(({ metric }) => ({ is: 'rule' as const, metric })),
];

const SHOWN: readonly SeriesName[] = [
  'inService',
  'requests',
  'latency',
  'messagesSent',
  'backlog',
];
/** Series that add up what several load balancers or queues say. */
const SUMS: readonly Wanted[] = ['requests', 'messagesSent', 'backlog'];

const desiredOf = (group: Group): StatMetric => groupMetric(group, 'GroupDesiredCapacity');

/**
 * The capacity that can enter the group from its warm pool
 * (https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-metrics.html).
 */
const pooledOf = (group: Group): StatMetric => groupMetric(group, 'WarmPoolWarmedCapacity');

const groupMetric = ({ autoScalingGroup }: Group, metricName: string): StatMetric => ({
  kind: 'stat',
  namespace: 'AWS/AutoScaling',
  metricName,
  dimensions: { AutoScalingGroupName: autoScalingGroup },
  statistic: 'Average',
  periodSeconds: 60,
});

/** One metric that CloudWatch refuses must not hide the others: then each is asked for alone. */
const readAll = async (
  { readRanges }: Pick<ConsolePorts, 'readRanges'>,
  metrics: readonly Metric[],
  { from, to }: Readonly<{ from: Instant; to: Instant }>,
): Promise<readonly Points[]> => {
  try {
    return await readRanges(metrics, from, to);
  } catch {
    const alone = metrics.map((metric) =>
      readRanges([metric], from, to).catch((): readonly Points[] => []),
    );
    return (await Promise.all(alone)).map(([points]) => points ?? new Map());
  }
};

const combined = (points: readonly Points[], at: Instant, wanted: Wanted): number | null => {
  const values = points.flatMap((each) => each.get(at) ?? []);
  const [first] = values;
  if (first === undefined) return null;
  return SUMS.includes(wanted) ? values.reduce((sum, value) => sum + value, 0) : first;
};

/** A metric of longer periods holds its value until its period is over. */
const spread = (points: Points, { periodSeconds }: Metric, times: readonly Instant[]): Values => {
  const periodMs = periodSeconds * 1_000;
  return times.map((at) => rounded(points.get(at) ?? points.get(at - (at % periodMs))));
};
