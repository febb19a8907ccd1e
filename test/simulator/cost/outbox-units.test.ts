import { describe, expect, test } from '@jest/globals';
import type { QueueResults } from '#domain/notify/channel-queue.ts';
import { newChannelState } from '#domain/notify/channel-state.ts';
import type { Waiting } from '#domain/notify/notice.ts';
import { countOutbox } from '#simulator/cost/outbox-units.ts';
import type { Item } from '#simulator/cost/prices.ts';
import { NOON } from '#test/support/builders.ts';
import { anOutcome } from '#test/support/notify-world.ts';

const LEASE = { channel: 'ops', token: 't' };
const itemOf = (summary: string): Waiting => ({
  key: 'k',
  news: anOutcome({ summary }),
  since: NOON,
  fallbacks: [],
});
const [SHORT, LONG] = [itemOf('web 4 → 8'), itemOf('x'.repeat(1_500))];

const countOf = (action: string, input: unknown): Partial<Record<Item, number>> => {
  const counts: Partial<Record<Item, number>> = {};
  countOutbox(action, input, (item, count) => {
    counts[item] = (counts[item] ?? 0) + count;
  });
  return counts;
};

const resultsOf = (...items: readonly Waiting[]): QueueResults => ({
  state: newChannelState,
  at: NOON,
  ended: items.map((item) => ({ item, ending: { kind: 'sent' } })),
});

describe('what the memory of notify costs', () => {
  test('is a read and a write for each piece of news in line, by its size', () => {
    expect(countOf('PutItem', ['ops', [SHORT, LONG]])).toEqual({ readUnits: 2, writeUnits: 3 });
  });

  test('is a write to open, to save and to close a channel, and its line is read once', () => {
    expect(countOf('UpdateItem', ['ops', NOON])).toEqual({ readUnits: 2, writeUnits: 1 });
    expect(countOf('UpdateItem', [LEASE, newChannelState])).toEqual({ writeUnits: 1 });
    expect(countOf('UpdateItem', [LEASE])).toEqual({ writeUnits: 1 });
  });

  test('is a transaction when news has been told, which costs twice what it writes', () => {
    expect(countOf('PutItem', [LEASE, resultsOf()])).toEqual({ writeUnits: 2 * 1 });
    expect(countOf('PutItem', [LEASE, resultsOf(SHORT)])).toEqual({ writeUnits: 2 * (1 + 2 + 1) });
    expect(countOf('PutItem', [LEASE, resultsOf(SHORT, LONG)])).toEqual({
      writeUnits: 2 * (1 + 2 + 3 + 1),
    });
    const root = { root: 'x', title: 'web', latestAt: NOON, saidAt: NOON, state: 'open' } as const;
    const thread = { name: 'web', thread: root };
    expect(countOf('PutItem', [LEASE, { ...resultsOf(SHORT), thread }])).toEqual({
      writeUnits: 2 * (1 + 2 + 1 + 1),
    });
  });
});
