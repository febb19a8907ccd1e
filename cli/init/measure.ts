import type { MetricPoints } from '#aws/cloudwatch/read-ranges.ts';
import type { SurveyedGroup } from '#aws/survey/survey.ts';
import type { RecordPorts } from '#cli/history/record-history.ts';
import type { StatMetric } from '#domain/configuration/metric.ts';
import { type BootTimes, bootTimesOf } from '#domain/history/boot-times.ts';
import { ascending, quantileOfSorted } from '#domain/history/median.ts';
import { DAY_SECONDS, type Instant, SECOND_MS } from '#domain/time/instant.ts';
import { type GroupKind, kindOf } from './group-kind.ts';

/** The busiest periods of a group: the least that its hundredth busiest had. */
export type Busiest = Readonly<{
  /** Requests, connections or messages a second for each instance; absent where nothing counts them. */
  perInstance?: number;
  /** Mean CPU in percent at that load, or without a load the CPU itself; absent without data. */
  cpu?: number;
}>;

/** Facts about a group that its past has. */
export type Measured = Readonly<{
  days: number;
  busiest: Busiest;
  /** True when EC2 reports its CPU every five minutes: its instances have no detailed monitoring. */
  isBasic: boolean;
  boot?: BootTimes | undefined;
}>;

/** So far back a group is looked at. */
const DAYS = 14;
/** CloudWatch keeps periods of five minutes for 63 days. */
const PERIOD_SECONDS = 300;
/** Less than half a day says nothing of the busiest hours. */
const FEWEST_PERIODS = 144;

/** Measures what the instances of a group carried at their busiest, and how long its launches took. */
export const measure = async (
  group: SurveyedGroup,
  { readRanges, readLaunchHistory }: Pick<RecordPorts, 'readRanges' | 'readLaunchHistory'>,
  now: Instant,
): Promise<Measured> => {
  const periodMs = PERIOD_SECONDS * SECOND_MS;
  const to = Math.floor(now / periodMs) * periodMs;
  const from = to - DAYS * DAY_SECONDS * SECOND_MS;
  const wanted = metricsOf(group);
  const [points, launches] = await Promise.all([
    readRanges([...wanted.size, wanted.samples, wanted.cpu, ...wanted.demand], from, to),
    readLaunchHistory(group.autoScalingGroup, from),
  ]);
  const sizes = points.slice(0, wanted.size.length);
  const [samples = NO_POINTS, cpu = NO_POINTS, ...demand] = points.slice(wanted.size.length);
  const size = sizes.find((each) => each.size > 0) ?? NO_POINTS;
  const boot = bootTimesOf(launches);
  return {
    days: DAYS,
    busiest: busiestOf({ cpu, demand, size, instances: group.instances }),
    isBasic: isBasic(samples, size, group.instances),
    ...(boot === undefined ? {} : { boot }),
  };
};

/**
 * With detailed monitoring each instance reports five values in five minutes, else one. The newest period decides: what
 * was switched on a week ago counts no more. Nothing is known of a group without values.
 */
const isBasic = (samples: MetricPoints, size: MetricPoints, instances: number): boolean => {
  const newest = Math.max(...samples.keys());
  const count = samples.get(newest);
  const units = size.get(newest) ?? instances;
  return count !== undefined && units > 0 && count / units < FEWEST_SAMPLES;
};
/** Of an instance in five minutes: the middle between one and five. */
const FEWEST_SAMPLES = 3;

const NO_POINTS: MetricPoints = new Map();

type Points = Readonly<{
  cpu: MetricPoints;
  demand: readonly MetricPoints[];
  size: MetricPoints;
  /** Its instances now: the count where nobody has kept another. */
  instances: number;
}>;

/** The rest may be a mistake of the measurement, or a moment that no rule is to be made for. */
const BUSY_SHARE = 0.99;

const busiestOf = ({ cpu, demand, size, instances }: Points): Busiest => {
  const times = [...new Set(demand.flatMap((each) => [...each.keys()]))];
  const loads = times.flatMap((at) => {
    const units = size.get(at) ?? instances;
    const total = demand.reduce((sum, each) => sum + (each.get(at) ?? 0), 0);
    return units > 0 ? [{ at, perInstance: total / units / PERIOD_SECONDS }] : [];
  });
  if (loads.length < FEWEST_PERIODS) return cpuAlone(cpu);

  const sorted = loads.map(({ perInstance }) => perInstance).sort(ascending);
  const perInstance = quantileOfSorted(sorted, BUSY_SHARE);
  if (perInstance === 0) return cpuAlone(cpu);
  const atBusiest = loads
    .filter((each) => each.perInstance >= perInstance)
    .flatMap(({ at }) => cpu.get(at) ?? [])
    .sort(ascending);
  const median = quantileOfSorted(atBusiest, 0.5);
  return { perInstance, ...(atBusiest.length === 0 ? {} : { cpu: median }) };
};

const cpuAlone = (cpu: MetricPoints): Busiest =>
  cpu.size < FEWEST_PERIODS
    ? {}
    : { cpu: quantileOfSorted([...cpu.values()].sort(ascending), BUSY_SHARE) };

type Wanted = Readonly<{
  /** Counts of instances; the first that has data is taken. */
  size: readonly StatMetric[];
  cpu: StatMetric;
  /** The count of values of CPU. */
  samples: StatMetric;
  /** They add up to what came to the group. */
  demand: readonly StatMetric[];
}>;

const metricsOf = (group: SurveyedGroup): Wanted => {
  const ofGroup = { AutoScalingGroupName: group.autoScalingGroup };
  const balancers = group.servedBy.map(({ loadBalancer, targetGroup }) => ({
    namespace: loadBalancer.startsWith('app/') ? 'AWS/ApplicationELB' : 'AWS/NetworkELB',
    dimensions: { LoadBalancer: loadBalancer, TargetGroup: targetGroup },
  }));
  return {
    size: [
      stat('AWS/AutoScaling', 'GroupInServiceInstances', { dimensions: ofGroup }),
      ...balancers.map((each) => stat(each.namespace, 'HealthyHostCount', each)),
    ],
    cpu: stat('AWS/EC2', 'CPUUtilization', { dimensions: ofGroup }),
    samples: stat('AWS/EC2', 'CPUUtilization', { dimensions: ofGroup, statistic: 'SampleCount' }),
    demand: demandOf(group, kindOf(group)),
  };
};

const demandOf = (group: SurveyedGroup, kind: GroupKind): readonly StatMetric[] => {
  if (kind === 'requests') {
    return balancersOf(group, 'app/').map(({ loadBalancer, targetGroup }) =>
      sum('AWS/ApplicationELB', 'RequestCount', {
        LoadBalancer: loadBalancer,
        TargetGroup: targetGroup,
      }),
    );
  }
  if (kind === 'flows') {
    const names = balancersOf(group, 'net/').map(({ loadBalancer }) => loadBalancer);
    return [...new Set(names)].map((LoadBalancer) =>
      sum('AWS/NetworkELB', 'NewFlowCount', { LoadBalancer }),
    );
  }
  return kind === 'queue'
    ? group.queues.map((QueueName) => sum('AWS/SQS', 'NumberOfMessagesDeleted', { QueueName }))
    : [];
};

const balancersOf = ({ servedBy }: SurveyedGroup, start: 'app/' | 'net/') =>
  servedBy.filter(({ loadBalancer }) => loadBalancer.startsWith(start));

type Of = Readonly<{ dimensions: Readonly<Record<string, string>>; statistic?: string }>;

const stat = (namespace: string, metricName: string, of: Of): StatMetric => ({
  kind: 'stat',
  namespace,
  metricName,
  dimensions: of.dimensions,
  statistic: of.statistic ?? 'Average',
  periodSeconds: PERIOD_SECONDS,
});

const sum = (namespace: string, name: string, dimensions: Of['dimensions']): StatMetric =>
  stat(namespace, name, { dimensions, statistic: 'Sum' });
