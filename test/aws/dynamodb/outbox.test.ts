import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactionConflictException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { outbox } from '#aws/dynamodb/outbox.ts';
import { newChannelState } from '#domain/notify/channel-state.ts';
import type { Waiting } from '#domain/notify/notice.ts';
import type { Thread } from '#domain/notify/thread.ts';
import { NOON, seconds } from '#test/support/builders.ts';
import { mockClient } from '#test/support/mock-client.ts';
import { anOutcome } from '#test/support/notify-world.ts';

const dynamo = mockClient(DynamoDBClient);
beforeEach(() => {
  dynamo.reset();
  dynamo.on(BatchGetItemCommand).resolves({ Responses: { table: [] } });
  dynamo.on(QueryCommand).resolves({ Items: [] });
  dynamo.on(UpdateItemCommand).resolves({});
  dynamo.on(TransactWriteItemsCommand).resolves({});
});
const box = outbox(new DynamoDBClient({}), 'table');

const item = (key: string, overrides: Partial<Waiting> = {}): Waiting => ({
  key,
  since: NOON,
  fallbacks: ['mail'],
  news: anOutcome({ decisionId: key }),
  ...overrides,
});
const HELD = { channel: 'ops', token: 'mine' };
const notice = (key: string, status: string, to?: string) => ({
  pk: { S: `NOTICE#${key}#ops` },
  sk: { S: 'NOTICE' },
  status: { S: status },
  ...(to === undefined ? {} : { to: { S: to } }),
});
const ended = (...notices: ReturnType<typeof notice>[]) =>
  dynamo.on(BatchGetItemCommand).resolves({ Responses: { table: notices } });
const lost = new ConditionalCheckFailedException({ $metadata: {}, message: 'lost' });
const inputsOf = (command: Parameters<typeof dynamo.commandCalls>[0]) =>
  dynamo
    .commandCalls(command)
    .map(({ args }) => args[0].input as unknown as Record<string, unknown>);

describe('putting news in line', () => {
  test('keeps what stands there: the first time counts', async () => {
    expect(await box.enqueue('ops', [item('a')])).toEqual(new Map());
    expect(inputsOf(UpdateItemCommand)).toEqual([
      {
        TableName: 'table',
        Key: {
          pk: { S: 'CHANNEL#ops' },
          sk: { S: expect.stringMatching(/^LINE#1#2026-03-02T09:00:00\.000Z#[0-9a-f]{64}$/) },
        },
        UpdateExpression: 'SET body = if_not_exists(body, :body), expiresAt = :end',
        ExpressionAttributeValues: {
          ':body': { S: JSON.stringify(item('a')) },
          ':end': { N: String(NOON / 1_000 + 30 * 86_400) },
        },
      },
    ]);
  });

  test('puts what is urgent first', async () => {
    await box.enqueue('ops', [item('a', { news: anOutcome({ kind: 'failed' }) })]);
    expect(inputsOf(UpdateItemCommand)[0]).toMatchObject({
      Key: { sk: { S: expect.stringMatching(/^LINE#0#/) } },
    });
  });

  test.each([
    ['sent', notice('a', 'sent'), { kind: 'sent' }],
    ['failed-over', notice('a', 'failed-over', 'mail'), { kind: 'failed-over', to: 'mail' }],
    ['dropped', notice('a', 'dropped'), { kind: 'dropped' }],
  ])('leaves out what was %s', async (_, found, ending) => {
    ended(found);
    expect(await box.enqueue('ops', [item('a'), item('b')])).toEqual(new Map([['a', ending]]));
    expect(inputsOf(UpdateItemCommand)).toHaveLength(1);
  });

  test('takes what an older version had only begun', async () => {
    ended(notice('a', 'claimed'));
    expect((await box.enqueue('ops', [item('a')])).size).toBe(0);
  });

  test('takes what was diverted from here, where nobody else is left', async () => {
    ended(notice('a', 'failed-over', 'mail'));
    expect((await box.enqueue('ops', [item('a', { fallbacks: [] })])).size).toBe(0);
    expect(inputsOf(UpdateItemCommand)).toHaveLength(1);
  });

  test('asks again for what DynamoDB left unread, and gives up after five times', async () => {
    const left = { table: { Keys: [{ pk: { S: 'NOTICE#a#ops' }, sk: { S: 'NOTICE' } }] } };
    dynamo.on(BatchGetItemCommand).resolves({ UnprocessedKeys: left });
    await expect(box.enqueue('ops', [item('a')])).rejects.toThrow('left 1 notices of table unread');
    expect(inputsOf(BatchGetItemCommand)).toHaveLength(5);
  });
});

describe('items that the version before this one wrote', () => {
  const older = { key: 'a', since: NOON, deputies: ['mail'], news: anOutcome({ decisionId: 'a' }) };
  const { sending: _, backoffUntil: __, ...rest } = newChannelState;
  const body = (value: object) => ({ body: { S: JSON.stringify(value) } });

  test('are read: a state and its line', async () => {
    const state = { ...rest, count: 7, inAir: ['a'], restUntil: NOON + 1, mendedAt: NOON - 1 };
    dynamo.on(UpdateItemCommand).resolves({ Attributes: body(state) });
    dynamo.on(QueryCommand).resolves({ Items: [body(older)] });

    expect(await box.open('ops', NOON)).toEqual({
      channel: 'ops',
      token: expect.any(String),
      state: {
        ...newChannelState,
        count: 7,
        sending: ['a'],
        backoffUntil: NOON + 1,
        worksSince: NOON - 1,
      },
      waiting: [item('a')],
    });
  });

  test.each([
    ['diverted', 'mail', { kind: 'failed-over', to: 'mail' }],
    ['withheld', undefined, { kind: 'dropped' }],
  ])('are read: a notice that is %s', async (status, to, ending) => {
    ended(notice('a', status, to));
    expect(await box.enqueue('ops', [item('a')])).toEqual(new Map([['a', ending]]));
  });
});

describe('taking a channel', () => {
  test('is one conditional write, and gives its state and its line', async () => {
    const state = { ...newChannelState, count: 7 };
    dynamo.on(UpdateItemCommand).resolves({ Attributes: { body: { S: JSON.stringify(state) } } });
    dynamo.on(QueryCommand).resolves({ Items: [{ body: { S: JSON.stringify(item('a')) } }] });

    const line = await box.open('ops', NOON);
    expect(line).toEqual({
      channel: 'ops',
      token: expect.any(String),
      state,
      waiting: [item('a')],
    });
    expect(inputsOf(UpdateItemCommand)[0]).toMatchObject({
      Key: { pk: { S: 'CHANNEL#ops' }, sk: { S: 'STATE' } },
      ConditionExpression:
        'attribute_not_exists(#token) OR heldUntil <= :now OR heldUntil > :never',
      ExpressionAttributeValues: {
        ':token': { S: line?.token },
        ':until': { N: String(NOON + seconds(60)) },
        ':now': { N: String(NOON) },
      },
    });
    expect(inputsOf(QueryCommand)[0]).toMatchObject({
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :line)',
      ConsistentRead: true,
    });
  });

  test('that was never used begins with nothing', async () => {
    expect(await box.open('ops', NOON)).toMatchObject({ state: newChannelState, waiting: [] });
  });

  test('that somebody else has gives nothing', async () => {
    dynamo.on(UpdateItemCommand).rejects(lost);
    expect(await box.open('ops', NOON)).toBeUndefined();
  });

  test('recognises its own write whose answer was lost', async () => {
    dynamo.on(UpdateItemCommand).callsFake(({ ExpressionAttributeValues: values }) => {
      throw Object.assign(new ConditionalCheckFailedException({ $metadata: {}, message: '' }), {
        Item: { token: values[':token'] },
      });
    });
    expect(await box.open('ops', NOON)).toMatchObject({ state: newChannelState });
  });

  test('passes every other fault on', async () => {
    dynamo.on(UpdateItemCommand).rejects(new Error('throttled'));
    await expect(box.open('ops', NOON)).rejects.toThrow('throttled');
    await expect(box.save(HELD, newChannelState)).rejects.toThrow('throttled');
  });

  test('removes from the line what has ended meanwhile', async () => {
    const items = [item('a'), item('b')].map((each) => ({ body: { S: JSON.stringify(each) } }));
    dynamo.on(QueryCommand).resolves({ Items: items });
    ended(notice('a', 'sent'));

    expect((await box.open('ops', NOON))?.waiting).toEqual([item('b')]);
    expect(inputsOf(DeleteItemCommand)).toHaveLength(1);
  });
});

describe('a channel that is held', () => {
  test('is written while it is, and let go of', async () => {
    expect(await box.save(HELD, newChannelState)).toBe(true);
    await box.close(HELD);
    expect(inputsOf(UpdateItemCommand)).toMatchObject([
      {
        UpdateExpression: 'SET body = :body',
        ConditionExpression: '#token = :token',
        ExpressionAttributeValues: { ':token': { S: 'mine' }, ':body': { S: expect.any(String) } },
      },
      { UpdateExpression: 'REMOVE #token', ConditionExpression: '#token = :token' },
    ]);
    dynamo.on(UpdateItemCommand).rejects(lost);
    expect(await box.save(HELD, newChannelState)).toBe(false);
  });

  test.each([
    { items: [], isEmpty: true },
    { items: [{ pk: { S: 'x' } }], isEmpty: false },
  ])('has nothing in line: $isEmpty', async ({ items, isEmpty }) => {
    dynamo.on(QueryCommand).resolves({ Items: items });
    expect(await box.isEmpty('ops')).toBe(isEmpty);
    expect(inputsOf(QueryCommand)[0]).toMatchObject({ Limit: 1 });
  });

  test('knows what is said of an incident', async () => {
    const thread: Thread = { root: '1.2', title: 't', latestAt: NOON, saidAt: NOON, state: 'open' };
    dynamo.on(GetItemCommand).resolves({ Item: { body: { S: JSON.stringify(thread) } } });
    expect(await box.readThread('ops', 'web/capacity')).toEqual(thread);
    dynamo.on(GetItemCommand).resolves({});
    expect(await box.readThread('ops', 'web/capacity')).toBeUndefined();
  });
});

describe('ending', () => {
  const commit = (count: number) =>
    box.commit(HELD, {
      state: newChannelState,
      at: NOON,
      ended: Array.from({ length: count }, (_, index) => ({
        item: item(`${index}`),
        ending: index === 0 ? { kind: 'failed-over', to: 'mail' } : { kind: 'sent' },
      })),
      thread: {
        name: 'slack C1 web/capacity',
        thread: { root: '1', title: 't', latestAt: 0, saidAt: 0, state: 'open' },
      },
    });

  test('takes items out of the line, says how, and writes state and thread, all at once', async () => {
    expect(await commit(2)).toBe(true);
    const [{ TransactItems } = {}] = inputsOf(TransactWriteItemsCommand);
    expect(TransactItems).toMatchObject([
      { Update: { Key: { sk: { S: 'STATE' } }, ConditionExpression: '#token = :token' } },
      { Delete: { Key: { sk: { S: expect.stringMatching(/^LINE#/) } } } },
      { Put: { Item: notice('0', 'failed-over', 'mail') } },
      { Delete: {} },
      { Put: { Item: notice('1', 'sent') } },
      { Update: { Key: { sk: { S: 'HOUR#2026-03-02T09:00:00.000Z' } } } },
      { Put: { Item: { sk: { S: expect.stringMatching(/^TALK#/) } } } },
    ]);
  });

  test('of many takes several transactions, and the state comes with the last', async () => {
    await commit(100);
    const parts = inputsOf(TransactWriteItemsCommand).map(
      ({ TransactItems }) => TransactItems as object[],
    );
    expect(parts.map(({ length }) => length)).toEqual([91, 91, 23]);
    expect(parts.map(([first]) => Object.keys(first ?? {})[0])).toEqual([
      'ConditionCheck',
      'ConditionCheck',
      'Update',
    ]);
  });

  test.each([1, 100])('of %d says when somebody else has the channel', async (count) => {
    dynamo.on(TransactWriteItemsCommand).rejects(
      new TransactionCanceledException({
        $metadata: {},
        message: '',
        CancellationReasons: [{ Code: 'ConditionalCheckFailed' }],
      }),
    );
    expect(await commit(count)).toBe(false);
    expect(inputsOf(TransactWriteItemsCommand)).toHaveLength(1);
  });

  test('passes every other fault on', async () => {
    dynamo.on(TransactWriteItemsCommand).rejects(new Error('throttled'));
    await expect(commit(1)).rejects.toThrow('throttled');
  });
});

describe('a write that meets another one', () => {
  const conflict = new TransactionConflictException({ $metadata: {}, message: '' });
  const canceled = (...codes: string[]) =>
    new TransactionCanceledException({
      $metadata: {},
      message: '',
      CancellationReasons: codes.map((Code) => ({ Code })),
    });

  test('is tried again', async () => {
    dynamo.on(UpdateItemCommand).rejectsOnce(conflict).resolves({});
    expect(await box.save(HELD, newChannelState)).toBe(true);

    dynamo
      .on(TransactWriteItemsCommand)
      .rejectsOnce(canceled('None', 'TransactionConflict'))
      .resolves({});
    const conclusion = { state: newChannelState, at: NOON, ended: [] };
    expect(await box.commit(HELD, conclusion)).toBe(true);
    expect(inputsOf(TransactWriteItemsCommand)).toHaveLength(2);
  });

  test('five times, and not when somebody else has the channel', async () => {
    dynamo.on(UpdateItemCommand).rejects(conflict);
    await expect(box.save(HELD, newChannelState)).rejects.toBe(conflict);
    expect(inputsOf(UpdateItemCommand)).toHaveLength(5);

    dynamo
      .on(TransactWriteItemsCommand)
      .rejects(canceled('ConditionalCheckFailed', 'TransactionConflict'));
    expect(await box.commit(HELD, { state: newChannelState, at: NOON, ended: [] })).toBe(false);
    expect(inputsOf(TransactWriteItemsCommand)).toHaveLength(1);
  });
});

test('a channel whose line cannot be read is let go of at once', async () => {
  dynamo.on(QueryCommand).rejects(new Error('throttled'));
  await expect(box.open('ops', NOON)).rejects.toThrow('throttled');
  expect(inputsOf(UpdateItemCommand).at(-1)).toMatchObject({ UpdateExpression: 'REMOVE #token' });
});
