import type { Bug } from './bug.ts';

/** Mistakes about the shards of a sweep. */
export const SHARD_BUGS: readonly Bug[] = [
  {
    name: 'the last shard is not sent',
    file: 'shared/app/sweep/send-shards.ts',
    find: 'now: ports.now(), turns });',
    replace: 'now: ports.now(), turns }).slice(0, -1);',
    theme: 'shards',
  },
  {
    name: 'a shard is looked at although it is stale',
    file: 'shared/domain/sweep/shard.ts',
    find: 'now < until ? undefined',
    replace: 'now < until || now >= until ? undefined',
    theme: 'shards',
  },
  {
    name: 'a group is in two shards',
    file: 'shared/domain/sweep/shard.ts',
    find: 'placeOf(index), placeOf(index + 1))',
    replace: 'placeOf(index), placeOf(index + 1) + 1)',
    theme: 'shards',
  },
  {
    name: 'a shard begins at another second of each minute',
    file: 'shared/domain/sweep/shard.ts',
    find: 'Math.floor((index * SPREAD_SECONDS) / count)',
    replace: '40 * (Math.floor(now / 60_000) % 2)',
    theme: 'shards',
  },
];
