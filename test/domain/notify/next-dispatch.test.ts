import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  afterAttempt,
  BURST,
  type ChannelState,
  newChannelState,
  nextTokenAt,
  PROBE_MS,
  sentInHour,
  tokensAt,
} from '#domain/notify/channel-state.ts';
import type { Situation } from '#domain/notify/held-until.ts';
import type { News } from '#domain/notify/news.ts';
import { isCounted, KEPT_MS, nextDispatch, waitsIn } from '#domain/notify/next-dispatch.ts';
import type { Waiting } from '#domain/notify/notice.ts';
import { minutes, NOON, seconds } from '#test/support/builders.ts';
import { anAlarmEvent, anOutcome } from '#test/support/notify-world.ts';

const item = (id: string, overrides: Partial<Waiting> = {}, news?: News): Waiting => ({
  key: id,
  since: NOON,
  fallbacks: ['mail'],
  news: news ?? anOutcome({ decisionId: id }),
  ...overrides,
});
const urgent = (id: string, overrides: Partial<Waiting> = {}): Waiting =>
  item(id, overrides, anOutcome({ decisionId: id, kind: 'failed' }));
/** Urgent, and no more than a warning. */
const full = (id: string): Waiting => item(id, {}, anOutcome({ decisionId: id, kind: 'at-max' }));

const situationOf = (
  waiting: readonly Waiting[],
  {
    state = {},
    ...more
  }: Partial<Omit<Situation, 'state'>> & { state?: Partial<ChannelState> } = {},
): Situation => ({
  channel: { kind: 'slack' },
  state: { ...newChannelState, ...state },
  waiting,
  ...more,
});

const nextOf = (situation: Situation, now = NOON) => {
  const dispatch = nextDispatch(situation, now);
  return dispatch.kind === 'wait'
    ? 'wait'
    : `${dispatch.kind} ${dispatch.items.map(({ key }) => key).join()}`;
};

describe('what a channel is told next', () => {
  const spent = { hour: NOON, count: 2 };
  const broken = { since: NOON, triedAt: NOON, detail: '410', leftOut: 0 };
  const a = item('a');
  const b = item('b', {}, anOutcome({ decisionId: 'b', at: NOON - 1 }));

  test.each([
    ['nothing, when nothing waits', situationOf([]), 'wait'],
    ['what happened first', situationOf([a, b]), 'send b'],
    ['of two at once, always the same', situationOf([item('z'), item('y')]), 'send y'],
    ['nothing, while it rests', situationOf([a], { state: { backoffUntil: NOON + 1 } }), 'wait'],
    [
      'something, once it has rested',
      situationOf([a], { state: { backoffUntil: NOON } }),
      'send a',
    ],
    [
      'nothing, while its pace is used up',
      situationOf([a], { state: { tokens: 0.9, tokensAt: NOON } }),
      'wait',
    ],
    [
      'something a second later',
      situationOf([a], { state: { tokens: 0, tokensAt: NOON - seconds(1) } }),
      'send a',
    ],
    [
      'nothing, while its budget is spent',
      situationOf([a], { state: spent, channel: { kind: 'slack', perHour: 2 } }),
      'wait',
    ],
    [
      'what is urgent, whatever the budget',
      situationOf([a, urgent('u')], { state: spent, channel: { kind: 'slack', perHour: 2 } }),
      'send u',
    ],
    [
      'something, when the budget was spent in another hour',
      situationOf([a], {
        state: { ...spent, hour: NOON - minutes(60) },
        channel: { kind: 'slack', perHour: 2 },
      }),
      'send a',
    ],
    ['nothing in quiet hours', situationOf([a, full('m')], { quietUntil: NOON + 1 }), 'wait'],
    [
      'what is critical in quiet hours',
      situationOf([a, full('m'), urgent('u')], { quietUntil: NOON + 1 }),
      'send u',
    ],
    ['everything when quiet hours end', situationOf([a], { quietUntil: NOON }), 'send a'],
    [
      'what is late in one message',
      situationOf([
        item('a', { since: NOON - minutes(3) }),
        item('b', { since: NOON - minutes(4) }),
        item('c'),
      ]),
      'send a,b',
    ],
    [
      'what is urgent alone, however late',
      situationOf([
        urgent('a', { since: NOON - minutes(3) }),
        item('b', { since: NOON - minutes(4) }),
      ]),
      'send a',
    ],
    [
      'PagerDuty one after the other, however late',
      situationOf([item('a', { since: 0 }), item('b', { since: 0 })], {
        channel: { kind: 'pagerduty' },
      }),
      'send a',
    ],
    [
      'of a broken channel: what is urgent is taken elsewhere, and the rest waits',
      situationOf([a, urgent('u')], { state: { broken } }),
      'fail-over u',
    ],
    [
      'of a broken channel, what has waited for 24 hours: nothing yet',
      situationOf([item('a', { since: NOON - KEPT_MS })], { state: { broken } }),
      'wait',
    ],
    [
      'of a broken channel, what has waited for longer: it is dropped',
      situationOf([item('a', { since: NOON - KEPT_MS - 1 }), item('b')], { state: { broken } }),
      'fail-over a',
    ],
    [
      'of a broken PagerDuty, however old: it waits',
      situationOf([item('a', { since: 0 })], { state: { broken }, channel: { kind: 'pagerduty' } }),
      'wait',
    ],
    [
      'of a channel that is tried again: all that waited, in one message',
      situationOf([a, item('b')], { state: { broken: { ...broken, triedAt: NOON - PROBE_MS } } }),
      'send a,b',
    ],
    [
      'of a channel that works again: what waited until then, in one message',
      situationOf([a, item('b'), item('c', { since: NOON + 1 })], { state: { worksSince: NOON } }),
      'send a,b',
    ],
    [
      'of a broken channel that is the last resort: what is urgent waits',
      situationOf([urgent('u', { fallbacks: [] })], { state: { broken } }),
      'wait',
    ],
    [
      'of a broken channel after 15 minutes: it is tried',
      situationOf([a], { state: { broken: { ...broken, triedAt: NOON - PROBE_MS } } }),
      'send a',
    ],
  ] as const)('%s', (_, situation, expected) => {
    expect(nextOf(situation)).toBe(expected);
  });

  test.each([
    { now: NOON + minutes(9), expected: 'wait' },
    { now: NOON + minutes(10), expected: 'send a,b' },
  ])('is gathered by the windows of the clock', ({ now, expected }) => {
    const waiting = [
      item('a', { digestSeconds: 600, since: NOON }),
      item('b', { digestSeconds: 600, since: NOON + minutes(8) }),
    ];
    expect(nextOf(situationOf(waiting), now)).toBe(expected);
  });

  test('of what is gathered, PagerDuty and what is urgent wait for no window', () => {
    const pager = { kind: 'pagerduty' } as const;
    expect(nextOf(situationOf([item('a', { digestSeconds: 600 })], { channel: pager }))).toBe(
      'send a',
    );
    expect(nextOf(situationOf([urgent('a', { digestSeconds: 600 })]))).toBe('send a');
  });

  test.each([
    { count: 500, expected: 'wait' },
    { count: 501, expected: 'fail-over 000' },
    { count: 502, expected: 'fail-over 000,001' },
  ])('of a broken channel with $count waiting is: $expected', ({ count, expected }) => {
    const waiting = Array.from({ length: count }, (_, index) =>
      item(String(index).padStart(3, '0')),
    );
    expect(
      nextOf(situationOf([...waiting, urgent('u', { fallbacks: [] })], { state: { broken } })),
    ).toBe(expected);
  });

  test.each([
    { length: 12_500, expected: 2 },
    { length: 12_501, expected: 1 },
    { length: 30_000, expected: 1 },
  ])('has keys that an item of the table can hold: $length characters', ({ length, expected }) => {
    const waiting = ['a', 'b', 'c'].map((name) => item(name.repeat(length), { since: 0 }));
    const dispatch = nextDispatch(situationOf(waiting), NOON);
    expect(dispatch.kind === 'send' && dispatch.items).toHaveLength(expected);
  });

  test('is at most 500 in one message', () => {
    const waiting = Array.from({ length: 700 }, (_, index) => item(`${index}`, { since: 0 }));
    const dispatch = nextDispatch(situationOf(waiting), NOON);
    expect(dispatch.kind === 'send' && dispatch.items).toHaveLength(500);
  });
});

describe('how long an item waits for its turn', () => {
  test('is a second for each before it, after the rest of the channel', () => {
    const waiting = [item('a'), item('b'), item('c', { digestSeconds: 60 })];
    const state = { backoffUntil: NOON + seconds(7) };
    expect([...waitsIn(situationOf(waiting, { state }), NOON)]).toEqual([
      ['a', seconds(7)],
      ['b', seconds(8)],
    ]);
  });

  test('is until a broken channel is tried again, where there is no other', () => {
    const broken = { since: NOON, triedAt: NOON, detail: '410', leftOut: 0 };
    const waiting = [urgent('a', { fallbacks: [] }), item('b')];
    expect([...waitsIn(situationOf(waiting, { state: { broken } }), NOON)]).toEqual([
      ['a', PROBE_MS],
    ]);
  });
});

test.each([
  { perHour: undefined, items: [item('a')], is: false },
  { perHour: 3, items: [item('a'), item('b')], is: true },
  { perHour: 3, items: [urgent('a')], is: false },
  { perHour: 3, items: [item('a', {}, anAlarmEvent())], is: true },
])('a message counts for the budget: $is', ({ perHour, items, is }) => {
  expect(isCounted(perHour === undefined ? {} : { perHour }, items)).toBe(is);
});

describe('a channel after a message', () => {
  const attempt = (delivery: Parameters<typeof afterAttempt>[1]['delivery'], isCountedNow = true) =>
    ({ delivery, isCounted: isCountedNow, now: NOON }) as const;

  test('has one token less, which comes back within a second', () => {
    const state = afterAttempt(newChannelState, attempt({ kind: 'sent' }));
    expect(tokensAt(state, NOON)).toBe(BURST - 1);
    expect(tokensAt(state, NOON + 500)).toBe(BURST - 0.5);
    expect(tokensAt(state, NOON + minutes(1))).toBe(BURST);
    expect(nextTokenAt({ ...state, tokens: 0.25 }, NOON)).toBe(NOON + 750);
  });

  test.each([
    ['sent', { kind: 'sent' }, 1],
    ['perhaps sent', { kind: 'unclear', detail: '' }, 1],
    ['refused', { kind: 'refused', detail: '' }, 0],
    ['not sent', { kind: 'failed', detail: '' }, 0],
    ['broken', { kind: 'broken', detail: '' }, 0],
  ] as const)('that was %s has counted it: %#', (_, delivery, count) => {
    expect(sentInHour(afterAttempt(newChannelState, attempt(delivery)), NOON)).toBe(count);
    expect(sentInHour(afterAttempt(newChannelState, attempt(delivery, false)), NOON)).toBe(0);
  });

  test('that broke remembers since when, through every trial, until it takes one', () => {
    const once = afterAttempt(newChannelState, attempt({ kind: 'broken', detail: '404' }));
    const first = afterAttempt(once, attempt({ kind: 'broken', detail: '404' }));
    const left = { ...first, broken: { ...first.broken!, leftOut: 3 } };
    const again = {
      delivery: { kind: 'broken', detail: '410' },
      isCounted: false,
      now: NOON + 9,
    } as const;
    const second = afterAttempt(left, again);
    expect(second.broken).toEqual({ since: NOON, triedAt: NOON + 9, detail: '410', leftOut: 3 });
    // What took nothing says nothing of working again, and is not tried with each message.
    for (const kind of ['failed', 'unclear', 'refused'] as const) {
      const now = NOON + 99;
      const third = afterAttempt(second, {
        delivery: { kind, detail: '' },
        isCounted: false,
        now,
      });
      expect(third.broken).toEqual({ ...second.broken, triedAt: now });
    }
    expect(afterAttempt(second, attempt({ kind: 'sent' }))).not.toHaveProperty('broken');
  });

  const gone = { kind: 'broken', detail: '404' } as const;
  const doubtful = afterAttempt(newChannelState, attempt(gone));

  test('that says once that it takes nothing rests for 5 s, and is believed the second time', () => {
    expect(doubtful).toEqual({
      ...newChannelState,
      tokens: BURST - 1,
      tokensAt: NOON,
      isDoubtful: true,
      backoffUntil: NOON + seconds(5),
    });
    const second = afterAttempt(doubtful, attempt(gone));
    expect(second.broken).toEqual({ since: NOON, triedAt: NOON, detail: '404', leftOut: 0 });
    expect(second).not.toHaveProperty('isDoubtful');
  });

  test.each([
    ['sent', { kind: 'sent' }, false],
    ['refused', { kind: 'refused', detail: '' }, false],
    ['failed', { kind: 'failed', detail: '' }, true],
    ['unclear', { kind: 'unclear', detail: '' }, true],
  ] as const)(
    'that was doubted and then %s is broken by the next such answer: %#',
    (_, delivery, is) => {
      const next = afterAttempt(afterAttempt(doubtful, attempt(delivery)), attempt(gone));
      expect(next.broken !== undefined).toBe(is);
    },
  );

  test('that works again remembers since when', () => {
    const broken = afterAttempt(doubtful, attempt(gone));
    expect(afterAttempt(broken, attempt({ kind: 'sent' })).worksSince).toBe(NOON);
    expect(afterAttempt(newChannelState, attempt({ kind: 'sent' }))).not.toHaveProperty(
      'worksSince',
    );
  });

  test('whatever it answered has nothing in the air', () => {
    const state = { ...newChannelState, sending: ['a'] };
    expect(afterAttempt(state, attempt({ kind: 'failed', detail: '' })).sending).toEqual([]);
  });
});

describe('whatever waits', () => {
  const waiting = fc.array(
    fc.record({
      key: fc.uuid(),
      kind: fc.constantFrom('scaled', 'failed', 'at-max'),
      at: fc.nat(minutes(200)),
      digest: fc.constantFrom(undefined, 60, 600),
      hasFallback: fc.boolean(),
    }),
    { maxLength: 12 },
  );

  test('only urgent news leaves for another channel, nothing is lost, and all is told in the end', () => {
    fc.assert(
      fc.property(waiting, fc.integer({ min: 1, max: 3 }), (parts, perHour) => {
        let left: readonly Waiting[] = parts.map(({ key, kind, at, digest, hasFallback }) => ({
          key,
          since: NOON + at,
          fallbacks: hasFallback ? ['mail'] : [],
          news: anOutcome({ decisionId: key, kind: kind as 'scaled', at: NOON + at }),
          ...(digest === undefined ? {} : { digestSeconds: digest }),
        }));
        let state = newChannelState;
        const told: string[] = [];
        for (let now = NOON; now < NOON + minutes(2_400) && left.length > 0; now += seconds(30)) {
          const channel = { kind: 'slack', perHour } as const;
          const dispatch = nextDispatch({ channel, state, waiting: left }, now);
          if (dispatch.kind === 'wait') continue;
          expect(dispatch.kind).toBe('send');
          const { items } = dispatch;
          expect(items.length > 1 && items.some(({ news }) => news.kind !== 'scaled')).toBe(false);
          told.push(...items.map(({ key }) => key));
          left = left.filter((each) => !items.includes(each));
          state = afterAttempt(state, {
            delivery: { kind: 'sent' },
            isCounted: isCounted(channel, items),
            now,
          });
          expect(sentInHour(state, now)).toBeLessThanOrEqual(perHour);
        }
        expect(left).toEqual([]);
        expect(new Set(told).size).toBe(parts.length);
      }),
      { numRuns: 60 },
    );
  });
});
