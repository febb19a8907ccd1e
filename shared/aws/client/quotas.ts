/** So many calls in a second, and so many at once after a rest. */
export type CallRate = Readonly<{
  perSecond: number;
  burst: number;
  /** Nobody waits longer for a turn: beyond that a call goes at once, and may be throttled. For ever when absent. */
  longestWaitMs?: number;
}>;

type SourcedRate = CallRate & Readonly<{ source: string }>;

const CLOUDWATCH =
  'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html';
const LOAD_BALANCING =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-throttling.html';
const AUTO_SCALING = 'https://docs.aws.amazon.com/autoscaling/ec2/APIReference/Welcome.html';

/**
 * The rates that reads keep to, so that a large deployment waits a little where it would be throttled, and leaves something
 * to people and to other tools of the account. The one place for these numbers. CloudWatch takes 9 DescribeAlarms in a
 * second from an account in a Region; Auto Scaling has one bucket of tokens for all reads, and does not say how large it is.
 */
export const READ_RATES = {
  /** The sweep once a minute: it lists groups, reads which alarms fire, and looks at few groups itself. */
  sweep: {
    DescribeAlarms: { perSecond: 3, burst: 4, source: CLOUDWATCH },
    DescribeAutoScalingGroups: { perSecond: 10, burst: 10, source: AUTO_SCALING },
  },
  /**
   * Each of the environments that look at shards of many groups: a quarter of what all of them may. Shards bring along which
   * alarms fire, and read alarms only when they do not.
   */
  shard: {
    DescribeAlarms: { perSecond: 0.4, burst: 1, source: CLOUDWATCH },
    DescribeAutoScalingGroups: { perSecond: 2.5, burst: 2, source: AUTO_SCALING },
  },
  /** Each of the execution environments of scale. While one waits, messages gather, and are read for together. */
  scale: {
    DescribeAlarms: { perSecond: 0.8, burst: 3, longestWaitMs: 5_000, source: CLOUDWATCH },
    DescribeAutoScalingGroups: {
      perSecond: 2,
      burst: 4,
      longestWaitMs: 5_000,
      source: AUTO_SCALING,
    },
  },
  /** Each of the two execution environments of heal, of what an account may ask of load balancers: 10 in a second, 40 at once. */
  heal: {
    DescribeAutoScalingGroups: {
      perSecond: 2,
      burst: 4,
      longestWaitMs: 5_000,
      source: AUTO_SCALING,
    },
    DescribeTargetHealth: {
      perSecond: 4,
      burst: 15,
      longestWaitMs: 5_000,
      source: LOAD_BALANCING,
    },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, SourcedRate>>>>;
