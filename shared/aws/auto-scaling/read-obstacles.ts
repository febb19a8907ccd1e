import {
  type AutoScalingClient,
  DescribeInstanceRefreshesCommand,
} from '@aws-sdk/client-auto-scaling';
import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { GroupState } from '#domain/observed/group-state.ts';
import type { Obstacle } from '#domain/observed/obstacle.ts';

export type ObstacleClients = Readonly<{
  autoScaling: AutoScalingClient;
  cloudFormation: CloudFormationClient;
  loadBalancing: ElasticLoadBalancingV2Client;
}>;

/** Reads what is under way in a group that DescribeAutoScalingGroups does not show. */
export const readObstacles =
  ({ autoScaling, cloudFormation, loadBalancing }: ObstacleClients) =>
  async ({
    autoScalingGroup,
    stack,
    targetGroupArns,
  }: GroupState): Promise<readonly Obstacle[]> => {
    const found = await Promise.all([
      refreshOf(autoScaling, autoScalingGroup),
      ...(stack === undefined ? [] : [ifThere(updateOf(cloudFormation, stack))]),
      ...targetGroupArns.map((arn) => ifThere(shiftOf(loadBalancing, arn))),
    ]);
    return found.flat();
  };

/** A stack may be deleted and its group kept, with the tag; a target group may be gone by now. */
const ifThere = async (found: Promise<readonly Obstacle[]>): Promise<readonly Obstacle[]> => {
  try {
    return await found;
  } catch (thrown) {
    if (thrown instanceof Error && isGone(thrown)) return [];
    throw thrown;
  }
};

/** CloudFormation has no error of its own for a stack that is not there. */
const isGone = ({ name, message }: Error): boolean =>
  name === 'TargetGroupNotFoundException' ||
  (name === 'ValidationError' && /does not exist/.test(message));

/** Whatever is not over is under way: Pending, InProgress, Baking, Cancelling, RollbackInProgress. */
const OVER = /^(?:Successful|Failed|Cancelled|RollbackFailed|RollbackSuccessful)$/;

const refreshOf = async (client: AutoScalingClient, name: string): Promise<readonly Obstacle[]> => {
  const { InstanceRefreshes = [] } = await client.send(
    new DescribeInstanceRefreshesCommand({ AutoScalingGroupName: name, MaxRecords: 10 }),
  );
  const live = InstanceRefreshes.find(({ Status }) => !OVER.test(Status ?? ''));
  if (live === undefined) return [];

  const done = live.PercentageComplete === undefined ? '' : `, ${live.PercentageComplete} % done`;
  const detail = `an instance refresh is under way (${live.Status}${done})`;
  return [{ reason: 'InstanceRefreshActive', detail }];
};

/** A stack of which only a change set was made has changed nothing yet. */
const IN_PROGRESS = /(?<!^REVIEW)_IN_PROGRESS$/;

const updateOf = async (
  client: CloudFormationClient,
  stack: string,
): Promise<readonly Obstacle[]> => {
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
  const status = Stacks[0]?.StackStatus ?? '';
  const detail = `CloudFormation is at work on the group's stack ${stack} (${status})`;
  return IN_PROGRESS.test(status) ? [{ reason: 'StackUpdateActive', detail }] : [];
};

const shiftOf = async (
  client: ElasticLoadBalancingV2Client,
  arn: string,
): Promise<readonly Obstacle[]> => {
  const { TargetHealthDescriptions = [] } = await client.send(
    new DescribeTargetHealthCommand({ TargetGroupArn: arn }),
  );
  const shifted = TargetHealthDescriptions.filter(
    ({ AdministrativeOverride }) => AdministrativeOverride?.State === 'zonal_shift_active',
  );
  const detail = `a zonal shift keeps ${shifted.length} targets out of traffic`;
  return shifted.length === 0 ? [] : [{ reason: 'ZonalShiftActive', detail }];
};
