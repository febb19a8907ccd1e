import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { connect } from '#aws/account.ts';
import { overrides } from '#aws/dynamodb/overrides.ts';
import { anOverride, minutes, NOON } from '#test/support/builders.ts';
import { mockClient } from '#test/support/mock-client.ts';

const setUp = () => ({
  mock: mockClient(DynamoDBClient),
  stored: overrides(new DynamoDBClient({}), 'tidegate'),
});
const KEY = { pk: { S: 'GROUP#web' }, sk: { S: 'OVERRIDE' } };
const override = anOverride();

describe('reading an override', () => {
  test('is consistent', async () => {
    const { mock, stored } = setUp();
    mock.on(GetItemCommand).resolves({ Item: { ...KEY, body: { S: JSON.stringify(override) } } });

    expect(await stored.read('web')).toEqual(override);
    expect(mock.commandCalls(GetItemCommand)[0]?.args[0].input).toEqual({
      TableName: 'tidegate',
      Key: KEY,
      ConsistentRead: true,
    });
  });

  test('of a group without one gives nothing', async () => {
    const { mock, stored } = setUp();
    mock.on(GetItemCommand).resolves({});

    expect(await stored.read('web')).toBeUndefined();
  });
});

test.each([
  { body: 'not JSON', fault: 'override is no object' },
  { body: '{"id":"web-pause-1"}', fault: 'override.kind is none of pause, pin, cap' },
])('an override that cannot be read is no missing one: $fault', async ({ body, fault }) => {
  const { mock, stored } = setUp();
  mock.on(GetItemCommand).resolves({ Item: { ...KEY, body: { S: body } } });

  await expect(stored.read('web')).rejects.toThrow(
    `the override of web cannot be read: ${fault}; the item GROUP#web / OVERRIDE was written by another version or by hand: use that version, or delete the item`,
  );
});

describe('writing an override', () => {
  const item = {
    ...KEY,
    overrideId: { S: 'web-pause-1' },
    body: { S: JSON.stringify(override) },
    expiresAt: { N: String((NOON + minutes(59)) / 1_000 + 86_400) },
  };

  test('where there is none needs that there is none, and is kept a day longer than it holds', async () => {
    const { mock, stored } = setUp();
    mock.on(PutItemCommand).resolves({});

    expect(await stored.write('web', override, undefined)).toBe(true);
    expect(mock.commandCalls(PutItemCommand)[0]?.args[0].input).toEqual({
      TableName: 'tidegate',
      Item: item,
      ConditionExpression: 'attribute_not_exists(pk)',
    });
  });

  test('in place of another needs that one', async () => {
    const { mock, stored } = setUp();
    mock.on(PutItemCommand).resolves({});

    expect(await stored.write('web', override, anOverride({ id: 'web-cap-0' }))).toBe(true);
    expect(mock.commandCalls(PutItemCommand)[0]?.args[0].input).toMatchObject({
      ConditionExpression: 'overrideId = :read',
      ExpressionAttributeValues: { ':read': { S: 'web-cap-0' } },
    });
  });

  test('is lost to whoever was faster, and fails with any other error', async () => {
    const { mock, stored } = setUp();
    const lost = new ConditionalCheckFailedException({ message: '', $metadata: {} });
    mock.on(PutItemCommand).rejectsOnce(lost).rejectsOnce(new Error('no'));

    expect(await stored.write('web', override, undefined)).toBe(false);
    await expect(stored.write('web', override, undefined)).rejects.toThrow('no');
  });
});

describe('the table of a stack', () => {
  test.each([
    { title: 'is the resource of that name', id: 'tidegate-dev-Table-1' },
    { title: 'is unknown when CloudFormation does not tell', id: undefined },
  ])('$title', async ({ id }) => {
    const mock = mockClient(CloudFormationClient);
    mock.on(ListStackResourcesCommand, { StackName: 'tidegate-dev' }).resolves({
      StackResourceSummaries: [
        {
          LogicalResourceId: 'Table',
          ResourceType: 'AWS::DynamoDB::Table',
          LastUpdatedTimestamp: new Date(NOON),
          ResourceStatus: 'CREATE_COMPLETE',
          PhysicalResourceId: id,
        },
      ],
    });

    expect(await connect().tableOf('tidegate-dev')).toBe(id);
    expect(connect().overridesIn('t')).toHaveProperty('read');
  });
});
