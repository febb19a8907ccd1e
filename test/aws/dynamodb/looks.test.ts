import { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, test } from '@jest/globals';
import { readLooks, writeLooks } from '#aws/dynamodb/looks.ts';
import type { GroupLook } from '#domain/ledger/group-look.ts';
import { createTable } from '#simulator/services/table.ts';
import { NOON } from '#test/support/builders.ts';
import { mockClient } from '#test/support/mock-client.ts';

const LOOK: GroupLook = { began: NOON, alarms: [{ name: 'busy', since: NOON }] };

const setUp = () => {
  const table = createTable();
  const client = table as unknown as DynamoDBClient;
  return { table, read: readLooks(client, 'table'), write: writeLooks(client, 'table') };
};

test('looks are read as they were written, and those that are not there are absent', async () => {
  const { read, write } = setUp();
  const looks = new Map([
    ['web', LOOK],
    ['shops/a b', { ...LOOK, promptedAt: NOON }],
  ]);
  await write(looks);

  expect(await read(['web', 'shops/a b', 'api'])).toEqual(looks);
});

test('a look is forgotten after an hour', async () => {
  const { table, write } = setUp();
  await write(new Map([['web', LOOK]]));

  expect(table.find('GROUP#web', 'LOOK#scale')?.expiresAt).toEqual({
    N: String(NOON / 1_000 + 3_600),
  });
});

test.each([
  { written: 'nothing', body: undefined },
  { written: 'no JSON', body: '{' },
  { written: 'another shape', body: '{"began":"noon","alarms":[]}' },
])('a look of $written is none', async ({ body }) => {
  const { table, read } = setUp();
  table.put({
    pk: { S: 'GROUP#web' },
    sk: { S: 'LOOK#scale' },
    ...(body === undefined ? {} : { body: { S: body } }),
  });

  expect(await read(['web'])).toEqual(new Map());
});

test('looks are written 25 in a call', async () => {
  const mock = mockClient(DynamoDBClient);
  mock.on(BatchWriteItemCommand).resolves({});
  const many = Array.from({ length: 60 }, (_, index): [string, GroupLook] => [`g${index}`, LOOK]);
  await writeLooks(new DynamoDBClient({}), 'table')(new Map(many));

  const sizes = mock
    .commandCalls(BatchWriteItemCommand)
    .map(({ args }) => args[0].input.RequestItems?.table?.length);
  expect(sizes).toEqual([25, 25, 10]);
});
