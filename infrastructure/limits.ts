/** Quotas of AWS on what a deployment makes, and where AWS documents them. The one place for these numbers. */
export const LIMITS = {
  resources: {
    most: 500,
    who: 'CloudFormation',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html',
  },
  outputs: {
    most: 200,
    who: 'CloudFormation',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html',
  },
  /** Bytes of a template that is read from S3. */
  template: {
    most: 1_048_576,
    who: 'CloudFormation',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html',
  },
  /** Characters of all inline policies of a role, without white space. */
  inlinePolicies: {
    most: 10_240,
    who: 'IAM',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  },
  /** Characters of a managed policy, without white space. */
  managedPolicy: {
    most: 6_144,
    who: 'IAM',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  },
  /** Bytes of all variables of a function, as the JSON object that Lambda says it measures. */
  variables: {
    most: 4_096,
    who: 'Lambda',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  },
  functionName: {
    most: 64,
    who: 'Lambda',
    source: 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html',
  },
  roleName: {
    most: 64,
    who: 'IAM',
    source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html',
  },
  queueName: {
    most: 80,
    who: 'SQS',
    source:
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html',
  },
  topicName: {
    most: 256,
    who: 'SNS',
    source: 'https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html',
  },
  alarmName: {
    most: 255,
    who: 'CloudWatch',
    source:
      'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html',
  },
  /** Bytes. */
  keyPolicy: {
    most: 32_768,
    who: 'KMS',
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html',
  },
  widgets: {
    most: 500,
    who: 'CloudWatch',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html',
  },
  /** Metrics of all widgets of one dashboard. */
  dashboardMetrics: {
    most: 2_500,
    who: 'CloudWatch',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html',
  },
  dashboardName: {
    most: 255,
    who: 'CloudWatch',
    source:
      'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html',
  },
  stackName: {
    most: 128,
    who: 'CloudFormation',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html',
  },
} as const satisfies Readonly<
  Record<string, Readonly<{ most: number; who: string; source: string }>>
>;

export type LimitName = keyof typeof LIMITS;
