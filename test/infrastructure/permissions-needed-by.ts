import { build } from 'esbuild';

type Needs = Readonly<{
  /** Commands that its code carries along and never sends. */
  idle: readonly string[];
  /** Actions of others in the function's name: Lambda's pollers, and SNS on an encrypted topic. */
  more: readonly string[];
}>;

const OWN_QUEUE = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];
const ENCRYPTED_TOPIC = ['kms:Decrypt', 'kms:GenerateDataKey*'];

const NEEDS: Readonly<Record<string, Needs>> = {
  scale: { idle: [], more: [...OWN_QUEUE, ...ENCRYPTED_TOPIC] },
  heal: { idle: [], more: [...OWN_QUEUE, ...ENCRYPTED_TOPIC] },
  notify: {
    idle: [],
    // It deletes and checks in transactions, and Systems Manager reads secrets in its name.
    more: [
      ...[...OWN_QUEUE, 'dynamodb:ConditionCheckItem', 'dynamodb:DeleteItem'],
      'secretsmanager:GetSecretValue',
    ],
  },
  // Its ports leave out the half of the ledger that writes.
  sweep: { idle: ['TransactWriteItems'], more: [...OWN_QUEUE, ...ENCRYPTED_TOPIC] },
};

const PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  BatchGetItem: ['dynamodb:BatchGetItem'],
  BatchWriteItem: ['dynamodb:BatchWriteItem'],
  DeleteItem: ['dynamodb:DeleteItem'],
  ChangeMessageVisibility: ['sqs:ChangeMessageVisibility'],
  DeleteMessageBatch: ['sqs:DeleteMessage'],
  DeregisterTargets: ['elasticloadbalancing:DeregisterTargets'],
  DescribeAlarms: ['cloudwatch:DescribeAlarms'],
  DescribeAutoScalingGroups: ['autoscaling:DescribeAutoScalingGroups'],
  DescribeInstanceRefreshes: ['autoscaling:DescribeInstanceRefreshes'],
  DescribeScalingActivities: ['autoscaling:DescribeScalingActivities'],
  DescribeStacks: ['cloudformation:DescribeStacks'],
  // The SDK would ask for endpoints only if it were told to.
  DescribeEndpoints: [],
  DescribeTags: ['elasticloadbalancing:DescribeTags'],
  DescribeTargetGroupAttributes: ['elasticloadbalancing:DescribeTargetGroupAttributes'],
  DescribeTargetHealth: ['elasticloadbalancing:DescribeTargetHealth'],
  DescribeWarmPool: ['autoscaling:DescribeWarmPool'],
  EnterStandby: ['autoscaling:EnterStandby'],
  GetMetricData: ['cloudwatch:GetMetricData'],
  GetItem: ['dynamodb:GetItem'],
  // The parameters are encrypted.
  GetParameter: ['ssm:GetParameter', 'kms:Decrypt'],
  Query: ['dynamodb:Query'],
  SendEmail: ['ses:SendEmail', 'ses:SendRawEmail'],
  Publish: ['sns:Publish'],
  PutItem: ['dynamodb:PutItem'],
  PutWarmPool: ['autoscaling:PutWarmPool'],
  ReceiveMessage: ['sqs:ReceiveMessage'],
  RegisterTargets: ['elasticloadbalancing:RegisterTargets'],
  SendMessage: ['sqs:SendMessage'],
  SendMessageBatch: ['sqs:SendMessage'],
  SetDesiredCapacity: ['autoscaling:SetDesiredCapacity'],
  SetInstanceHealth: ['autoscaling:SetInstanceHealth'],
  TerminateInstanceInAutoScalingGroup: ['autoscaling:TerminateInstanceInAutoScalingGroup'],
  UpdateItem: ['dynamodb:UpdateItem'],
  // A transaction needs what each of its writes needs.
  TransactWriteItems: ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
};

/** The permissions that a function needs, by the commands that are left in its bundle. */
export const permissionsNeededBy = async (name: string): Promise<readonly string[]> => {
  const { idle = [], more = [] } = NEEDS[name] ?? {};
  const commands = await commandsIn(`functions/${name}/handler.ts`);
  const needed = commands.filter((command) => !idle.includes(command)).flatMap(permissionsFor);

  return [...new Set([...needed, ...more, 'logs:CreateLogStream', 'logs:PutLogEvents'])].sort();
};

const permissionsFor = (command: string): readonly string[] => {
  const permissions = PERMISSIONS[command];
  if (permissions === undefined) throw new Error(`which permission does ${command} need?`);
  return permissions;
};

const commandsIn = async (entry: string): Promise<readonly string[]> => {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    mainFields: ['module', 'main'],
    define: {
      TIDEGATE_CONFIGURATION: '{}',
      TIDEGATE_CONFIGURATION_HASH: '""',
      TIDEGATE_SOURCE: '{}',
    },
    logLevel: 'silent',
  });
  // Those of the credential providers are made only when they are needed, and look otherwise.
  const classes = outputFiles[0]?.text.matchAll(/^var (\w+)Command = class extends /gm) ?? [];
  return [...classes].map(([, command = '']) => command);
};
