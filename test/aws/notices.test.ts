import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  PutItemCommand,
  type PutItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { notices } from '../../shared/aws/notices.ts';
import { NOON, seconds } from '../support/builders.ts';

const NOTICE = { news: 'web|web-17|1772442013000', channel: 'ops' };
const NOON_SECONDS = NOON / 1_000;

const setUp = () => {
  const mock = mockClient(DynamoDBClient);
  const sent = () => mock.commandCalls(PutItemCommand).map(({ args }) => args[0].input);

  return { mock, sent, table: notices(new DynamoDBClient({}), 'tidegate') };
};

const lost = (Item?: PutItemCommandInput['Item']) =>
  new ConditionalCheckFailedException({
    $metadata: {},
    message: 'The conditional request failed',
    ...(Item ? { Item } : {}),
  });

const stored = (status: string, more: PutItemCommandInput['Item'] = {}) =>
  lost({ status: { S: status }, token: { S: 'theirs' }, at: { N: String(NOON) }, ...more });

describe('claiming a notice', () => {
  test('writes it if nobody has, or if whoever has let it go', async () => {
    const { mock, sent, table } = setUp();
    mock.on(PutItemCommand).resolves({});

    const claim = await table.claim(NOTICE, NOON);

    const [input] = sent();
    expect(claim).toEqual({ kind: 'ours', token: input?.Item?.token?.S });
    expect(input).toEqual({
      TableName: 'tidegate',
      Item: {
        pk: { S: 'NOTICE#web|web-17|1772442013000#ops' },
        sk: { S: 'NOTICE' },
        status: { S: 'claimed' },
        token: { S: expect.stringMatching(/^[0-9a-f-]{36}$/) },
        at: { N: String(NOON) },
        expiresAt: { N: String(NOON_SECONDS + 30 * 86_400) },
      },
      ConditionExpression: 'attribute_not_exists(pk) OR (#status = :released AND #until <= :now)',
      ExpressionAttributeNames: { '#status': 'status', '#until': 'until' },
      ExpressionAttributeValues: { ':released': { S: 'released' }, ':now': { N: String(NOON) } },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
  });

  test('gives each claim a token of its own', async () => {
    const { mock, sent, table } = setUp();
    mock.on(PutItemCommand).resolves({});

    await table.claim(NOTICE, NOON);
    await table.claim(NOTICE, NOON);

    expect(new Set(sent().map(({ Item }) => Item?.token?.S)).size).toBe(2);
  });

  test.each([
    ['claimed', stored('claimed'), { kind: 'taken', token: 'theirs', since: NOON }],
    [
      'released for later',
      stored('released', { until: { N: String(NOON + seconds(30)) } }),
      { kind: 'waiting', until: NOON + seconds(30) },
    ],
    ['sent', stored('sent'), { kind: 'closed' }],
    ['refused', stored('refused'), { kind: 'closed' }],
    ['uncertain', stored('uncertain'), { kind: 'closed' }],
  ])('finds it %s', async (_, error, claim) => {
    const { mock, table } = setUp();
    mock.on(PutItemCommand).rejects(error);

    expect(await table.claim(NOTICE, NOON)).toEqual(claim);
  });

  test('recognises a write of its own whose answer was lost', async () => {
    const { mock, table } = setUp();
    mock.on(PutItemCommand).callsFake((input: PutItemCommandInput) => {
      throw lost(input.Item);
    });

    expect(await table.claim(NOTICE, NOON)).toEqual({ kind: 'ours', token: expect.any(String) });
  });

  test('throws when DynamoDB does not say who holds it', async () => {
    const { mock, table } = setUp();
    mock.on(PutItemCommand).rejects(lost());

    await expect(table.claim(NOTICE, NOON)).rejects.toThrow('did not say what is there instead');
  });

  test('passes every other fault on', async () => {
    const { mock, table } = setUp();
    mock.on(PutItemCommand).rejects(new Error('throttled'));

    await expect(table.claim(NOTICE, NOON)).rejects.toThrow('throttled');
  });
});

const HELD = {
  ConditionExpression: '#status = :claimed AND #token = :token',
  ExpressionAttributeNames: { '#status': 'status', '#token': 'token' },
};

test('taking over replaces only the claim that was found', async () => {
  const { mock, sent, table } = setUp();
  mock.on(PutItemCommand).resolves({});

  const claim = await table.takeOver(NOTICE, 'stale', NOON);

  expect(claim).toEqual({ kind: 'ours', token: sent()[0]?.Item?.token?.S });
  expect(claim).not.toEqual({ kind: 'ours', token: 'stale' });
  expect(sent()[0]).toMatchObject({
    ...HELD,
    ExpressionAttributeValues: { ':claimed': { S: 'claimed' }, ':token': { S: 'stale' } },
  });
});

describe('ending a claim', () => {
  test.each(['sent', 'refused', 'uncertain'] as const)('as %s', async (kind) => {
    const { mock, sent, table } = setUp();
    mock.on(PutItemCommand).resolves({});

    await table.end(NOTICE, 'ours', { kind, at: NOON });

    expect(sent()[0]).toMatchObject({
      ...HELD,
      Item: { status: { S: kind }, token: { S: 'ours' }, at: { N: String(NOON) } },
      ExpressionAttributeValues: { ':claimed': { S: 'claimed' }, ':token': { S: 'ours' } },
    });
    expect(sent()[0]?.Item).not.toHaveProperty('until');
  });

  test('as released until later', async () => {
    const { mock, sent, table } = setUp();
    mock.on(PutItemCommand).resolves({});

    await table.end(NOTICE, 'ours', { kind: 'released', at: NOON, until: NOON + 1 });

    expect(sent()[0]?.Item).toMatchObject({
      status: { S: 'released' },
      until: { N: String(NOON + 1) },
    });
  });

  test('does nothing when somebody else has taken over', async () => {
    const { mock, table } = setUp();
    mock.on(PutItemCommand).rejects(stored('claimed'));

    await expect(table.end(NOTICE, 'ours', { kind: 'sent', at: NOON })).resolves.toBeUndefined();
  });
});
