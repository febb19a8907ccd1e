import { describe, expect, test } from '@jest/globals';
import type { SQSRecord } from 'aws-lambda';
import type { Disposition } from '#domain/lane/disposition.ts';
import type { Note } from '#domain/lane/note.ts';
import { retryAfterSeconds } from '#lambda/retry-after-seconds.ts';
import { handleBatch, type SqsWork } from '#lambda/sqs-handler.ts';

const record = (id: string, body: string, receives = 1): SQSRecord => ({
  messageId: id,
  receiptHandle: `receipt of ${id}`,
  body,
  attributes: {
    ApproximateReceiveCount: String(receives),
    SentTimestamp: '0',
    SenderId: '',
    ApproximateFirstReceiveTimestamp: '0',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:queue',
  awsRegion: 'us-east-1',
});

const DONE: Disposition = { kind: 'done' };
const retry = (message: string, afterSeconds?: number): Disposition => ({
  kind: 'retry',
  error: new Error(message),
  ...(afterSeconds === undefined ? {} : { afterSeconds }),
});

/** Bodies are numbers; anything else is poison. */
const setUp = (
  handle: (messages: readonly number[]) => Promise<readonly Disposition[]>,
  overrides: Partial<SqsWork<number>> = {},
) => {
  const effects: string[] = [];
  const notes: Note[] = [];
  const work: SqsWork<number> = {
    parse: (body) =>
      Number.isNaN(Number(body))
        ? { ok: false, problem: { message: `${body} is no number` } }
        : { ok: true, value: Number(body) },
    handle: (messages) => {
      effects.push(`handle ${messages.join(' ')}`);
      return handle(messages);
    },
    quarantine: async (body, problem) => {
      effects.push(`quarantine ${body}: ${problem}`);
    },
    postpone: async (receipt, seconds) => {
      effects.push(`postpone ${receipt}: ${seconds} s`);
    },
    note: (note) => notes.push(note),
    random: () => 0,
    retryCapSeconds: 120,
    ...overrides,
  };
  const run = async (...records: SQSRecord[]) =>
    (await handleBatch(work)({ Records: records })).batchItemFailures.map(
      ({ itemIdentifier }) => itemIdentifier,
    );
  return { effects, notes, run };
};

const allDone = async (messages: readonly number[]) => messages.map(() => DONE);

describe('a batch', () => {
  test('that is done reports nothing as failed', async () => {
    const { effects, notes, run } = setUp(allDone);

    expect(await run(record('a', '1'), record('b', '2'))).toEqual([]);
    expect({ effects, notes }).toEqual({ effects: ['handle 1 2'], notes: [] });
  });

  test('reports exactly the messages that are to be seen again, by their own ids', async () => {
    const { effects, run } = setUp(async () => [DONE, retry('busy'), DONE]);

    expect(await run(record('a', '1'), record('b', '2'), record('c', '3'))).toEqual(['b']);
    expect(effects).toEqual(['handle 1 2 3', 'postpone receipt of b: 15 s']);
  });

  test('puts poison aside and goes on with the others, each with its own end', async () => {
    const { effects, notes, run } = setUp(async () => [retry('busy'), DONE]);
    const failed = await run(record('p', 'poison'), record('a', '1'), record('b', '2'));

    expect(failed).toEqual(['a']);
    expect(effects).toEqual([
      'handle 1 2',
      'quarantine poison: poison is no number',
      'postpone receipt of a: 15 s',
    ]);
    expect(notes).toEqual([
      { kind: 'quarantined', messageId: 'p', problem: 'poison is no number' },
      { kind: 'retrying', messageId: 'a', receives: 1, seconds: 15, error: new Error('busy') },
    ]);
  });

  test('tries what only has to wait so often, and leaves the rest to the sweep', async () => {
    const { effects, run } = setUp(async () => [
      { ...retry('busy', 5), receivesAtMost: 4 },
      { ...retry('busy', 5), receivesAtMost: 4 },
    ]);

    expect(await run(record('a', '1', 3), record('b', '2', 4))).toEqual(['a']);
    expect(effects).toEqual(['handle 1 2', 'postpone receipt of a: 5 s']);
  });

  test('of poison alone handles nothing', async () => {
    const { effects, run } = setUp(allDone);

    expect(await run(record('p', 'poison'))).toEqual([]);
    expect(effects).toEqual(['quarantine poison: poison is no number']);
  });

  test('that cannot put poison aside keeps it', async () => {
    const error = new Error('SQS is away');
    const { notes, run } = setUp(allDone, { quarantine: () => Promise.reject(error) });

    expect(await run(record('p', 'poison'), record('a', '1'))).toEqual(['p']);
    expect(notes.at(-1)).toEqual({
      kind: 'queue-failed',
      messageId: 'p',
      attempt: 'quarantine it',
      error,
    });
  });

  test('whose work throws is seen again as a whole, but for its poison', async () => {
    const { effects, run } = setUp(() => Promise.reject(new Error('Rate exceeded')));

    expect(await run(record('a', '1'), record('p', 'poison'), record('b', '2'))).toEqual([
      'a',
      'b',
    ]);
    expect(effects).toContain('quarantine poison: poison is no number');
  });

  test('whose work throws no error fails all the same', async () => {
    const { notes, run } = setUp(() => Promise.reject('a text'));

    expect(await run(record('a', '1'))).toEqual(['a']);
    expect(notes[0]).toMatchObject({ kind: 'retrying', error: new Error('a text') });
  });

  test('keeps a message whose end the work did not tell', async () => {
    const { run } = setUp(async () => [DONE]);

    expect(await run(record('a', '1'), record('b', '2'))).toEqual(['b']);
  });

  test('keeps a message also when its visibility could not be changed', async () => {
    const error = new Error('SQS is away');
    const { notes, run } = setUp(async () => [retry('busy')], {
      postpone: () => Promise.reject(error),
    });

    expect(await run(record('a', '1'))).toEqual(['a']);
    expect(notes.at(-1)).toEqual({
      kind: 'queue-failed',
      messageId: 'a',
      attempt: 'change its visibility',
      error,
    });
  });
});

describe('a message that failed', () => {
  test('comes back when it asked to', async () => {
    const { effects, run } = setUp(async () => [retry('busy', 7)]);
    await run(record('a', '1', 3));

    expect(effects).toContain('postpone receipt of a: 7 s');
  });

  test('else waits longer with each receive', async () => {
    const { effects, run } = setUp(async () => [retry('busy')]);
    await run(record('a', '1', 3));

    expect(effects).toContain('postpone receipt of a: 60 s');
  });

  test.each([
    { receives: 0, seconds: 15 },
    { receives: 1, seconds: 15 },
    { receives: 2, seconds: 30 },
    { receives: 3, seconds: 60 },
    { receives: 4, seconds: 120 },
    { receives: 5, seconds: 120 },
    { receives: 99, seconds: 120 },
  ])(
    'after $receives receives waits $seconds s, never longer than the cap',
    ({ receives, seconds }) => {
      expect(retryAfterSeconds(receives, 120, () => 0)).toBe(seconds);
    },
  );

  test('waits up to a fifth less, so that many do not come back together', () => {
    expect(retryAfterSeconds(1, 120, () => 1)).toBe(12);
    expect(retryAfterSeconds(1, 120, () => 0.5)).toBe(14);
  });
});

describe('a full batch', () => {
  const TEN = Array.from({ length: 10 }, (_, index) => record(`m${index}`, String(index)));

  /** A queue in which so many messages wait; it hands over ten of them at a time. */
  const queueOf = (waiting: number) => {
    const messages = Array.from({ length: waiting }, (_, index) =>
      record(`w${index}`, String(100 + index)),
    );
    let requests = 0;
    const removed: string[] = [];
    return {
      removed,
      requests: () => requests,
      more: {
        receive: async () => {
          requests += 1;
          return messages.splice(0, 10);
        },
        remove: async (receipts: readonly string[]) => {
          removed.push(...receipts);
        },
      },
    };
  };
  const count = (handled: string | undefined) => handled?.split(' ').slice(1).length;

  test('takes more, up to a hundred messages in all, and handles them together', async () => {
    const queue = queueOf(500);
    const { effects, run } = setUp(allDone, { more: queue.more });

    expect(await run(...TEN)).toEqual([]);
    expect(effects.map(count)).toEqual([100]);
    expect(queue.removed).toHaveLength(90);
    expect(queue.requests()).toBe(9);
  });

  test('is told whether its batch was full, and when each message was sent', async () => {
    const told: unknown[] = [];
    const { run } = setUp(allDone, {
      more: queueOf(0).more,
      handle: async (messages, batch) => {
        told.push([batch.isFull, batch.sentAt(messages[0] ?? 0), batch.sentAt(99)]);
        return messages.map(() => DONE);
      },
    });
    const sent = record('a', '7');
    const unsent = { ...sent, attributes: { ...sent.attributes, SentTimestamp: '1234' } };
    await run(unsent);
    await run(...TEN);

    expect(told).toEqual([
      [false, 1_234, undefined],
      [true, 0, undefined],
    ]);
  });

  test('asks once when nothing else waits', async () => {
    const queue = queueOf(0);
    const { effects, run } = setUp(allDone, { more: queue.more });

    expect(await run(...TEN)).toEqual([]);
    expect(effects.map(count)).toEqual([10]);
    expect({ requests: queue.requests(), removed: queue.removed }).toEqual({
      requests: 1,
      removed: [],
    });
  });

  test('stops asking when a round brings little', async () => {
    const queue = queueOf(22);
    const { effects, run } = setUp(allDone, { more: queue.more });
    await run(...TEN);

    expect(effects.map(count)).toEqual([32]);
    expect(queue.requests()).toBe(4);
  });

  test('deletes what it took and did, reports what Lambda handed over, and leaves the rest to come back', async () => {
    const queue = queueOf(2);
    const handle = async (messages: readonly number[]) =>
      messages.map((each) => (each === 3 || each === 101 ? retry('busy') : DONE));
    const { effects, run } = setUp(handle, { more: queue.more });

    expect(await run(...TEN)).toEqual(['m3']);
    expect(queue.removed).toEqual(['receipt of w0']);
    expect(effects.slice(1)).toEqual([
      'postpone receipt of m3: 15 s',
      'postpone receipt of w1: 15 s',
    ]);
  });

  test('that is not full takes none, nor does one of a function that may not', async () => {
    const queue = queueOf(50);
    const { effects, run } = setUp(allDone, { more: queue.more });
    await run(...TEN.slice(1));
    expect({ effects: effects.map(count), requests: queue.requests() }).toEqual({
      effects: [9],
      requests: 0,
    });

    const without = setUp(allDone);
    await without.run(...TEN);
    expect(without.effects.map(count)).toEqual([10]);
  });

  test('is handled all the same when no more can be received, and that is noted', async () => {
    const { effects, notes, run } = setUp(allDone, {
      more: {
        receive: () => Promise.reject(new Error('no way')),
        remove: async () => undefined,
      },
    });

    expect(await run(...TEN)).toEqual([]);
    expect(effects.map(count)).toEqual([10]);
    expect(notes).toEqual([
      {
        kind: 'queue-failed',
        messageId: 'none yet',
        attempt: 'receive more messages',
        error: new Error('no way'),
      },
    ]);
  });

  test('ends well when what is done cannot be deleted: it comes back, and is seen again', async () => {
    const queue = queueOf(2);
    const { notes, run } = setUp(allDone, {
      more: { ...queue.more, remove: () => Promise.reject(new Error('gone')) },
    });

    expect(await run(...TEN)).toEqual([]);
    expect(notes).toEqual([
      {
        kind: 'queue-failed',
        messageId: 'w0',
        attempt: 'delete 2 messages that are done',
        error: new Error('gone'),
      },
    ]);
  });
});
