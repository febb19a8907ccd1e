import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { GroupLook } from '#domain/ledger/group-look.ts';
import type { AlarmEvent, AlarmState } from '#domain/observed/alarm.ts';
import { ANSWER_MARGIN_MS, isAnswered, isStorm, nextLook } from '#domain/sweep/already-answered.ts';
import type { EvaluationMessage } from '#domain/sweep/evaluation-message.ts';
import { NOON, seconds } from '#test/support/builders.ts';

const alarm = (state: AlarmState, at: number, name = 'busy'): AlarmEvent => ({
  kind: 'alarm',
  form: 'metric',
  name,
  arn: `arn:${name}`,
  state,
  previousState: 'OK',
  reason: '',
  at,
});
const request = (delaySeconds?: number): EvaluationMessage => ({
  kind: 'evaluate',
  group: 'web',
  cause: 'minute-passed',
  ...(delaySeconds === undefined ? {} : { delaySeconds }),
});
const look = (overrides: Partial<GroupLook> = {}): GroupLook => ({
  began: NOON,
  alarms: [{ name: 'busy', since: NOON - seconds(30) }],
  ...overrides,
});

const NOW = NOON + seconds(20);
type Case = Readonly<{
  title: string;
  message: EvaluationMessage;
  sentAt?: number;
  looks?: Readonly<Record<string, GroupLook>>;
  groups?: readonly string[];
  now?: number;
  isStorm?: boolean;
  answered: boolean;
}>;

const FIRED = NOON - seconds(30);
const CASES: readonly Case[] = [
  {
    title: 'a request that came the margin before the look began',
    message: request(),
    sentAt: NOON - ANSWER_MARGIN_MS,
    answered: true,
  },
  {
    title: 'a request that came a millisecond later',
    message: request(),
    sentAt: NOON - ANSWER_MARGIN_MS + 1,
    answered: false,
  },
  {
    title: 'a request that came after the look began, in a storm',
    message: request(),
    sentAt: NOON + 1,
    looks: { web: look({ promptedAt: NOON }) },
    isStorm: true,
    answered: false,
  },
  {
    title: 'a request that the queue held back until the margin before the look',
    message: request(15),
    sentAt: NOON - ANSWER_MARGIN_MS - seconds(15),
    answered: true,
  },
  {
    title: 'a request that the queue still held back when the look began',
    message: request(45),
    sentAt: NOON - seconds(40),
    answered: false,
  },
  { title: 'a request of which nobody said when it came', message: request(), answered: false },
  {
    title: 'a message about a group that nobody looked at',
    message: request(),
    sentAt: NOON - seconds(60),
    looks: {},
    answered: false,
  },
  {
    title: 'a message about no group',
    message: request(),
    sentAt: NOON - seconds(60),
    groups: [],
    answered: false,
  },
  {
    title: 'a message about two groups of which one was looked at',
    message: alarm('OK', FIRED),
    groups: ['web', 'api'],
    answered: false,
  },
  {
    title: 'a message about two groups that were both looked at',
    message: alarm('OK', FIRED),
    groups: ['web', 'api'],
    looks: { web: look(), api: look() },
    answered: true,
  },
  {
    title: 'a change that the look saw, whenever its message came',
    message: alarm('ALARM', FIRED),
    sentAt: NOON + seconds(10),
    answered: true,
  },
  { title: 'a change before the one that it saw', message: alarm('OK', FIRED - 1), answered: true },
  {
    title: 'a change after the one that it saw',
    message: alarm('ALARM', FIRED + 1),
    sentAt: NOON - seconds(1),
    answered: false,
  },
  {
    title: 'a change that it did not see, and that was told long before it began',
    message: alarm('ALARM', FIRED + 1),
    sentAt: NOON - ANSWER_MARGIN_MS,
    answered: true,
  },
  {
    title: 'an alarm that it saw firing without having heard of it',
    message: alarm('ALARM', FIRED),
    looks: { web: look({ alarms: [{ name: 'busy', since: FIRED, isUnheard: true }] }) },
    answered: false,
  },
  {
    title: 'the end of such an alarm',
    message: alarm('OK', FIRED - 1),
    looks: { web: look({ alarms: [{ name: 'busy', since: FIRED, isUnheard: true }] }) },
    answered: true,
  },
  {
    title: 'an alarm that it did not read',
    message: alarm('OK', FIRED, 'slow'),
    sentAt: NOON - seconds(60),
    looks: { web: look({ promptedAt: NOON }) },
    isStorm: true,
    answered: false,
  },
  {
    title: 'the end of an alarm within a minute of a look that a message prompted, in a storm',
    message: alarm('OK', NOW - 1),
    sentAt: NOW,
    looks: { web: look({ promptedAt: NOW - seconds(60) + 1 }) },
    isStorm: true,
    answered: true,
  },
  {
    title: 'the same a minute after that look',
    message: alarm('OK', NOW - 1),
    sentAt: NOW,
    looks: { web: look({ promptedAt: NOW - seconds(60) }) },
    isStorm: true,
    answered: false,
  },
  {
    title: 'the same when the sweep alone prompted looks',
    message: alarm('OK', NOW - 1),
    sentAt: NOW,
    isStorm: true,
    answered: false,
  },
  {
    title: 'the same in a calm',
    message: alarm('OK', NOW - 1),
    sentAt: NOW,
    looks: { web: look({ promptedAt: NOON }) },
    answered: false,
  },
  {
    title: 'an alarm that fires anew within that minute, in a storm',
    message: alarm('ALARM', NOW - 1),
    sentAt: NOW,
    looks: { web: look({ promptedAt: NOON }) },
    isStorm: true,
    answered: false,
  },
  {
    title: 'whatever a look of tomorrow could have seen',
    message: request(),
    sentAt: NOON,
    looks: { web: look({ began: NOW + ANSWER_MARGIN_MS + 1 }) },
    answered: false,
  },
];

describe('a message', () => {
  test.each(CASES)('$title: answered $answered', (each) => {
    const { message, sentAt, looks = { web: look() }, groups = ['web'], now = NOW } = each;
    const waiting = { message, sentAt, groups: groups.map((name) => ({ name })) };
    const moment = { now, isStorm: each.isStorm ?? false };

    expect(isAnswered(waiting, new Map(Object.entries(looks)), moment)).toBe(each.answered);
  });
});

/** Changes of one alarm, first to last, from firing to not firing and back; each is told some time later. */
const arbitraryChanges = fc.array(
  fc.record({
    afterMs: fc.integer({ min: 1, max: 30_000 }),
    toldMs: fc.integer({ min: 0, max: 90_000 }),
  }),
  { minLength: 1, maxLength: 8 },
);

type Gap = Readonly<{ afterMs: number; toldMs: number }>;

const changesOf = (gaps: readonly Gap[]) => {
  let at = NOON;
  return gaps.map(({ afterMs, toldMs }, index) => {
    at += afterMs;
    const state: AlarmState = index % 2 === 0 ? 'ALARM' : 'OK';
    return { at, state, sentAt: at + toldMs };
  });
};

describe('an answered message about an alarm', () => {
  test('is one whose change the look had seen, and that was heard if it still fires', () => {
    fc.assert(
      fc.property(
        arbitraryChanges,
        fc.integer({ min: 0, max: 200_000 }),
        fc.boolean(),
        (gaps, lookedMs, isHeard) => {
          const changes = changesOf(gaps);
          const began = NOON + lookedMs;
          const current = changes.findLast((change) => change.at <= began);
          const isUnheard = current?.state === 'ALARM' && !isHeard;
          const seen = { name: 'busy', since: current?.at ?? NOON };
          const alarms = [isUnheard ? { ...seen, isUnheard: true as const } : seen];
          const looks = new Map([
            ['web', nextLook(undefined, { began, isPrompted: false, alarms })],
          ]);

          for (const { at, state, sentAt } of changes) {
            const waiting = { message: alarm(state, at), sentAt, groups: [{ name: 'web' }] };
            const moment = { now: Math.max(began, sentAt), isStorm: false };
            const wasSeen = at <= began;
            const mustBeHeard = state === 'ALARM' && isUnheard;
            expect(isAnswered(waiting, looks, moment)).toBe(wasSeen && !mustBeHeard);
          }
        },
      ),
    );
  });
});

describe('a look that came to its end', () => {
  const alarms = [{ name: 'busy', since: NOON }];

  test('knows when a message prompted one last', () => {
    const first = nextLook(undefined, { began: NOON, isPrompted: true, alarms });
    const second = nextLook(first, { began: NOON + 1, isPrompted: false, alarms });

    expect(first).toEqual({ began: NOON, promptedAt: NOON, alarms });
    expect(second).toEqual({ began: NOON + 1, promptedAt: NOON, alarms });
    expect(nextLook(undefined, { began: NOON, isPrompted: false, alarms })).toEqual({
      began: NOON,
      alarms,
    });
  });

  test('keeps of very many alarms those that changed last', () => {
    const many = Array.from({ length: 60 }, (_, index) => ({ name: `${index}`, since: index }));
    const kept = nextLook(undefined, { began: NOON, isPrompted: false, alarms: many }).alarms;

    expect(kept.map(({ since }) => since)).toEqual(
      Array.from({ length: 50 }, (_, index) => 59 - index),
    );
  });
});

describe('a storm', () => {
  const isOne = (
    messages: readonly EvaluationMessage[],
    { isFull = true, sentAt = NOON }: Readonly<{ isFull?: boolean; sentAt?: number }> = {},
  ): boolean => isStorm(messages, { isFull, sentAt: () => sentAt }, NOON + ANSWER_MARGIN_MS - 1);

  test.each([
    {
      title: 'a full batch with an alarm that fires',
      one: isOne([alarm('OK', NOON), request(), alarm('ALARM', NOON)]),
      is: true,
    },
    {
      title: 'a full batch of alarms that have just ended',
      one: isOne([alarm('OK', NOON), alarm('INSUFFICIENT_DATA', NOON)]),
      is: false,
    },
    {
      title: 'a full batch of alarms that have ended, of which one has waited',
      one: isOne([alarm('OK', NOON)], { sentAt: NOON - 1 }),
      is: true,
    },
    {
      title: 'a batch that is not full',
      one: isOne([alarm('ALARM', NOON)], { isFull: false }),
      is: false,
    },
    { title: 'a full batch of requests that just came', one: isOne([request()]), is: false },
    {
      title: 'a full batch of requests of which one has waited',
      one: isOne([request()], { sentAt: NOON - 1 }),
      is: true,
    },
    {
      title: 'a full batch of requests that the queue held back on purpose',
      one: isOne([request(30)], { sentAt: NOON - seconds(30) }),
      is: false,
    },
    {
      title: 'a full batch of which nobody knows when it came',
      one: isStorm([request()], { isFull: true, sentAt: () => undefined }, NOON),
      is: false,
    },
  ])('$title: $is', ({ one, is }) => {
    expect(one).toBe(is);
  });
});
