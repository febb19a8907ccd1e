/** What is looked at before anything is taken from a group. None of it can be narrowed to one group. */
export const SECOND_LOOK = [
  'autoscaling:DescribeInstanceRefreshes',
  'cloudformation:DescribeStacks',
  'elasticloadbalancing:DescribeTargetHealth',
] as const;
