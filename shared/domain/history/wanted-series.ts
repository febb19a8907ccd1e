import type { Group } from '#domain/configuration/configuration.ts';
import type { Metric, StatMetric } from '#domain/configuration/metric.ts';
import type { SeriesName } from './series.ts';

/** A series to fetch, and the metrics of CloudWatch that it is made of. */
export type WantedSeries = Readonly<{
  name: SeriesName;
  metrics: readonly StatMetric[];
  /** `sum` adds up all metrics; `first` takes the first that has any data. */
  combine: 'sum' | 'first';
  /** CloudWatch has no datapoint for a period in which nothing came. */
  isSilentAtZero: boolean;
}>;

/**
 * The series that a backtest of a group needs. Load balancers, target groups and queues are those that the
 * group's metrics and its `health` name. A Network Load Balancer counts no requests: its new flows stand for them
 * where there is no Application Load Balancer.
 */
export const wantedSeries = (group: Group): readonly WantedSeries[] => [
  ...ofInstances(group),
  ...ofLoadBalancers(balancersOf(group)),
  ...(balancersOf(group).length === 0 ? ofNetworkBalancers(networkBalancersOf(group)) : []),
  ...ofQueues(queuesOf(group)),
];

type Dimensions = Readonly<Record<string, string>>;
type ServedTargets = Readonly<{ LoadBalancer: string; TargetGroup: string }>;

const stat = (
  name: `AWS/${string} ${string}`,
  statistic: string,
  dimensions: Dimensions,
): StatMetric => {
  const [namespace, metricName] = name.split(' ') as [string, string];
  return { kind: 'stat', namespace, metricName, dimensions, statistic, periodSeconds: 60 };
};

const ofInstances = (group: Group): readonly WantedSeries[] => {
  const dimensions = { AutoScalingGroupName: group.autoScalingGroup };
  return [
    {
      name: 'cpu',
      metrics: [stat('AWS/EC2 CPUUtilization', 'Average', dimensions)],
      combine: 'first',
      isSilentAtZero: false,
    },
    {
      name: 'inService',
      // Groups publish their sizes only when they were told to; the load balancer counts in any case.
      metrics: [
        stat('AWS/AutoScaling GroupInServiceInstances', 'Average', dimensions),
        ...balancersOf(group).map((balancer) =>
          stat('AWS/ApplicationELB HealthyHostCount', 'Average', balancer),
        ),
      ],
      combine: 'first',
      isSilentAtZero: false,
    },
  ];
};

const ofLoadBalancers = (balancers: readonly ServedTargets[]): readonly WantedSeries[] => {
  if (balancers.length === 0) return [];
  const each = (name: `AWS/${string} ${string}`, statistic: string): readonly StatMetric[] =>
    balancers.map((balancer) => stat(name, statistic, balancer));
  const wholes = distinct(balancers.map(({ LoadBalancer }) => ({ LoadBalancer })));
  return [
    {
      name: 'requests',
      metrics: each('AWS/ApplicationELB RequestCount', 'Sum'),
      combine: 'sum',
      isSilentAtZero: true,
    },
    {
      name: 'rejected',
      metrics: wholes.flatMap((whole) => [
        stat('AWS/ApplicationELB HTTPCode_ELB_503_Count', 'Sum', whole),
        stat('AWS/ApplicationELB RejectedConnectionCount', 'Sum', whole),
      ]),
      combine: 'sum',
      isSilentAtZero: true,
    },
    {
      name: 'errors',
      metrics: each('AWS/ApplicationELB HTTPCode_Target_5XX_Count', 'Sum'),
      combine: 'sum',
      isSilentAtZero: true,
    },
    {
      name: 'latency',
      metrics: each('AWS/ApplicationELB TargetResponseTime', 'p95'),
      combine: 'first',
      isSilentAtZero: true,
    },
  ];
};

const ofNetworkBalancers = (balancers: readonly Dimensions[]): readonly WantedSeries[] =>
  balancers.length === 0
    ? []
    : [
        {
          name: 'requests',
          metrics: balancers.map((balancer) =>
            stat('AWS/NetworkELB NewFlowCount', 'Sum', balancer),
          ),
          combine: 'sum',
          isSilentAtZero: false,
        },
      ];

const ofQueues = (queues: readonly Dimensions[]): readonly WantedSeries[] => {
  if (queues.length === 0) return [];
  const counted = (
    name: SeriesName,
    metric: `AWS/${string} ${string}`,
    statistic: string,
  ): WantedSeries => ({
    name,
    metrics: queues.map((queue) => stat(metric, statistic, queue)),
    combine: 'sum',
    isSilentAtZero: false,
  });
  return [
    counted('messagesSent', 'AWS/SQS NumberOfMessagesSent', 'Sum'),
    counted('messagesDeleted', 'AWS/SQS NumberOfMessagesDeleted', 'Sum'),
    counted('backlog', 'AWS/SQS ApproximateNumberOfMessagesVisible', 'Average'),
  ];
};

/** Application Load Balancers, each with one of its target groups. */
const balancersOf = ({ metrics, health }: Group): readonly ServedTargets[] => {
  const named = dimensionsIn(metrics).map(({ LoadBalancer = '', TargetGroup = '' }) => ({
    LoadBalancer,
    TargetGroup,
  }));
  const watched = (health?.watched ?? []).map(({ loadBalancer, targetGroup }) => ({
    LoadBalancer: loadBalancer,
    TargetGroup: targetGroup,
  }));
  return distinct(
    [...named, ...watched].filter(
      ({ LoadBalancer, TargetGroup }) => LoadBalancer.startsWith('app/') && TargetGroup !== '',
    ),
  );
};

/** Network Load Balancers, which count for all of their target groups. */
const networkBalancersOf = ({ metrics, health }: Group): readonly Dimensions[] =>
  distinct(
    [
      ...dimensionsIn(metrics).map(({ LoadBalancer = '' }) => LoadBalancer),
      ...(health?.watched ?? []).map(({ loadBalancer }) => loadBalancer),
    ]
      .filter((name) => name.startsWith('net/'))
      .map((LoadBalancer) => ({ LoadBalancer })),
  );

const queuesOf = ({ metrics }: Group): readonly Dimensions[] =>
  distinct(
    dimensionsIn(metrics).flatMap(({ QueueName }) =>
      QueueName === undefined ? [] : [{ QueueName }],
    ),
  );

const dimensionsIn = (metrics: Readonly<Record<string, Metric>>): readonly Dimensions[] =>
  Object.values(metrics).flatMap((metric) => {
    if (metric.kind === 'query') return [];
    return metric.kind === 'stat'
      ? [metric.dimensions]
      : Object.values(metric.uses).map(({ dimensions }) => dimensions);
  });

const distinct = <T extends Dimensions>(all: readonly T[]): readonly T[] => [
  ...new Map(all.map((each) => [JSON.stringify(each), each])).values(),
];
