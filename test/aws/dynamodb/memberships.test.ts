import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { expect, test } from '@jest/globals';
import { readAllMemberships, readMemberships, writeMembership } from '#aws/dynamodb/memberships.ts';
import type { KeptMembership } from '#domain/sweep/kept-membership.ts';
import { createTable } from '#simulator/services/table.ts';
import { NOON } from '#test/support/builders.ts';

const setUp = () => {
  const table = createTable();
  const client = table as unknown as DynamoDBClient;
  return {
    table,
    readAll: readAllMemberships(client, 'table'),
    read: readMemberships(client, 'table'),
    write: writeMembership(client, 'table', () => NOON),
  };
};

const JOINED = { kind: 'joined', autoScalingGroup: 'a b', fleet: 'web', at: NOON } as const;
const MEMBER: KeptMembership = {
  autoScalingGroup: 'a b',
  fleets: ['web'],
  version: 1,
  untold: [JOINED],
};

test('a membership is read as it was written, by name and among all', async () => {
  const { read, readAll, write } = setUp();
  expect(await write(MEMBER)).toBe(true);
  expect(await readAll()).toEqual([MEMBER]);
  expect(await read(['a b', 'c'])).toEqual(new Map([['a b', MEMBER]]));
});

test('a write follows the version before it, and the second of two is refused', async () => {
  const { readAll, write } = setUp();
  await write(MEMBER);
  expect(await write(MEMBER)).toBe(false);
  expect(await write({ ...MEMBER, version: 3 })).toBe(false);
  expect(await write({ ...MEMBER, version: 2, untold: [] })).toBe(true);
  expect(await readAll()).toEqual([{ ...MEMBER, version: 2, untold: [] }]);
});

test('a membership with nothing left to remember is kept for a day, so that versions go on', async () => {
  const { readAll, table, write } = setUp();
  await write(MEMBER);
  const gone = { ...MEMBER, fleets: [], untold: [], version: 2 };
  expect(await write(gone)).toBe(true);
  expect(await write(MEMBER)).toBe(false);
  expect(await readAll()).toEqual([gone]);
  expect(table.find('MEMBERS', 'a b')?.expiresAt).toEqual({ N: String(NOON / 1_000 + 86_400) });
  expect(await write({ ...MEMBER, version: 3 })).toBe(true);
  expect(table.find('MEMBERS', 'a b')?.expiresAt).toBeUndefined();
});

test('thousands of memberships are read page by page', async () => {
  const { readAll, write } = setUp();
  const all = Array.from({ length: 2_500 }, (_, index) => ({
    ...MEMBER,
    autoScalingGroup: `group-${String(index).padStart(4, '0')}`,
    untold: [],
  }));
  for (const each of all) await write(each);
  expect(await readAll()).toEqual(all);
});

test.each([
  { title: 'no JSON', item: { body: { S: '{' } }, found: [] },
  { title: 'no object', item: { body: { S: '1' } }, found: [] },
  { title: 'nothing', item: { body: { S: 'null' } }, found: [] },
  {
    title: 'of an unknown shape',
    item: { body: { S: '{"fleets":7}' } },
    found: [{ autoScalingGroup: 'a', fleets: [], version: 0, untold: [] }],
  },
])('an item that is $title is nobody', async ({ item, found }) => {
  const { readAll, table } = setUp();
  table.put({ pk: { S: 'MEMBERS' }, sk: { S: 'a' }, ...item });
  expect(await readAll()).toEqual(found);
});

test('an error that is no lost race is thrown', async () => {
  const broken = {
    send: () => Promise.reject(new Error('the table is gone')),
  } as unknown as DynamoDBClient;
  await expect(writeMembership(broken, 'table', () => NOON)(MEMBER)).rejects.toThrow(
    'the table is gone',
  );
  const lost = {
    send: () =>
      Promise.reject(new ConditionalCheckFailedException({ message: 'no', $metadata: {} })),
  } as unknown as DynamoDBClient;
  expect(await writeMembership(lost, 'table', () => NOON)(MEMBER)).toBe(false);
});
