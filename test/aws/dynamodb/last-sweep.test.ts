import { describe, expect, test } from '@jest/globals';
import { readLastSweep, recordShard, recordSweep } from '#aws/dynamodb/last-sweep.ts';
import { createTable } from '#simulator/services/table.ts';
import { minutes, NOON } from '#test/support/builders.ts';

type Client = Parameters<typeof recordSweep>[0];

const aTable = () => {
  const table = createTable();
  const client = table as unknown as Client;
  const deployed = { source: { hash: 'aaaa111122223333', text: 'version: 1' }, by: 'ann' };
  return {
    table,
    sweep: recordSweep(client, 'T', deployed),
    look: recordShard(client, 'T'),
    last: readLastSweep(client, 'T'),
  };
};

describe('the last look of the sweep', () => {
  test('has the shards in which groups were sent, and when each was last looked at', async () => {
    const { sweep, look, last } = aTable();
    await look('named-0', NOON);
    await sweep(NOON + minutes(1), ['named-0', 'members-0', 'members-1']);
    await look('members-1', NOON + minutes(1));
    await look('named-0', NOON + minutes(2));

    expect(await last()).toEqual({
      at: NOON + minutes(1),
      configuration: 'aaaa111122223333',
      shards: [
        { shard: 'named-0', at: NOON + minutes(2) },
        { shard: 'members-0' },
        { shard: 'members-1', at: NOON + minutes(1) },
      ],
    });
  });

  test('leaves out shards that the newest sweep did not send', async () => {
    const { sweep, look, last } = aTable();
    await look('named-7', NOON);
    await sweep(NOON, ['named-0']);
    expect((await last())?.shards).toEqual([{ shard: 'named-0' }]);

    await sweep(NOON + minutes(1), []);
    expect(await last()).not.toHaveProperty('shards');
  });

  test('forgets a shard that nobody has looked at for a week', async () => {
    const { look, table } = aTable();
    await look('named-0', NOON);

    expect(table.items()).toEqual([
      {
        pk: { S: 'SWEEP' },
        sk: { S: 'SHARD#named-0' },
        at: { S: '2026-03-02T09:00:00.000Z' },
        expiresAt: { N: String(NOON / 1_000 + 7 * 86_400) },
      },
    ]);
  });
});
