import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { countWrites, readChannelCounts } from '#aws/dynamodb/channel-counts.ts';
import { NO_COUNTS } from '#domain/notify/channel-counts.ts';
import { newChannelState } from '#domain/notify/channel-state.ts';
import { minutes, NOON } from '#test/support/builders.ts';
import { mockClient } from '#test/support/mock-client.ts';
import { anOutcome } from '#test/support/notify-world.ts';

const dynamo = mockClient(DynamoDBClient);
beforeEach(() => {
  dynamo.reset();
});
const client = new DynamoDBClient({});

const item = (key: string) => ({ key, news: anOutcome(), since: NOON, fallbacks: [] });

describe('the counts of a channel', () => {
  test('are added to those of the hour, for a month', () => {
    const ended = ['a', 'b'].map((key) => ({ item: item(key), ending: { kind: 'sent' as const } }));
    const results = { state: newChannelState, at: NOON + minutes(59), ended };

    expect(countWrites({ client, table: 'table' }, 'ops', results)).toEqual([
      {
        Update: {
          TableName: 'table',
          Key: { pk: { S: 'CHANNEL#ops' }, sk: { S: 'HOUR#2026-03-02T09:00:00.000Z' } },
          UpdateExpression:
            'SET expiresAt = :end ADD messages :messages, told :told, gathered :gathered',
          ExpressionAttributeValues: {
            ':end': { N: String((NOON + minutes(59)) / 1_000 + 30 * 86_400) },
            ':messages': { N: '1' },
            ':told': { N: '2' },
            ':gathered': { N: '2' },
          },
        },
      },
    ]);
  });

  test('are not touched where nothing counts', () => {
    const ended = [{ item: item('a'), ending: { kind: 'needless' as const } }];

    expect(
      countWrites({ client, table: 'table' }, 'ops', { state: newChannelState, at: NOON, ended }),
    ).toEqual([]);
  });

  test('are read in whole hours, the first of them included and the last one not', async () => {
    dynamo.on(QueryCommand).resolves({
      Items: [
        { messages: { N: '2' }, told: { N: '5' }, gathered: { N: '4' } },
        { messages: { N: '1' }, told: { N: '1' }, dropped: { N: '3' } },
      ],
    });
    const read = await readChannelCounts(client, 'table')(['ops'], {
      since: NOON - minutes(90),
      until: NOON,
    });

    expect(read).toEqual(
      new Map([['ops', { ...NO_COUNTS, messages: 3, told: 6, gathered: 4, dropped: 3 }]]),
    );
    expect(dynamo.commandCalls(QueryCommand)[0]?.args[0].input.ExpressionAttributeValues).toEqual({
      ':pk': { S: 'CHANNEL#ops' },
      ':first': { S: 'HOUR#2026-03-02T07:00:00.000Z' },
      ':last': { S: 'HOUR#2026-03-02T08:59:59.999Z' },
    });
  });
});
