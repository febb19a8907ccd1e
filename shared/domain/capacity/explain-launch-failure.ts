import type { Activity } from '#domain/observed/obstacle.ts';

/**
 * Explains why launches fail and what would help, by the words of the newest failed activity
 * (https://docs.aws.amazon.com/autoscaling/ec2/userguide/ts-as-instancelaunchfailure.html and
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ts-as-capacity.html).
 */
export const explainLaunchFailure = (
  activities: readonly Activity[] | undefined,
): string | undefined => {
  const failed = activities?.filter(({ isFailed }) => isFailed) ?? [];
  const newest = failed.toSorted((a, b) => b.at - a.at)[0];
  if (newest === undefined) return undefined;

  const known = CAUSES.find(({ sign }) => sign.test(newest.message));
  const words = newest.message.slice(0, MOST_WORDS);
  return known === undefined ? `AWS says: ${words}` : `${known.cause}; ${known.help}`;
};

const MOST_WORDS = 300;

const CAUSES: readonly Readonly<{ sign: RegExp; cause: string; help: string }>[] = [
  {
    sign: /sufficient \S+ capacity|InsufficientInstanceCapacity|UnfulfillableCapacity/i,
    cause: 'EC2 has no capacity of that instance type there',
    help: 'allow more instance types or zones',
  },
  {
    sign: /vCPU (?:capacity|limit)|VcpuLimitExceeded|InstanceLimitExceeded|instance limit/i,
    cause: 'the quota of the account is used up',
    help: 'raise the quota for running On-Demand instances in Service Quotas',
  },
  {
    sign: /MaxSpotInstanceCountExceeded|Max spot instance count/i,
    cause: 'the quota for Spot Instances is used up',
    help: 'raise it in Service Quotas, or use On-Demand capacity',
  },
  {
    sign: /SpotMaxPriceTooLow|spot (?:request )?price/i,
    cause: 'the Spot price is above your maximum price',
    help: 'leave the maximum price out, or use On-Demand capacity',
  },
  {
    sign: /image id|InvalidAMI|\bAMI\b/i,
    cause: 'the image of the launch template is gone or not shared',
    help: 'name an image that exists, in a new version of the launch template',
  },
  {
    sign: /free addresses|InsufficientFreeAddresses/i,
    cause: 'a subnet has no free addresses',
    help: 'add a subnet to the group, or free addresses',
  },
  {
    sign: /Client\.InternalError|kms|key/i,
    cause: 'a volume cannot be decrypted, or a key pair is gone',
    help: 'let the service-linked role of Auto Scaling use the KMS key, or correct the key pair',
  },
  {
    sign: /security group|subnet|launch template|launch configuration|InvalidParameter/i,
    cause: 'the launch template or a subnet that it needs is wrong',
    help: 'correct what the message of the activity names',
  },
  {
    sign: /not authorized|UnauthorizedOperation|AccessDenied/i,
    cause: 'a permission is missing',
    help: 'give it to the service-linked role of Auto Scaling or to the instance profile',
  },
];
