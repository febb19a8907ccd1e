import {
  type AutoScalingClient,
  type DescribeWarmPoolAnswer,
  PutWarmPoolCommand,
  paginateDescribeWarmPool,
} from '@aws-sdk/client-auto-scaling';
import { refusalOf } from '#aws/client/refusal.ts';
import { type Answer, applied, type Refusal } from '#domain/ledger/outcome.ts';
import { type PoolSettings, phaseInPool, type WarmPool } from '#domain/observed/warm-pool.ts';

/** Reads a group's warm pool; one call answers for at most 50 instances of one group. */
export const readPool =
  (client: AutoScalingClient) =>
  async (autoScalingGroup: string): Promise<WarmPool> => {
    const pages: DescribeWarmPoolAnswer[] = [];
    const input = { AutoScalingGroupName: autoScalingGroup, MaxRecords: 50 };
    for await (const page of paginateDescribeWarmPool({ client }, input)) pages.push(page);

    const phases = pages
      .flatMap(({ Instances = [] }) => Instances)
      .filter(({ HealthStatus }) => HealthStatus !== 'Unhealthy')
      .map(({ LifecycleState = '' }) => phaseInPool(LifecycleState));
    return {
      ...settingsOf(pages[0]?.WarmPoolConfiguration),
      ready: phases.filter((phase) => phase === 'ready').length,
      warming: phases.filter((phase) => phase === 'warming').length,
    };
  };

const settingsOf = (
  found: DescribeWarmPoolAnswer['WarmPoolConfiguration'],
): Readonly<{ settings?: PoolSettings }> => {
  if (found === undefined) return {};
  const { MaxGroupPreparedCapacity: prepared = NO_LIMIT } = found;
  return {
    settings: {
      ...(prepared === NO_LIMIT ? {} : { prepared }),
      minSize: found.MinSize ?? 0,
      poolState: found.PoolState ?? 'Stopped',
      isReused: found.InstanceReusePolicy?.ReuseOnScaleIn ?? false,
      isBeingDeleted: found.Status !== undefined,
    },
  };
};

/** The value that removes a limit. */
const NO_LIMIT = -1;

/** Sets the limit of running and stopped instances together; repeating the call does no harm. */
export const setPool =
  (client: AutoScalingClient) =>
  async (
    autoScalingGroup: string,
    { prepared, isReused }: Readonly<{ prepared: number; isReused: boolean }>,
  ): Promise<Answer> => {
    try {
      await client.send(
        new PutWarmPoolCommand({
          AutoScalingGroupName: autoScalingGroup,
          MaxGroupPreparedCapacity: prepared,
          // A least size would be refilled after each scale-out, whatever is needed.
          MinSize: 0,
          PoolState: 'Stopped',
          InstanceReusePolicy: { ReuseOnScaleIn: isReused },
        }),
      );
      return applied;
    } catch (thrown) {
      return refusalOfPool(thrown);
    }
  };

/**
 * A group that can have no warm pool answers with a ValidationError, whose words are not documented; a role that may set
 * none with AccessDenied. Both are trouble of the pool alone: the capacity is set all the same.
 */
const refusalOfPool = (thrown: unknown): Answer => {
  const answer = refusalOf(thrown);
  return answer.kind === 'refused' && OF_THE_POOL.includes(answer.reason)
    ? { ...answer, reason: 'PoolRefused' }
    : answer;
};

const OF_THE_POOL: readonly Refusal[] = ['OutOfBounds', 'AccessDenied'];
