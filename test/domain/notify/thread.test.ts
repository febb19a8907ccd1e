import { describe, expect, test } from '@jest/globals';
import type { Channel } from '#domain/configuration/channel.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import { describeNews } from '#domain/notify/describe-news.ts';
import type { Message } from '#domain/notify/message.ts';
import {
  currentThread,
  isNewest,
  supportsThreads,
  type Thread,
  threadAfter,
  threadName,
} from '#domain/notify/thread.ts';
import { minutes, NOON } from '#test/support/builders.ts';
import { anOutcome, EMAIL, SLACK } from '#test/support/notify-world.ts';

const message = (kind: Outcome['kind'], overrides: Partial<Outcome> = {}): Message =>
  describeNews(anOutcome({ kind, ...overrides }));

/** Messages one after the other, so many minutes apart. */
const talkOf = (...said: readonly (readonly [Outcome['kind'], number])[]): Thread | undefined => {
  let thread: Thread | undefined;
  for (const [kind, after] of said) {
    const now = NOON + minutes(after);
    const before = currentThread(thread, now);
    const sentAs = before?.root ?? `${kind}-${after}`;
    thread = threadAfter(before, message(kind, { at: now }), { sentAs, now });
  }
  return thread;
};

describe('a thread', () => {
  test.each([
    {
      said: [
        ['scaled', 0],
        ['scaled', 59],
      ],
      root: 'scaled-0',
      state: 'routine',
      why: 'goes on with the routine of an hour',
    },
    {
      said: [
        ['scaled', 0],
        ['scaled', 60],
      ],
      root: 'scaled-60',
      state: 'routine',
      why: 'begins anew after an hour of silence',
    },
    {
      said: [
        ['scaled', 0],
        ['failed', 30],
      ],
      root: 'scaled-0',
      state: 'open',
      why: 'becomes one that needs a person',
    },
    {
      said: [
        ['failed', 0],
        ['held', 600],
      ],
      root: 'failed-0',
      state: 'open',
      why: 'goes on for as long as somebody must look',
    },
    {
      said: [
        ['failed', 0],
        ['scaled', 600],
      ],
      root: 'failed-0',
      state: 'over',
      why: 'ends with the recovery',
    },
    {
      said: [
        ['failed', 0],
        ['scaled', 5],
        ['scaled', 6],
      ],
      root: 'scaled-6',
      state: 'routine',
      why: 'that is over is not gone on with',
    },
  ] as const)('$why', ({ said, root, state }) => {
    expect(talkOf(...said)).toMatchObject({ root, state });
  });

  test('keeps the title that it began with', () => {
    expect(talkOf(['failed', 0], ['held', 1])?.title).toBe(
      'web could not be changed: somebody must look',
    );
  });

  test('that had to begin again on the channel has the title of its new begin', () => {
    const before = talkOf(['failed', 0]);
    const thread = threadAfter(before, message('held'), { sentAs: 'new', now: NOON });
    expect(thread).toMatchObject({ root: 'new', title: 'web was left as it is' });
  });

  test('shows how it stands now: what is older changes nothing', () => {
    const before = talkOf(['failed', 10]) as Thread;
    const older = message('scaled', { at: NOON });
    const now = NOON + minutes(11);
    expect(isNewest(before, older)).toBe(false);
    expect(threadAfter(before, older, { sentAs: before.root, now })).toEqual({
      ...before,
      saidAt: now,
    });
  });
});

test('a thread is of one place and one incident', () => {
  const bot = (conversation: string): Channel => ({
    kind: 'slack-bot',
    name: 'ops',
    tokenParameter: '/t',
    conversation,
    origin: 'https://slack.com',
  });
  const mail: Channel = { kind: 'mail', name: 'ops', address: 'a@b.de', from: 'c@d.de' };
  const names = [
    threadName(bot('C1'), message('failed')),
    threadName(bot('C2'), message('failed')),
    threadName(bot('C1'), message('failed', { about: 'health' })),
    threadName(mail, message('failed')),
    threadName({ ...mail, address: 'e@f.de' }, message('failed')),
    threadName(SLACK, message('failed')),
  ];
  expect(new Set(names).size).toBe(names.length);
  expect(threadName(bot('C1'), message('scaled'))).toBe(names[0]);
});

test.each([
  { channel: SLACK, is: false },
  { channel: EMAIL, is: false },
  { channel: { kind: 'mail', name: 'm', address: 'a@b.de', from: 'c@d.de' }, is: true },
] as const)('$channel.kind keeps threads: $is', ({ channel, is }) => {
  expect(supportsThreads(channel)).toBe(is);
});
