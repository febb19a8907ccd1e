/** So many calls in a second, and so many at once after a rest. */
export type CallRate = Readonly<{ perSecond: number; burst: number }>;

/**
 * The rates that reads of all groups keep to, so that a large deployment waits a little where it would be throttled, and
 * leaves something to the evaluations, to people and to other tools of the account. The one place for these numbers.
 */
export const READ_RATES = {
  /** CloudWatch takes 9 of these in a second from an account in a Region. */
  describeAlarms: {
    perSecond: 6,
    burst: 6,
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html',
  },
  /** Auto Scaling has one bucket of tokens for all reads of an account, and does not say how large it is. */
  describeAutoScalingGroups: {
    perSecond: 10,
    burst: 10,
    source: 'https://docs.aws.amazon.com/autoscaling/ec2/APIReference/Welcome.html',
  },
} as const satisfies Readonly<Record<string, CallRate & Readonly<{ source: string }>>>;
