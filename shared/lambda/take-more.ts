import { asError } from '#domain/basics/as-error.ts';
import type { TakeNote } from '#domain/lane/note.ts';

/** A message of a queue, as far as its handling needs it. */
export type QueueRecord = Readonly<{
  messageId: string;
  receiptHandle: string;
  body: string;
  /** Of `SentTimestamp` the milliseconds since 1970. */
  attributes: Readonly<{ ApproximateReceiveCount: string; SentTimestamp?: string }>;
}>;

/** The ways to a function's own queue by which it takes more messages than Lambda hands over. */
export type MorePorts = Readonly<{
  /** Receives messages that wait, up to ten, without waiting for any. */
  receive: () => Promise<readonly QueueRecord[]>;
  /** Deletes messages that are done, by their receipts. */
  remove: (receipts: readonly string[]) => Promise<void>;
}>;

/**
 * Lambda hands over at most so many messages, unless it may collect them for a while; it then lets a lone alarm wait
 * for up to 20 seconds (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html).
 */
const FULL_BATCH = 10;

/** True when a batch of Lambda is as large as it may be: more messages wait. */
export const isFull = (batch: readonly QueueRecord[]): boolean => batch.length >= FULL_BATCH;

/** So many requests side by side, one round after the other: a hundred messages with the batch itself. */
const ROUNDS = [1, 3, 5];
/** A round that brings less than this share of what it could leaves little behind. */
const WORTH_ANOTHER = 0.5;

/**
 * Takes more messages when a batch is full, for then more are waiting. A page of groups, of alarms and of the table's items
 * has a hundred, so a storm of alarms costs a tenth of the reads, and stays below what AWS allows. What cannot be
 * received stays in the queue.
 */
export const takeMore = async (
  { receive }: MorePorts,
  batch: readonly QueueRecord[],
  note: TakeNote,
): Promise<readonly QueueRecord[]> => {
  if (!isFull(batch)) return [];

  const taken: QueueRecord[] = [];
  for (const requests of ROUNDS) {
    const ends = await Promise.allSettled(Array.from({ length: requests }, receive));
    const records = ends.flatMap((end) => (end.status === 'fulfilled' ? end.value : []));
    taken.push(...records);
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed !== undefined) {
      note({
        kind: 'queue-failed',
        messageId: 'none yet',
        attempt: 'receive more messages',
        error: asError(failed.reason),
      });
    }
    if (records.length < requests * FULL_BATCH * WORTH_ANOTHER) break;
  }
  return taken;
};

/** Deletes what was taken and is done. What stays comes back, and is seen again without harm. */
export const removeDone = async (
  { remove }: MorePorts,
  done: readonly QueueRecord[],
  note: TakeNote,
): Promise<void> => {
  const [first] = done;
  if (first === undefined) return;
  try {
    await remove(done.map(({ receiptHandle }) => receiptHandle));
  } catch (thrown) {
    note({
      kind: 'queue-failed',
      messageId: first.messageId,
      attempt: `delete ${done.length} messages that are done`,
      error: asError(thrown),
    });
  }
};
