import { describe, expect, test } from '@jest/globals';
import { addCounts, countsOf, NO_COUNTS } from '#domain/notify/channel-counts.ts';
import type { NoticeStatus } from '#domain/notify/notice.ts';

const ended = (...kinds: readonly NoticeStatus['kind'][]) =>
  kinds.map((kind) => ({ ending: { kind } }));

describe('the counts of what ended together on a channel', () => {
  test('of one piece of news are one message, and nothing was gathered', () => {
    expect(countsOf(ended('sent'))).toEqual({ ...NO_COUNTS, messages: 1, told: 1 });
  });

  test('of several that were sent at once are one message, in which all were gathered', () => {
    expect(countsOf(ended('sent', 'sent', 'sent'))).toEqual({
      ...NO_COUNTS,
      messages: 1,
      told: 3,
      gathered: 3,
    });
  });

  test('have every end that loses something, and leave out what nobody had to be told of', () => {
    expect(
      countsOf(ended('refused', 'uncertain', 'failed-over', 'dropped', 'dropped', 'needless')),
    ).toEqual({ ...NO_COUNTS, refused: 1, uncertain: 1, failedOver: 1, dropped: 2 });
  });

  test('of nothing are none', () => {
    expect(countsOf([])).toEqual(NO_COUNTS);
  });

  test('add up, each to its own', () => {
    const some = {
      messages: 1,
      told: 2,
      gathered: 3,
      refused: 4,
      uncertain: 5,
      failedOver: 6,
      dropped: 7,
    };

    expect(addCounts(some, { ...some, told: 10 })).toEqual({
      messages: 2,
      told: 12,
      gathered: 6,
      refused: 8,
      uncertain: 10,
      failedOver: 12,
      dropped: 14,
    });
  });
});
