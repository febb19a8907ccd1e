/** The warm pool of a group as DescribeWarmPool shows it at this moment. */
export type WarmPool = Readonly<{
  /** Absent while the group has no warm pool. */
  settings?: PoolSettings;
  /** Instances that serve as soon as they are started: `Warmed:Stopped`, `Warmed:Hibernated` and `Warmed:Running`. */
  ready: number;
  /** Instances on their way to that. */
  warming: number;
}>;

/**
 * The settings of a warm pool
 * (https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_WarmPoolConfiguration.html).
 */
export type PoolSettings = Readonly<{
  /** MaxGroupPreparedCapacity, running and pooled instances together; absent when the MaxSize of the group counts. */
  prepared?: number;
  /** MinSize: the pool has so many instances, whatever is prepared. */
  minSize: number;
  /** PoolState: `Stopped`, `Hibernated` or `Running`. */
  poolState: string;
  /** ReuseOnScaleIn. */
  isReused: boolean;
  isBeingDeleted: boolean;
}>;

/** The part that an instance plays in the pool: it is ready, on its way to that, or leaves. */
export const phaseInPool = (lifecycleState: string): 'ready' | 'warming' | 'leaving' => {
  if (READY.includes(lifecycleState)) return 'ready';
  return lifecycleState.startsWith('Warmed:Pending') ? 'warming' : 'leaving';
};

const READY = ['Warmed:Stopped', 'Warmed:Hibernated', 'Warmed:Running'];
