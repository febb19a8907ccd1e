import { describe, expect, test } from '@jest/globals';
import { newChannelState, withoutFuture } from '#domain/notify/channel-state.ts';
import { nextDispatch } from '#domain/notify/next-dispatch.ts';
import { minutes, NOON } from '#test/support/builders.ts';
import { anOutcome, SLACK } from '#test/support/notify-world.ts';

const DAY = minutes(1_440);
const broken = { since: NOON - DAY, triedAt: NOON, detail: 'no', leftOut: 3 };

describe('what a clock that was ahead wrote of a channel', () => {
  test.each([
    {
      title: 'a pace',
      state: { tokens: 0, tokensAt: NOON + DAY },
      past: { tokens: 5, tokensAt: NOON },
    },
    { title: 'a rest', state: { backoffUntil: NOON + DAY }, past: { backoffUntil: NOON } },
    { title: 'a repair', state: { worksSince: NOON + DAY }, past: { worksSince: NOON } },
    {
      title: 'a try',
      state: { broken: { ...broken, triedAt: NOON + DAY } },
      past: { broken: { ...broken, triedAt: NOON - minutes(15) } },
    },
    {
      title: 'a break',
      state: { broken: { ...broken, since: NOON + DAY, triedAt: NOON + DAY } },
      past: { broken: { ...broken, since: NOON, triedAt: NOON - minutes(15) } },
    },
  ])('$title, is over', ({ state, past }) => {
    expect(withoutFuture({ ...newChannelState, ...state }, NOON)).toEqual({
      ...newChannelState,
      ...past,
    });
  });

  test.each([
    { tokens: 1, tokensAt: NOON + minutes(1) },
    { backoffUntil: NOON + minutes(16) },
    { broken },
    { worksSince: NOON + minutes(1) },
    {},
  ])('is left as it is where clocks may differ so much, or it is meant: %j', (state) => {
    const kept = { ...newChannelState, ...state };
    expect(withoutFuture(kept, NOON)).toEqual(kept);
  });

  test.each([
    { ahead: minutes(1), kind: 'wait' },
    { ahead: minutes(1) + 1, kind: 'send' },
  ])('does not gather news for a day: $ahead ms', ({ ahead, kind }) => {
    const item = {
      key: 'a',
      news: anOutcome({ kind: 'scaled' }),
      since: NOON + ahead,
      fallbacks: [],
      digestSeconds: 600,
    };
    const situation = { channel: SLACK, state: newChannelState, waiting: [item] };

    expect(nextDispatch(situation as never, NOON).kind).toBe(kind);
  });
});
