import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { readReportMark, writeReportMark } from '#aws/dynamodb/report-mark.ts';
import { NOON, seconds } from '#test/support/builders.ts';
import { mockClient } from '#test/support/mock-client.ts';

const dynamo = mockClient(DynamoDBClient);
beforeEach(() => {
  dynamo.reset();
});
const client = new DynamoDBClient({});
const MARK = { schedule: 'monday 08:00 UTC', at: NOON };
const ITEM = { at: { S: '2026-03-02T09:00:00.000Z' }, schedule: { S: 'monday 08:00 UTC' } };

describe('the mark of reports', () => {
  test('is read as it was written', async () => {
    dynamo.on(GetItemCommand).resolves({ Item: ITEM });

    expect(await readReportMark(client, 'table')()).toEqual(MARK);
  });

  test.each([undefined, {}, { ...ITEM, at: { S: 'soon' } }, { at: ITEM.at }])(
    'is none in %j',
    async (Item) => {
      dynamo.on(GetItemCommand).resolves(Item === undefined ? {} : { Item });

      expect(await readReportMark(client, 'table')()).toBeUndefined();
    },
  );

  test('is written only where there is none yet, or while it says what was read', async () => {
    dynamo.on(PutItemCommand).resolves({});
    const write = writeReportMark(client, 'table');
    await write(undefined, MARK);
    await write(MARK, { ...MARK, at: NOON + seconds(1) });

    expect(dynamo.commandCalls(PutItemCommand).map(({ args }) => args[0].input)).toEqual([
      {
        TableName: 'table',
        Item: { pk: { S: 'SWEEP' }, sk: { S: 'REPORT' }, ...ITEM },
        ConditionExpression: 'attribute_not_exists(#at)',
        ExpressionAttributeNames: { '#at': 'at' },
      },
      {
        TableName: 'table',
        Item: {
          pk: { S: 'SWEEP' },
          sk: { S: 'REPORT' },
          ...ITEM,
          at: { S: '2026-03-02T09:00:01.000Z' },
        },
        ConditionExpression: '#at = :at AND #schedule = :schedule',
        ExpressionAttributeNames: { '#at': 'at', '#schedule': 'schedule' },
        ExpressionAttributeValues: { ':at': ITEM.at, ':schedule': ITEM.schedule },
      },
    ]);
  });

  test('is left to who was faster, and other faults are passed on', async () => {
    const lost = new ConditionalCheckFailedException({ $metadata: {}, message: 'lost' });
    dynamo.on(PutItemCommand).rejectsOnce(lost).rejects(new Error('throttled'));
    const write = writeReportMark(client, 'table');

    await write(undefined, MARK);
    await expect(write(undefined, MARK)).rejects.toThrow('throttled');
  });
});
