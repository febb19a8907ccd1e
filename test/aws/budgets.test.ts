import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { budgets } from '../../shared/aws/budgets.ts';
import { minutes, NOON } from '../support/builders.ts';

const dynamo = mockClient(DynamoDBClient);
beforeEach(() => {
  dynamo.reset();
});
const { spend, giveBack } = budgets(new DynamoDBClient({}), 'the-table');

const answering = (count: number) =>
  dynamo.on(UpdateItemCommand).resolves({ Attributes: { messages: { N: String(count) } } });

test('a message is counted in the hour of its channel, and kept for two days', async () => {
  answering(7);

  expect(await spend('ops', NOON + minutes(20))).toEqual({ count: 7, before: 0 });
  expect(dynamo.call(0).args[0].input).toEqual({
    TableName: 'the-table',
    Key: { pk: { S: 'BUDGET#ops' }, sk: { S: 'HOUR#2026-03-02T09:00:00.000Z' } },
    UpdateExpression: 'ADD messages :amount SET expiresAt = :end',
    ExpressionAttributeValues: {
      ':amount': { N: '1' },
      ':end': { N: String((NOON + minutes(20)) / 1_000 + 48 * 3_600) },
    },
    ReturnValues: 'UPDATED_NEW',
  });
  expect(dynamo.calls()).toHaveLength(1);
});

test.each([
  { item: { messages: { N: '74' } }, before: 74 },
  { item: undefined, before: 0 },
])('the first one of an hour asks for the hour before: $before', async ({ item, before }) => {
  answering(1);
  dynamo.on(GetItemCommand).resolves(item === undefined ? {} : { Item: item });

  expect(await spend('ops', NOON)).toEqual({ count: 1, before });
  expect(dynamo.call(1).args[0].input).toEqual({
    TableName: 'the-table',
    Key: { pk: { S: 'BUDGET#ops' }, sk: { S: 'HOUR#2026-03-02T08:00:00.000Z' } },
  });
});

test('what was not delivered is taken back', async () => {
  answering(6);
  await giveBack('ops', NOON);

  expect(dynamo.call(0).args[0].input).toMatchObject({
    ExpressionAttributeValues: { ':amount': { N: '-1' } },
  });
});

test('an answer without a number counts for nothing', async () => {
  dynamo.on(UpdateItemCommand).resolves({});

  expect(await spend('ops', NOON)).toEqual({ count: 0, before: 0 });
});
