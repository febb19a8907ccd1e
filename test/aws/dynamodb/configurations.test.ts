import { describe, expect, test } from '@jest/globals';
import { readInForce, readSource } from '#aws/dynamodb/configurations.ts';
import { readLastSweep, recordSweep } from '#aws/dynamodb/last-sweep.ts';
import { createTable, sizeOf } from '#simulator/services/table.ts';
import { minutes, NOON } from '#test/support/builders.ts';

type Client = Parameters<typeof recordSweep>[0];

const A = { source: { hash: 'aaaa111122223333', text: 'version: 1 # a' }, by: 'ann' };
const B = { source: { hash: 'bbbb111122223333', text: 'version: 1 # b' }, by: 'bob' };

const aTable = () => {
  const table = createTable();
  const client = table as unknown as Client;
  return {
    table,
    sweepWith: (deployed: typeof A, at: number) => recordSweep(client, 'T', deployed)(at),
    inForce: readInForce(client, 'T'),
    source: readSource(client, 'T'),
    last: readLastSweep(client, 'T'),
    keys: () => table.items().map(({ pk, sk }) => `${pk?.S} ${sk?.S}`),
  };
};

describe('the configurations that were in force', () => {
  test('are kept by the first sweep that runs with each, once', async () => {
    const { sweepWith, keys, last } = aTable();
    await sweepWith(A, NOON);
    await sweepWith(A, NOON + minutes(1));

    expect(keys()).toEqual([
      'CONFIGURATION TEXT#aaaa111122223333#01',
      'CONFIGURATION SINCE#2026-03-02T09:00:00.000Z#aaaa111122223333',
      'SWEEP LAST',
    ]);
    expect(await last()).toEqual({ at: NOON + minutes(1), configuration: 'aaaa111122223333' });
  });

  test('are found by time, also after one came back', async () => {
    const { sweepWith, inForce } = aTable();
    await sweepWith(A, NOON);
    await sweepWith(B, NOON + minutes(10));
    await sweepWith(A, NOON + minutes(20));

    expect(await inForce(NOON - 1)).toBeUndefined();
    expect(await inForce(NOON)).toEqual({ hash: A.source.hash, since: NOON, by: 'ann' });
    expect(await inForce(NOON + minutes(20) - 1)).toMatchObject({ hash: B.source.hash, by: 'bob' });
    expect(await inForce(NOON + minutes(60))).toMatchObject({ since: NOON + minutes(20) });
  });

  test('are found by hash, or by how it begins if that is one alone', async () => {
    const { sweepWith, source } = aTable();
    await sweepWith(A, NOON);
    await sweepWith(B, NOON + minutes(1));

    expect(await source('bbbb111122223333')).toEqual(B.source);
    expect(await source('aaaa')).toEqual(A.source);
    expect(await source('cccc')).toBeUndefined();
    expect(await source('')).toBeUndefined();
  });

  test('are kept in pieces that DynamoDB takes, however large', async () => {
    const { sweepWith, source, table, keys } = aTable();
    const text = Array.from({ length: 80_000 }, (_, index) => Math.sin(index)).join('\n');
    await sweepWith({ ...A, source: { ...A.source, text } }, NOON);

    expect(keys().length).toBeGreaterThan(3);
    expect(Math.max(...table.items().map(sizeOf))).toBeLessThan(400 * 1_024);
    expect((await source('aaaa'))?.text).toBe(text);
  });

  test('are kept again after a crash before the sweep was written down', async () => {
    const { sweepWith, table, inForce } = aTable();
    const send = table.send;
    const client = {
      send: (command: Parameters<typeof send>[0]) => {
        const isLast = JSON.stringify(command.input).includes('"LAST"');
        return isLast && command.input.Item ? Promise.reject(new Error('gone')) : send(command);
      },
    } as unknown as Client;
    await expect(recordSweep(client, 'T', A)(NOON)).rejects.toThrow('gone');
    await sweepWith(A, NOON + minutes(1));

    expect(await inForce(NOON + minutes(1))).toMatchObject({ hash: A.source.hash });
  });
});
