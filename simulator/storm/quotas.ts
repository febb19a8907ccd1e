import { type CallRate, READ_RATES } from '#aws/client/quotas.ts';
import type { FunctionName } from '#simulator/history.ts';

/** A bucket of calls that AWS keeps for an account in a Region, and what fills it. */
export type Quota = Readonly<{ perSecond: number; burst: number; source: string }>;

const AUTO_SCALING = 'https://docs.aws.amazon.com/autoscaling/ec2/APIReference/Welcome.html';
const CLOUDWATCH =
  'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html';

/**
 * The quotas that the storm runs into, by the action of the API. Auto Scaling says that it has such buckets and not how
 * large they are: the numbers here are a guess on the low side, and reads share one bucket, as do writes.
 */
export const QUOTAS = {
  DescribeAlarms: { perSecond: 9, burst: 9, source: CLOUDWATCH },
  DescribeAutoScalingGroups: { perSecond: 20, burst: 100, source: AUTO_SCALING },
  SetDesiredCapacity: { perSecond: 10, burst: 50, source: AUTO_SCALING },
} as const satisfies Readonly<Record<string, Quota>>;

export type LimitedAction = keyof typeof QUOTAS;

export const isLimited = (action: string): action is LimitedAction => Object.hasOwn(QUOTAS, action);

/** The rate that a function keeps to by itself, in each of its environments. */
export const ownRateOf = (functionName: FunctionName, action: string): CallRate | undefined => {
  const rates: Readonly<Record<string, Readonly<Record<string, CallRate>>>> = READ_RATES;
  return rates[functionName]?.[action];
};
