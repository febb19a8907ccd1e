import type { GroupState } from '#domain/observed/group-state.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Datapoint, Metrics, Series } from '#simulator/services/cloud-watch/metrics.ts';

/** A minute of a fleet as CloudWatch sees it. */
export type Minute = Readonly<{
  at: Instant;
  requests: number;
  lost: number;
  /** Percent of all processors that run; none when no instance does. */
  cpu?: number;
  meanLatencyMs: number;
  p95LatencyMs: number;
  serving: number;
  healthy: number;
  unhealthy: number;
  /** The group as it is at the end of the minute. */
  group: Sizes;
  /** Present when the fleet takes its work from a queue. */
  queue?: QueueMinute;
}>;

type Sizes = Readonly<{
  min: number;
  max: number;
  desired: number;
  total: number;
  inService: number;
  pending: number;
  terminating: number;
  standby: number;
}>;

type QueueMinute = Readonly<{
  sent: number;
  deleted: number;
  /** Messages that wait, and those that workers have received and not yet deleted. */
  visible: number;
  inFlight: number;
  /** The age of the oldest message. */
  oldestSeconds: number;
}>;

export type Names = Readonly<{
  autoScalingGroup: string;
  targetGroup: string;
  loadBalancer: string;
  /** Present when the fleet takes its work from a queue. */
  queue?: string;
}>;

export type Emitted = Readonly<{ series: Series; datapoint: Datapoint }>;

/** Puts the metrics that AWS would put for this minute. */
export const emit = (metrics: Metrics, names: Names, minute: Minute): void => {
  for (const { series, datapoint } of datapointsOf(names, minute)) {
    metrics.put(series, minute.at, datapoint);
  }
};

/** Every metric of a fleet, as far as this minute has it. Where nothing was measured there is none. */
export const datapointsOf = (names: Names, minute: Minute): readonly Emitted[] => [
  ...ofProcessors(names, minute),
  ...ofGroup(names, minute.group),
  ...ofSource(names, minute),
];

/** The metrics of what brings the work: a queue, or a load balancer of either kind. */
const ofSource = (names: Names, minute: Minute): readonly Emitted[] => {
  if (names.queue !== undefined) return ofQueue(names.queue, minute.queue);
  return names.loadBalancer.startsWith('net/')
    ? ofNetworkBalancer(names.loadBalancer, minute)
    : ofLoadBalancer(names, minute);
};

type Put = (metricName: string, datapoint: Datapoint) => Emitted;

const into =
  (namespace: string, dimensions: Readonly<Record<string, string>>): Put =>
  (metricName, datapoint) => ({ series: { namespace, metricName, dimensions }, datapoint });

/** A value that is measured once a minute. */
const level = (value: number): Datapoint => ({
  Average: value,
  Maximum: value,
  Minimum: value,
  Sum: value,
  SampleCount: 1,
});

/** Without an instance that runs nobody measures a processor. */
const ofProcessors = (
  { autoScalingGroup }: Names,
  { cpu }: Pick<Minute, 'cpu'>,
): readonly Emitted[] =>
  cpu === undefined
    ? []
    : [
        into('AWS/EC2', { AutoScalingGroupName: autoScalingGroup })('CPUUtilization', {
          Average: cpu,
          Maximum: cpu,
          Minimum: cpu,
        }),
      ];

const ofGroup = ({ autoScalingGroup }: Names, sizes: Sizes): readonly Emitted[] => {
  const put = into('AWS/AutoScaling', { AutoScalingGroupName: autoScalingGroup });
  return [
    put('GroupMinSize', level(sizes.min)),
    put('GroupMaxSize', level(sizes.max)),
    put('GroupDesiredCapacity', level(sizes.desired)),
    put('GroupInServiceInstances', level(sizes.inService)),
    put('GroupPendingInstances', level(sizes.pending)),
    put('GroupTerminatingInstances', level(sizes.terminating)),
    put('GroupStandbyInstances', level(sizes.standby)),
    put('GroupTotalInstances', level(sizes.total)),
  ];
};

/**
 * Next to what AWS tells, an application that counts its requests itself tells the number of each minute as one value.
 * A load balancer counts the requests that it could give to a target, and reports nothing without any; of errors
 * it reports nothing without one
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html).
 */
const ofLoadBalancer = (names: Names, minute: Minute): readonly Emitted[] => {
  const target = { TargetGroup: names.targetGroup };
  const put = into('AWS/ApplicationELB', { ...target, LoadBalancer: names.loadBalancer });
  const hosts =
    minute.healthy + minute.unhealthy === 0
      ? []
      : [
          put('HealthyHostCount', level(minute.healthy)),
          put('UnHealthyHostCount', level(minute.unhealthy)),
        ];
  if (minute.serving === 0 || minute.requests === 0) return hosts;

  const each = minute.requests / minute.serving;
  const [mean, p95] = [minute.meanLatencyMs / 1_000, minute.p95LatencyMs / 1_000];
  return [
    ...hosts,
    into('Application', { AutoScalingGroupName: names.autoScalingGroup })(
      'Requests',
      level(minute.requests),
    ),
    put('RequestCount', { Sum: minute.requests }),
    ...(minute.lost === 0 ? [] : [put('HTTPCode_Target_5XX_Count', { Sum: minute.lost })]),
    into('AWS/ApplicationELB', target)('RequestCountPerTarget', { Sum: each, Average: each }),
    put('TargetResponseTime', {
      Average: mean,
      Maximum: p95 * 1.5,
      p50: mean,
      p90: p95 * 0.8,
      p95,
      p99: p95 * 1.3,
    }),
  ];
};

/** A request of the simulated clients, with its answer. */
const BYTES_PER_REQUEST = 20_000;

/**
 * A Network Load Balancer counts flows and bytes as a whole, also those of a minute without any; here each request
 * is a flow of its own
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html).
 */
const ofNetworkBalancer = (
  loadBalancer: string,
  { requests }: Pick<Minute, 'requests'>,
): readonly Emitted[] => {
  const put = into('AWS/NetworkELB', { LoadBalancer: loadBalancer });
  return [
    put('NewFlowCount', { Sum: requests }),
    put('ProcessedBytes', { Sum: requests * BYTES_PER_REQUEST }),
  ];
};

/**
 * The metrics that SQS reports of a queue that is in use
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html).
 */
const ofQueue = (queue: string, minute: QueueMinute = EMPTY): readonly Emitted[] => {
  const put = into('AWS/SQS', { QueueName: queue });
  return [
    put('NumberOfMessagesSent', { Sum: minute.sent }),
    put('NumberOfMessagesReceived', { Sum: minute.deleted }),
    put('NumberOfMessagesDeleted', { Sum: minute.deleted }),
    put('ApproximateNumberOfMessagesVisible', level(minute.visible)),
    put('ApproximateNumberOfMessagesNotVisible', level(minute.inFlight)),
    put('ApproximateNumberOfMessagesDelayed', level(0)),
    put('ApproximateAgeOfOldestMessage', level(minute.oldestSeconds)),
  ];
};

const EMPTY: QueueMinute = { sent: 0, deleted: 0, visible: 0, inFlight: 0, oldestSeconds: 0 };

/** The sizes of a group, as the metrics of Auto Scaling count them. */
export const sizesOf = (state: GroupState | undefined): Sizes => {
  const instances = state?.instances ?? [];
  const inState = (begin: string): number =>
    instances.filter(({ lifecycleState }) => lifecycleState.startsWith(begin)).length;

  return {
    min: state?.capacityMin ?? 0,
    max: state?.capacityMax ?? 0,
    desired: state?.capacityDesired ?? 0,
    total: instances.length,
    inService: inState('InService'),
    pending: inState('Pending'),
    terminating: inState('Terminating'),
    standby: inState('Standby'),
  };
};
