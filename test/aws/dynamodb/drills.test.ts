import { describe, expect, test } from '@jest/globals';
import { keepHop, readHops, readNoticeEnd } from '#aws/dynamodb/drills.ts';
import type { DrillHop } from '#domain/ledger/drill.ts';
import { createLedger } from '#simulator/services/ledger.ts';
import { NOON } from '#test/support/builders.ts';

const TABLE = 'tidegate-dev';
const HOP: DrillHop = {
  drill: 'drill-1234',
  hop: 'scale',
  group: 'web',
  receivedAt: NOON,
  at: NOON,
};

const aTable = () => {
  const { client, table } = createLedger();
  return {
    table,
    keep: keepHop(client, TABLE),
    read: readHops(client, TABLE),
    end: readNoticeEnd(client, TABLE),
  };
};

describe('the trace of a drill', () => {
  test('is kept for a week, apart from everything that decides', async () => {
    const { table, keep } = aTable();
    await keep(HOP);

    expect(table.items()).toEqual([
      {
        pk: { S: 'DRILL#drill-1234' },
        sk: { S: 'HOP#scale#web' },
        body: { S: JSON.stringify(HOP) },
        expiresAt: { N: String(NOON / 1_000 + 7 * 86_400) },
      },
    ]);
  });

  test('keeps the first time of each hop, however often the message is repeated', async () => {
    const { keep, read } = aTable();
    await keep(HOP);
    await keep({ ...HOP, at: NOON + 5_000 });
    await keep({ drill: 'drill-1234', hop: 'heal', receivedAt: NOON, at: NOON });
    await keep({ ...HOP, drill: 'drill-5678' });

    expect(await read('drill-1234')).toEqual([
      { drill: 'drill-1234', hop: 'heal', receivedAt: NOON, at: NOON },
      HOP,
    ]);
  });

  test('leaves out what this version does not understand', async () => {
    const { table, read } = aTable();
    const pk = { S: 'DRILL#drill-1234' };
    table.put({ pk, sk: { S: 'HOP#a' }, body: { S: 'no JSON' } });
    table.put({ pk, sk: { S: 'HOP#b' }, body: { S: '{"hop":"moon"}' } });

    expect(await read('drill-1234')).toEqual([]);
  });

  test('that cannot be written is an error', async () => {
    const send = () => Promise.reject(new Error('throttled'));
    await expect(keepHop({ send } as never, TABLE)(HOP)).rejects.toThrow('throttled');
  });
});

test('the end of a piece of news on a channel has its time; there is none while it waits', async () => {
  const { table, end } = aTable();
  const sk = { S: 'NOTICE' };
  table.put({ pk: { S: 'NOTICE#k#ops' }, sk, status: { S: 'sent' }, at: { N: String(NOON) } });
  table.put({ pk: { S: 'NOTICE#k#mail' }, sk, status: { S: 'refused' } });

  expect(await end('ops', 'k')).toEqual({ kind: 'sent', at: NOON });
  expect(await end('mail', 'k')).toEqual({ kind: 'refused' });
  expect(await end('pager', 'k')).toBeUndefined();
});
