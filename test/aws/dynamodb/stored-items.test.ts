import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BatchGetItemCommand,
  DynamoDBClient,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { ledger } from '#aws/dynamodb/ledger.ts';
import { outbox } from '#aws/dynamodb/outbox.ts';
import { decideAgain } from '#cli/decision/decide-again.ts';
import type { Head } from '#domain/ledger/head.ts';
import { parseRecord } from '#parse/record/parse-record.ts';
import { createTable, type TableItem } from '#simulator/services/table.ts';
import { mockClient } from '#test/support/mock-client.ts';

type Printed = Readonly<Record<string, Readonly<{ S?: string; N?: string; B?: string }>>>;

/** Items as this version writes them: whatever comes after it must still read them whole. */
const ITEMS = readFileSync(join(import.meta.dirname, '../../fixtures/items.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Printed);

const under = (begin: string): readonly Printed[] =>
  ITEMS.filter(({ sk }) => sk?.S?.startsWith(begin));
const bodyOf = (item: Printed | undefined): unknown => JSON.parse(item?.body?.S ?? '');

describe('what the table holds of a group', () => {
  test.each([
    { lane: 'scale' as const, group: 'g0' },
    { lane: 'heal' as const, group: 'g1' },
  ])('is read as the head of $lane, whole', async ({ lane, group }) => {
    const table = createTable();
    for (const item of under(`HEAD#${lane}`)) table.put(item as unknown as TableItem);
    const client = table as unknown as Parameters<typeof ledger>[0];

    const memory = (await ledger<Head>(client, 'tidegate', lane).read([group])).get(group);
    expect(memory).toEqual({ head: bodyOf(under(`HEAD#${lane}`)[0]) });
  });

  test('is read as an override, beside the head', async () => {
    const table = createTable();
    for (const item of [...under('HEAD#scale'), ...under('OVERRIDE')])
      table.put(item as unknown as TableItem);
    const client = table as unknown as Parameters<typeof ledger>[0];

    const memory = (await ledger<Head>(client, 'tidegate', 'scale').read(['g0'])).get('g0');
    expect(memory?.override).toEqual(bodyOf(under('OVERRIDE')[0]));
    expect(memory?.damage).toBeUndefined();
  });
});

describe('an entry', () => {
  const entries = under('DECISION#').map((entry) => ({
    form: entry.record === undefined ? 'in pieces' : 'in itself',
    reason: entry.reason?.S ?? '',
    entry,
  }));

  test('lies in the table in both forms', () => {
    expect(new Set(entries.map(({ form }) => form))).toEqual(new Set(['in itself', 'in pieces']));
  });

  test.each(entries)(
    'with its record $form is read, and decided the same: $reason',
    ({ entry }) => {
      const name = (entry.sk?.S ?? '').replace('DECISION#', 'RECORD#');
      const record = parseRecord(JSON.stringify({ Items: [entry, ...under(name)] }));
      if (!record.ok) throw new Error(JSON.stringify(record.problem));

      expect(record.value.decision).toMatchObject({
        reason: entry.reason?.S,
        summary: entry.summary?.S,
      });
      const again = decideAgain(record.value);
      expect(JSON.stringify(again)).toBe(JSON.stringify(record.value.decision));
    },
  );
});

describe('what the table holds of a channel', () => {
  const dynamo = mockClient(DynamoDBClient);
  const box = outbox(new DynamoDBClient({}), 'tidegate');
  const [line] = under('LINE#');
  const [state] = under('STATE');
  const [notice] = under('NOTICE');

  test('is read as its state and its line', async () => {
    dynamo.on(UpdateItemCommand).resolves({ Attributes: state as never });
    dynamo.on(QueryCommand).resolves({ Items: [line as never] });
    dynamo.on(BatchGetItemCommand).resolves({ Responses: { tidegate: [] } });

    expect(await box.open('ops', 1_772_446_000_000)).toMatchObject({
      state: bodyOf(state),
      waiting: [bodyOf(line)],
    });
  });

  test('says what became of news that is over', async () => {
    dynamo.on(BatchGetItemCommand).resolves({ Responses: { tidegate: [notice as never] } });
    const waiting = { ...(bodyOf(line) as object), key: 'told-before' } as never;

    expect(await box.enqueue('ops', [waiting])).toEqual(
      new Map([['told-before', { kind: 'failed-over', to: 'mail' }]]),
    );
  });
});
