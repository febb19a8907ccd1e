/**
 * Builds the ARN of a target group, given as `targetgroup/NAME/ID`, in the partition, Region and
 * account of another ARN.
 */
export const targetGroupArn =
  (siblingArn: string) =>
  (targetGroup: string): string => {
    const [, partition, , region, account] = siblingArn.split(':');
    return `arn:${partition}:elasticloadbalancing:${region}:${account}:${targetGroup}`;
  };
