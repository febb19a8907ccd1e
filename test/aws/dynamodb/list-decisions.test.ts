import { describe, expect, test } from '@jest/globals';
import { ledger } from '#aws/dynamodb/ledger.ts';
import { listDecisions } from '#aws/dynamodb/list-decisions.ts';
import { newScaleHead } from '#domain/ledger/head.ts';
import { applied } from '#domain/ledger/outcome.ts';
import { outcomeOfAction } from '#domain/ledger/outcome-of.ts';
import { createTable } from '#simulator/services/table.ts';
import {
  aCapacityDecision,
  anObservation,
  minutes,
  NOON,
  seconds,
} from '#test/support/builders.ts';

type Client = Parameters<typeof ledger>[0];

/** A table with an entry at each of these times, and the calls that it gets. */
const aLedger = async (ats: readonly number[], group = 'web') => {
  const table = createTable();
  const calls: unknown[] = [];
  const client = {
    send: (command: { input: never }) => {
      calls.push(command.input);
      return table.send(command);
    },
  } as unknown as Client;
  const { write } = ledger(client, 'the-table', 'scale');
  for (const [index, at] of ats.entries()) {
    const decision = aCapacityDecision({ id: `${group}-${index + 1}`, group, at });
    const entry = { kind: 'open', status: 'held', decision, observation: anObservation() } as const;
    await write(group, { ...newScaleHead, version: index + 1 }, entry);
  }
  calls.length = 0;
  return { table, client, calls, write };
};

describe('the decisions of a group', () => {
  test('are listed from the newest, without what they looked at', async () => {
    const { client, calls } = await aLedger([NOON, NOON + seconds(5)]);

    expect(await listDecisions(client, 'the-table')({ group: 'web' })).toEqual(
      [2, 1].map((number) => ({
        id: `web-${number}`,
        group: 'web',
        at: NOON + seconds(number === 2 ? 5 : 0),
        status: 'held',
        reason: 'ScaledOut',
        summary: 'web 4 → 6: cpu-high',
      })),
    );
    expect(calls).toHaveLength(1);
    expect(JSON.stringify(calls)).not.toContain('"record"');
  });

  test('name the configuration that decided, where there is one', async () => {
    const { client } = await aLedger([]);
    const { write } = ledger(
      client,
      { table: 'the-table', configuration: '9f86d081884c7d65' },
      'scale',
    );
    const decision = aCapacityDecision();
    const entry = { kind: 'open', status: 'held', decision, observation: anObservation() } as const;
    await write('web', { ...newScaleHead, version: 1 }, entry);

    expect(await listDecisions(client, 'the-table')({ group: 'web' })).toMatchObject([
      { configuration: '9f86d081884c7d65' },
    ]);
  });

  test('say what goes on, and the kind of a hold that its reason does not tell', async () => {
    const { client, write } = await aLedger([]);
    const kept = aCapacityDecision({
      from: 12,
      to: 12,
      reason: 'InstancesProtected',
      bounds: { min: 2, max: 10 },
    });
    const entry = { kind: 'open', status: 'held', decision: kept } as const;
    await write(
      'web',
      { ...newScaleHead, version: 1 },
      { ...entry, observation: anObservation(), goesOn: true },
    );

    expect(await listDecisions(client, 'the-table')({ group: 'web' })).toMatchObject([
      { outcomeKind: 'blocked', goesOn: true },
    ]);
  });

  test('say of a refusal that it was told before', async () => {
    const { client, write } = await aLedger([NOON]);
    const decision = aCapacityDecision({ at: NOON });
    const outcome = outcomeOfAction(decision, {
      kind: 'refused',
      reason: 'AccessDenied',
      detail: 'not authorized',
    });
    const end = { kind: 'close', status: 'refused', decision, settledAt: NOON + 400 } as const;
    await write('web', { ...newScaleHead, version: 2 }, { ...end, outcome, goesOn: true });

    expect(await listDecisions(client, 'the-table')({ group: 'web' })).toMatchObject([
      { status: 'refused', outcome, goesOn: true },
    ]);
  });

  test('have how they ended', async () => {
    const { client, write } = await aLedger([NOON]);
    const decision = aCapacityDecision({ at: NOON });
    const outcome = outcomeOfAction(decision, applied);
    await write(
      'web',
      { ...newScaleHead, version: 2 },
      { kind: 'close', status: 'applied', decision, settledAt: NOON + 400, outcome },
    );

    expect(await listDecisions(client, 'the-table')({ group: 'web' })).toMatchObject([
      { status: 'applied', settledAt: NOON + 400, outcome },
    ]);
  });

  test('are those of a time, both ends inclusive, and of this group', async () => {
    const { client } = await aLedger([0, 1, 2, 3, 4].map((ago) => NOON + minutes(ago)));
    const list = listDecisions(client, 'the-table');
    const idsOf = async (range: Parameters<typeof list>[0]) =>
      (await list(range)).map(({ id }) => id);

    expect(
      await idsOf({ group: 'web', since: NOON + minutes(1), until: NOON + minutes(3) }),
    ).toEqual(['web-4', 'web-3', 'web-2']);
    expect(await idsOf({ group: 'web', until: NOON + minutes(1) - 1 })).toEqual(['web-1']);
    expect(await idsOf({ group: 'web', most: 2 })).toEqual(['web-5', 'web-4']);
    expect(await idsOf({ group: 'we' })).toEqual([]);
  });

  test('of a day are read in a few pages of one Query where there are 100,000', async () => {
    const { table, client, calls } = await aLedger([]);
    const isoOf = (index: number) => new Date(NOON + index * seconds(20)).toISOString();
    for (let index = 0; index < 100_000; index += 1) {
      const sk = `DECISION#${isoOf(index)}#web-${index}`;
      table.put({ pk: { S: 'GROUP#web' }, sk: { S: sk }, status: { S: 'held' } });
    }
    const list = listDecisions(client, 'the-table');
    const until = NOON + 60_000 * seconds(20);
    const day = await list({ group: 'web', since: until - minutes(1_440) + 1, until });

    expect(day).toHaveLength(4_320);
    expect(day[0]?.id).toBe('web-60000');
    expect(calls.length).toBeLessThan(7);
    calls.length = 0;
    expect(await list({ group: 'web', until, most: 1 })).toMatchObject([{ id: 'web-60000' }]);
    expect(calls).toHaveLength(1);
  });
});
