import type { Instant } from '#domain/time/instant.ts';

/** The facts of a batch that its queue tells beside the messages. */
export type QueueBatch<M> = Readonly<{
  /** True when the queue gave as many messages as it may at once: more of them wait. */
  isFull: boolean;
  /** The time at which the queue was given a message, by the queue's clock; nothing when it does not say. */
  sentAt: (message: M) => Instant | undefined;
}>;

/** A few messages, and none that wait. */
export const FEW: QueueBatch<unknown> = { isFull: false, sentAt: () => undefined };
