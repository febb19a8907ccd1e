import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from '@jest/globals';
import { openHeadKey, readOpenHeads } from '#aws/dynamodb/open-heads.ts';
import { newHealHead, newScaleHead } from '#domain/ledger/head.ts';
import { NOON } from '#test/support/builders.ts';
import { mockClient } from '#test/support/mock-client.ts';

const quarantined = { instanceId: 'i-1', since: NOON, until: NOON + 1 };

test('only heads of healing with which something must be done are in the index', () => {
  expect(openHeadKey(newScaleHead)).toEqual({});
  expect(openHeadKey(newHealHead)).toEqual({});
  expect(openHeadKey({ ...newHealHead, quarantined })).toEqual({ openLane: { S: 'heal' } });
});

test('the groups of open heads are read page by page', async () => {
  const mock = mockClient(DynamoDBClient);
  const key = { pk: { S: 'GROUP#web' } };
  mock
    .on(QueryCommand)
    .resolvesOnce({ Items: [key], LastEvaluatedKey: key })
    .resolvesOnce({ Items: [{ pk: { S: 'GROUP#api' } }, {}] })
    .resolves({});

  expect(await readOpenHeads(new DynamoDBClient({}), 'table')()).toEqual(['web', 'api', '']);
  expect(mock.commandCalls(QueryCommand)[0]?.args[0].input).toMatchObject({
    TableName: 'table',
    IndexName: 'open-heads',
    KeyConditionExpression: 'openLane = :lane',
    ExpressionAttributeValues: { ':lane': { S: 'heal' } },
  });
});
