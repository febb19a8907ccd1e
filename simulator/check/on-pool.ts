import type { WarmPool } from '#domain/observed/warm-pool.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { HistoryEvent } from '../history.ts';
import { type CheckWorld, type Judgement, SKEW_MS, type Watch } from './check-world.ts';
import type { Applying } from './ledger.ts';
import { boundsOf, type CapacityCall, sceneOf } from './on-capacity.ts';

/** A PutWarmPool at the moment when it takes effect. Its capacity is what the plan gives the group. */
export type PoolCall = CapacityCall &
  Readonly<{
    /** MaxGroupPreparedCapacity. */
    limit: number;
    isReused: boolean;
    /** The pool as this invocation read it last. */
    pool: WarmPool | undefined;
    /** The pool as it is. */
    truePool: WarmPool | undefined;
  }>;

const isPoolSet = (event: HistoryEvent): event is Applying =>
  event.kind === 'applying' && event.trip.action === 'PutWarmPool';

/** A watch over every call that sizes a warm pool. */
export const onPool =
  (judge: (call: PoolCall) => readonly Judgement[]) =>
  (world: CheckWorld): Watch => ({
    onEvent: (event) => {
      const call = isPoolSet(event) ? callOf(world, event) : undefined;
      return call === undefined ? [] : judge(call);
    },
  });

const callOf = (world: CheckWorld, { trip, at }: Applying): PoolCall | undefined => {
  const { name, limit } = trip.input as PoolInput;
  const scene = sceneOf(world, { trip, name, at });
  return (
    scene && {
      ...scene,
      capacity: scene.plan?.to ?? scene.seen?.capacityDesired ?? 0,
      limit: limit.prepared,
      isReused: limit.isReused,
      pool: scene.view.pools.get(name),
      truePool: world.cloud.autoScaling.pool(name),
    }
  );
};

type PoolInput = Readonly<{
  name: string;
  limit: Readonly<{ prepared: number; isReused: boolean }>;
}>;

/** The call in words. */
export const whatOfPool = ({ trip, group, limit }: PoolCall): string =>
  `${trip.invocation.id} asked for ${limit} prepared of ${group.name}`;

/** The least and the most that the maximum may have been when the call was decided. */
export const mostPrepared = (call: PoolCall): readonly [least: number, most: number] => {
  const { plan, at, isReissue, capacity } = call;
  const moments: readonly Instant[] = isReissue ? [at, at - SKEW_MS] : [plan?.at ?? at];
  const all = moments.map((now) => Math.max(capacity, boundsOf(call, now)[1]));
  return [Math.min(...all), Math.max(...all)];
};

/** The limit that the pool showed, if it had our settings; the call changes nothing else then. */
export const limitSeen = ({ pool, isReused }: PoolCall): number | undefined => {
  const settings = pool?.settings;
  const isOurs =
    settings?.minSize === 0 && settings.poolState === 'Stopped' && settings.isReused === isReused;
  return isOurs ? settings.prepared : undefined;
};
