/** Permissions to look before anything is taken from a group. None of them can be narrowed to one group. */
export const READ_ON_DEMAND = [
  'autoscaling:DescribeInstanceRefreshes',
  'cloudformation:DescribeStacks',
  'elasticloadbalancing:DescribeTargetHealth',
] as const;
