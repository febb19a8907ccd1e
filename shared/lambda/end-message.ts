import { asError } from '#domain/basics/as-error.ts';
import type { Disposition } from '#domain/lane/disposition.ts';
import type { TakeNote } from '#domain/lane/note.ts';
import { retryAfterSeconds } from './retry-after-seconds.ts';
import type { QueueRecord } from './take-more.ts';

export type EndPorts = Readonly<{
  /** Makes a failed message visible again sooner than the queue's visibility timeout. */
  postpone: (receiptHandle: string, seconds: number) => Promise<void>;
  /** The longest wait before a failed message is tried again. */
  retryCapSeconds: number;
  /** Puts what can never be understood into the dead-letter queue at once: a retry cannot help. */
  quarantine: (body: string, problem: string) => Promise<void>;
  /** From 0 to 1; keeps retries from marching in step. */
  random: () => number;
  note: TakeNote;
}>;

/** The ids to report as failed: the message's own when it must be seen again, else none. */
export const endMessage = async (
  { postpone, retryCapSeconds, random, note }: EndPorts,
  record: QueueRecord,
  disposition: Disposition,
): Promise<readonly string[]> => {
  if (disposition.kind === 'done') return [];

  const { messageId, receiptHandle } = record;
  const receives = Number(record.attributes.ApproximateReceiveCount);
  if (receives >= (disposition.receivesAtMost ?? Number.POSITIVE_INFINITY)) return [];

  const seconds = disposition.afterSeconds ?? retryAfterSeconds(receives, retryCapSeconds, random);
  note({
    kind: 'retrying',
    messageId,
    receives,
    seconds,
    error: disposition.error,
    ...(disposition.isExpected ? { isExpected: true } : {}),
  });
  try {
    await postpone(receiptHandle, seconds);
  } catch (thrown) {
    note({
      kind: 'queue-failed',
      messageId,
      attempt: 'change its visibility',
      error: asError(thrown),
    });
  }
  return [messageId];
};

/** The ids to report as failed: none once the message is in quarantine. */
export const setAside = async (
  { quarantine, note }: EndPorts,
  { body, messageId }: QueueRecord,
  problem: string,
): Promise<readonly string[]> => {
  note({ kind: 'quarantined', messageId, problem });
  try {
    await quarantine(body, problem);
    return [];
  } catch (thrown) {
    note({ kind: 'queue-failed', messageId, attempt: 'quarantine it', error: asError(thrown) });
    return [messageId];
  }
};
