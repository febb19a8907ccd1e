import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { readChannelStates } from '#aws/dynamodb/channel-states.ts';
import { ledger } from '#aws/dynamodb/ledger.ts';
import { noticeKey, stateKey } from '#aws/dynamodb/outbox-keys.ts';
import { readRecordOf, readTimeOf } from '#aws/dynamodb/read-decision.ts';
import { readStatusesByChannel } from '#aws/dynamodb/statuses-by-channel.ts';
import { newScaleHead } from '#domain/ledger/head.ts';
import { newChannelState } from '#domain/notify/channel-state.ts';
import { createTable } from '#simulator/services/table.ts';
import {
  aCapacityDecision,
  aGroupState,
  anInstance,
  anObservation,
  NOON,
} from '#test/support/builders.ts';

type Client = Parameters<typeof ledger>[0];

const aTable = () => {
  const table = createTable();
  return { table, client: table as unknown as Client };
};

describe('a person who reads a deployment', () => {
  test('has the states of the channels that were used', async () => {
    const { table, client } = aTable();
    table.put({ ...stateKey('ops'), body: { S: JSON.stringify(newChannelState) } });
    table.put({ ...stateKey('old'), body: { S: 'no JSON' } });

    expect(await readChannelStates(client, 'table')(['ops', 'mail', 'old'])).toEqual(
      new Map([['ops', newChannelState]]),
    );
  });

  test('has how a piece of news ended, by channel', async () => {
    const { table, client } = aTable();
    table.put({ ...noticeKey('ops', 'web-17'), status: { S: 'failed-over' }, to: { S: 'mail' } });
    table.put({ ...noticeKey('mail', 'web-17'), status: { S: 'sent' } });
    table.put({ ...noticeKey('pager', 'web-17'), status: { S: 'begun' } });

    expect(
      await readStatusesByChannel(client, 'table')('web-17', ['ops', 'mail', 'pager', 'chat']),
    ).toEqual(
      new Map([
        ['ops', { kind: 'failed-over', to: 'mail' }],
        ['mail', { kind: 'sent' }],
      ]),
    );
  });

  test('has a decision by its id, and all that it looked at', async () => {
    const { client } = aTable();
    const decision = aCapacityDecision({ id: 'web-1', at: NOON });
    const entry = { kind: 'open', status: 'held', decision, observation: anObservation() } as const;
    await ledger(client, 'table', 'scale').write('web', { ...newScaleHead, version: 1 }, entry);

    expect(await readTimeOf(client, 'table')('web', 'web-1')).toBe(NOON);
    expect(await readTimeOf(client, 'table')('web', 'web-2')).toBeUndefined();
    const wanted = { ...decision, status: 'held' } as const;
    const { Items } = JSON.parse(await readRecordOf(client, 'table')(wanted));
    expect(Items).toMatchObject([{ pk: { S: 'GROUP#web' }, status: { S: 'held' } }]);
    const none = { ...wanted, id: 'web-2' };
    expect(JSON.parse(await readRecordOf(client, 'table')(none))).toEqual({ Items: [] });
  });

  test('has a large record with all its pieces', async () => {
    const { client } = aTable();
    const decision = aCapacityDecision({ id: 'web-1', at: NOON });
    const instances = Array.from({ length: 12_000 }, (_, index) =>
      anInstance({ id: `i-${createHash('sha256').update(`${index}`).digest('hex').slice(0, 17)}` }),
    );
    const observation = anObservation({ state: aGroupState({ instances }) });
    const entry = { kind: 'open', status: 'held', decision, observation } as const;
    await ledger(client, 'table', 'scale').write('web', { ...newScaleHead, version: 1 }, entry);

    const wanted = { ...decision, status: 'held' } as const;
    const { Items } = JSON.parse(await readRecordOf(client, 'table')(wanted));
    expect(Items.length).toBeGreaterThan(1);
    expect(
      Items.slice(1).every(({ sk }: { sk: { S: string } }) => sk.S.startsWith('RECORD#')),
    ).toBe(true);
  });
});
