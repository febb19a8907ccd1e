import { gzipSync } from 'node:zlib';
import {
  BatchGetItemCommand,
  DynamoDBClient,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { glanceAtLedger, ledger } from '#aws/dynamodb/ledger.ts';
import type { ScaleHead } from '#domain/ledger/head.ts';
import {
  aCapacityDecision,
  anObservation,
  anOverride,
  aScaleHead,
  NOON,
} from '#test/support/builders.ts';
import { mockClient } from '#test/support/mock-client.ts';
import { anOutcome } from '#test/support/notify-world.ts';

const setUp = () => {
  const mock = mockClient(DynamoDBClient);
  const written = () =>
    mock.commandCalls(TransactWriteItemsCommand).map(({ args }) => args[0].input.TransactItems);
  return {
    mock,
    written,
    table: ledger<ScaleHead>(new DynamoDBClient({}), 'tidegate', 'scale'),
  };
};

const KEY = { pk: { S: 'GROUP#web' }, sk: { S: 'HEAD#scale' } };
const OVERRIDE = { pk: { S: 'GROUP#web' }, sk: { S: 'OVERRIDE' } };
const at = (pk: string, key: typeof KEY) => ({ ...key, pk: { S: pk } });
const ENTRY_KEY = { pk: { S: 'GROUP#web' }, sk: { S: 'DECISION#2026-03-02T09:00:00.000Z#web-1' } };

describe('a glance at heads', () => {
  test.each([
    { lane: 'scale' as const, keys: [KEY, OVERRIDE] },
    { lane: 'heal' as const, keys: [{ ...KEY, sk: { S: 'HEAD#heal' } }] },
  ])(
    'of $lane takes what a replica has, the override with one lane alone',
    async ({ lane, keys }) => {
      const { mock } = setUp();
      mock.on(BatchGetItemCommand).resolves({});
      await glanceAtLedger(new DynamoDBClient({}), 'tidegate', lane).read(['web']);

      expect(mock.commandCalls(BatchGetItemCommand).map(({ args }) => args[0].input)).toEqual([
        { RequestItems: { tidegate: { Keys: keys, ConsistentRead: false } } },
      ]);
    },
  );
});

describe('reading heads', () => {
  test('brings along what a person put above the rules', async () => {
    const { mock, table } = setUp();
    const [head, override] = [aScaleHead({ version: 3 }), anOverride()];
    mock.on(BatchGetItemCommand).resolves({
      Responses: {
        tidegate: [
          { ...OVERRIDE, body: { S: JSON.stringify(override) } },
          { ...KEY, body: { S: JSON.stringify(head) } },
          { ...at('GROUP#api', OVERRIDE), body: { S: JSON.stringify(override) } },
        ],
      },
    });

    expect(await table.read(['web', 'api'])).toEqual(
      new Map([
        ['web', { head, override }],
        ['api', { override }],
      ]),
    );
  });

  test('says of one that cannot be read what is wrong, and reads all others', async () => {
    const { mock, table } = setUp();
    const head = aScaleHead({ version: 3 });
    mock.on(BatchGetItemCommand).resolves({
      Responses: {
        tidegate: [
          { ...KEY, body: { S: '{"version":3,"untold":{}}' } },
          { ...at('GROUP#api', KEY), body: { S: 'not JSON' } },
          { ...at('GROUP#job', OVERRIDE), body: { S: '{}' } },
          { ...at('GROUP#job', KEY), body: { S: JSON.stringify(head) } },
          { ...at('GROUP#ok', KEY), body: { S: JSON.stringify(head) } },
        ],
      },
    });

    expect(await table.read(['web', 'api', 'job', 'ok'])).toEqual(
      new Map([
        ['web', { damage: 'the item HEAD#scale: head.untold is no list' }],
        ['api', { damage: 'the item HEAD#scale: head is no object' }],
        ['job', { head, damage: 'the item OVERRIDE: override.id is no text' }],
        ['ok', { head }],
      ]),
    );
  });

  test('is consistent, in one call, each group once', async () => {
    const { mock, table } = setUp();
    const head = aScaleHead({ version: 3 });
    mock.on(BatchGetItemCommand).resolves({
      Responses: { tidegate: [{ ...KEY, body: { S: JSON.stringify(head) } }] },
    });

    expect(await table.read(['web', 'api', 'web'])).toEqual(new Map([['web', { head }]]));
    expect(mock.commandCalls(BatchGetItemCommand).map(({ args }) => args[0].input)).toEqual([
      {
        RequestItems: {
          tidegate: {
            Keys: [KEY, OVERRIDE, at('GROUP#api', KEY), at('GROUP#api', OVERRIDE)],
            ConsistentRead: true,
          },
        },
      },
    ]);
  });

  test('takes a hundred in one call', async () => {
    const { mock, table } = setUp();
    mock.on(BatchGetItemCommand).resolves({});
    await table.read(Array.from({ length: 51 }, (_, index) => `g-${index}`));

    expect(
      mock
        .commandCalls(BatchGetItemCommand)
        .map(({ args }) => args[0].input.RequestItems?.tidegate?.Keys?.length),
    ).toEqual([100, 2]);
  });

  test('asks again for what DynamoDB left out', async () => {
    const { mock, table } = setUp();
    const rest = { tidegate: { Keys: [KEY] } };
    mock
      .on(BatchGetItemCommand)
      .resolvesOnce({ UnprocessedKeys: rest })
      .resolvesOnce({
        Responses: { tidegate: [{ ...KEY, body: { S: JSON.stringify(aScaleHead()) } }] },
      });

    expect([...(await table.read(['web'])).keys()]).toEqual(['web']);
  });

  test('gives up when DynamoDB keeps leaving it out: it must not look like a new group', async () => {
    const { mock, table } = setUp();
    mock.on(BatchGetItemCommand).resolves({ UnprocessedKeys: { tidegate: { Keys: [KEY] } } });

    await expect(table.read(['web'])).rejects.toThrow('DynamoDB left 1 heads of tidegate unread');
    expect(mock.commandCalls(BatchGetItemCommand)).toHaveLength(5);
  });
});

describe('writing a head', () => {
  test('that is the first needs that there is none', async () => {
    const { mock, written, table } = setUp();
    mock.on(TransactWriteItemsCommand).resolves({});
    const head = aScaleHead({ version: 1 });

    expect(await table.write('web', head)).toBe(true);
    expect(written()).toEqual([
      [
        {
          Put: {
            TableName: 'tidegate',
            Item: { ...KEY, version: { N: '1' }, body: { S: JSON.stringify(head) } },
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        },
      ],
    ]);
  });

  test('needs the version before it', async () => {
    const { mock, written, table } = setUp();
    mock.on(TransactWriteItemsCommand).resolves({});
    await table.write('web', aScaleHead({ version: 8 }));

    expect(written()[0]?.[0]?.Put).toMatchObject({
      ConditionExpression: '#version = :before',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':before': { N: '7' } },
    });
  });

  test('opens an entry with it, with all that was looked at', async () => {
    const { mock, written, table } = setUp();
    mock.on(TransactWriteItemsCommand).resolves({});
    const [decision, observation] = [aCapacityDecision(), anObservation()];
    const entry = { kind: 'open', status: 'planned', decision, observation } as const;
    await table.write('web', aScaleHead({ version: 1 }), entry);

    expect(written()[0]?.[1]).toEqual({
      Put: {
        TableName: 'tidegate',
        Item: {
          ...ENTRY_KEY,
          status: { S: 'planned' },
          reason: { S: 'ScaledOut' },
          summary: { S: 'web 4 → 6: cpu-high' },
          record: { B: gzipSync(JSON.stringify({ schemaVersion: 1, decision, observation })) },
          expiresAt: { N: String(NOON / 1_000 + 30 * 86_400) },
        },
      },
    });
  });

  test.each([
    { outcome: anOutcome(), stored: { S: JSON.stringify(anOutcome()) } },
    { outcome: undefined, stored: { NULL: true } },
  ])('closes an entry with it, outcome $stored', async ({ outcome, stored }) => {
    const { mock, written, table } = setUp();
    mock.on(TransactWriteItemsCommand).resolves({});
    await table.write('web', aScaleHead({ version: 2 }), {
      kind: 'close',
      status: 'applied',
      decision: aCapacityDecision(),
      settledAt: NOON + 5,
      ...(outcome ? { outcome } : {}),
    });

    expect(written()[0]?.[1]).toEqual({
      Update: {
        TableName: 'tidegate',
        Key: ENTRY_KEY,
        UpdateExpression: 'SET #status = :status, settledAt = :settledAt, outcome = :outcome',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':status': { S: 'applied' },
          ':settledAt': { S: '2026-03-02T09:00:00.005Z' },
          ':outcome': stored,
        },
      },
    });
  });

  const cancelled = (...codes: string[]) =>
    new TransactionCanceledException({
      $metadata: {},
      message: 'Transaction cancelled',
      CancellationReasons: codes.map((Code) => ({ Code })),
    });

  test.each([
    ['ConditionalCheckFailed', 'None'],
    ['None', 'TransactionConflict'],
  ])('is lost when somebody was faster: %s, %s', async (...codes) => {
    const { mock, table } = setUp();
    mock.on(TransactWriteItemsCommand).rejects(cancelled(...codes));

    expect(await table.write('web', aScaleHead({ version: 2 }))).toBe(false);
  });

  test.each([
    cancelled('ThrottlingError'),
    cancelled('ItemCollectionSizeLimitExceeded'),
    new TransactionCanceledException({ $metadata: {}, message: 'for no reason' }),
    new Error('socket hang up'),
  ])('passes every other fault on: %s', async (error) => {
    const { mock, table } = setUp();
    mock.on(TransactWriteItemsCommand).rejects(error);

    await expect(table.write('web', aScaleHead({ version: 2 }))).rejects.toThrow(error.message);
  });

  const opened = {
    kind: 'open',
    status: 'planned',
    decision: aCapacityDecision(),
    observation: anObservation(),
  } as const;

  test.each([
    {
      error: Object.assign(new Error('Item size has exceeded'), { name: 'ValidationException' }),
      why: 'ValidationException: Item size has exceeded',
    },
    {
      error: cancelled('None', 'ThrottlingError'),
      why: 'TransactionCanceledException: Transaction cancelled, ThrottlingError',
    },
  ])('goes on without the record when DynamoDB refuses it: $why', async ({ error, why }) => {
    const { mock, written, table } = setUp();
    mock.on(TransactWriteItemsCommand).rejectsOnce(error).resolves({});

    expect(await table.write('web', aScaleHead({ version: 1 }), opened)).toBe(true);
    expect(written()[1]?.[0]).toEqual(written()[0]?.[0]);
    expect(written()[1]?.[1]?.Put?.Item).toEqual({
      ...ENTRY_KEY,
      status: { S: 'planned' },
      reason: { S: 'ScaledOut' },
      summary: { S: 'web 4 → 6: cpu-high' },
      recordMissing: { S: why },
      expiresAt: { N: String(NOON / 1_000 + 30 * 86_400) },
    });
  });

  test('is not tried again when nobody knows whether it was written', async () => {
    const { mock, written, table } = setUp();
    mock.on(TransactWriteItemsCommand).rejects(new Error('socket hang up'));

    await expect(table.write('web', aScaleHead({ version: 1 }), opened)).rejects.toThrow('socket');
    expect(written()).toHaveLength(1);
  });

  test('fails when it is refused without the record, too', async () => {
    const { mock, written, table } = setUp();
    mock.on(TransactWriteItemsCommand).rejects(cancelled('ThrottlingError', 'None'));

    await expect(table.write('web', aScaleHead({ version: 1 }), opened)).rejects.toThrow(
      'Transaction cancelled',
    );
    expect(written()).toHaveLength(2);
  });
});

test('what is written is read back as it was', async () => {
  const change = fc.record({ at: fc.nat(), from: fc.nat(), to: fc.nat() });
  const heads = fc.record(
    {
      version: fc.integer({ min: 1 }),
      untold: fc.constant([anOutcome()]),
      openAlarms: fc.array(fc.string()),
      heardAlarms: fc.array(fc.string()),
      changes: fc.array(change),
      wishes: fc.array(fc.record({ at: fc.nat(), capacity: fc.nat() })),
      lastScaleOut: change,
      lastScaleIn: change,
    },
    { requiredKeys: ['version', 'untold', 'openAlarms', 'heardAlarms', 'changes', 'wishes'] },
  );
  await fc.assert(
    fc.asyncProperty(heads, async (head) => {
      const { mock, written, table } = setUp();
      mock.on(TransactWriteItemsCommand).resolves({});
      await table.write('web', head);
      const Item = written()[0]?.[0]?.Put?.Item ?? {};
      mock.on(BatchGetItemCommand).resolves({ Responses: { tidegate: [Item] } });

      expect((await table.read(['web'])).get('web')).toEqual({ head });
    }),
    { numRuns: 50 },
  );
});
