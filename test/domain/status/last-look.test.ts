import { describe, expect, test } from '@jest/globals';
import type { LastSweep, ShardLook } from '#domain/status/deployment-status.ts';
import { describeLastLook } from '#domain/status/last-look.ts';
import { NOON, seconds } from '#test/support/builders.ts';

const ago = (count: number): number => NOON - seconds(count);
const shard = (place: number, at?: number): ShardLook =>
  at === undefined ? { shard: `members-${place}` } : { shard: `members-${place}`, at };
const inShards = (...shards: readonly ShardLook[]): LastSweep => ({ at: ago(24), shards });
const SHOULD = 'should look every minute: see its log, and tidegate doctor';

describe('the last look of the sweep', () => {
  test.each<Readonly<{ title: string; sweep: LastSweep | undefined; tone: string; text: string }>>([
    {
      title: 'that was never written down is not known',
      sweep: undefined,
      tone: 'unknown',
      text: 'the sweep has not written down any look yet',
    },
    {
      title: 'is fine while it has missed no looks',
      sweep: { at: ago(179) },
      tone: 'fine',
      text: 'the sweep looked 2 min 59 s ago',
    },
    {
      title: 'is late from three minutes on',
      sweep: { at: ago(180) },
      tone: 'late',
      text: `the sweep looked 3 min ago, and ${SHOULD}`,
    },
    {
      title: 'that a clock ahead has written is of now',
      sweep: { at: NOON + seconds(9) },
      tone: 'fine',
      text: 'the sweep looked 0 s ago',
    },
    {
      title: 'is fine when each of its shards was looked at in time',
      sweep: inShards(shard(0, ago(10)), shard(1, ago(179))),
      tone: 'fine',
      text: 'the sweep looked 24 s ago',
    },
    {
      title: 'is as old as the oldest look at its shards when that is late',
      sweep: inShards(shard(0, ago(10)), shard(1, ago(180)), shard(2, ago(420)), shard(3)),
      tone: 'late',
      text: `the sweep looked 24 s ago, but its last finished look at all groups was 7 min ago (2 of 4 shards), and it ${SHOULD}`,
    },
    {
      title: 'is not known of shards that nobody has looked at',
      sweep: inShards(shard(0, ago(10)), shard(1)),
      tone: 'unknown',
      text: 'the sweep looked 24 s ago; 1 of its 2 shards was not looked at yet',
    },
    {
      title: 'is late when the sweep itself is, whatever its shards',
      sweep: { ...inShards(shard(0, ago(900))), at: ago(600) },
      tone: 'late',
      text: `the sweep looked 10 min ago, and ${SHOULD}`,
    },
  ])('$title', ({ sweep, tone, text }) => {
    expect(describeLastLook(sweep, NOON)).toEqual({ tone, text });
  });

  test('of two shards that nobody has looked at is told in the plural', () => {
    expect(describeLastLook(inShards(shard(0), shard(1)), NOON).text).toMatch(
      /; 2 of its 2 shards were not looked at yet$/,
    );
  });
});
