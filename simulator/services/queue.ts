import type { SQSRecord } from 'aws-lambda';
import { SECOND_MS } from '#domain/time/instant.ts';
import { createDeadLetters } from './dead-letters.ts';
import { createStore, type Stored } from './queue-store.ts';
import type { ServiceWorld } from './world.ts';

export type QueueSettings = Readonly<{
  name: string;
  visibilitySeconds: number;
  /** After so many receives a message moves to the dead-letter queue instead. */
  maxReceiveCount: number;
}>;

export type Queue = ReturnType<typeof createQueue>;

/**
 * A standard queue of SQS: a message that is received becomes invisible for a while, comes back
 * unless it is deleted, and ends in the dead-letter queue after too many receives. A receipt is good
 * for the newest receive only. Lambda's guard against recursion drops into the dead-letter queue.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
 */
export const createQueue = ({ timeline, history, mail }: ServiceWorld, settings: QueueSettings) => {
  const store = createStore(timeline, settings.name);
  const deadLetters = createDeadLetters({ timeline, history }, settings.name);
  const kill = (message: Stored, isDropped: boolean): void => {
    store.remove(message);
    deadLetters.bury(message.body, message.receives, isDropped);
  };
  const take = (message: Stored): SQSRecord => {
    message.receives += 1;
    message.receipt = `${message.id}/${message.receives}`;
    const hiddenMs = mail.reappearsAfterMs() ?? settings.visibilitySeconds * SECOND_MS;
    store.showAt(message, timeline.now() + hiddenMs);
    return recordOf(settings.name, message);
  };

  return {
    deadLetters: deadLetters.all,
    /** Messages that are neither done nor dead. */
    depth: store.size,
    /** The bodies of the same messages. */
    bodies: store.bodies,
    /** Calls back whenever a message may have become visible. */
    onVisible: store.onVisible,
    send: store.add,
    receive: (atMost: number): readonly SQSRecord[] => {
      const next: Stored[] = [];
      for (const message of store.visible()) {
        if (message.receives >= settings.maxReceiveCount) kill(message, false);
        else next.push(message);
        if (next.length === atMost) break;
      }
      const dropped = next.filter(() => mail.isDropped());
      for (const message of dropped) kill(message, true);
      return next.filter((message) => !dropped.includes(message)).map(take);
    },
    remove: (receipt: string): void => {
      const message = store.withReceipt(receipt);
      if (message) store.remove(message);
    },
    postpone: (receipt: string, seconds: number): void => {
      const message = store.withReceipt(receipt);
      if (!message) throw new Error(`${settings.name} knows no receipt ${receipt}`);
      store.showAt(message, timeline.now() + seconds * SECOND_MS);
    },
    /** Moves dead letters back, as new messages. */
    redrive: (): void => {
      for (const body of deadLetters.takeAll()) store.add(body);
    },
    /** Puts what nobody can work on straight into the dead-letter queue. */
    quarantine: (body: string): void => deadLetters.bury(body, 1),
  };
};

const recordOf = (queue: string, { id, receipt, body, receives, sentAt }: Stored): SQSRecord => ({
  messageId: id,
  receiptHandle: receipt,
  body,
  attributes: {
    ApproximateReceiveCount: String(receives),
    SentTimestamp: String(sentAt),
    SenderId: 'AIDAIT2UOQQY3AUEKVGXU',
    ApproximateFirstReceiveTimestamp: String(sentAt),
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: `arn:aws:sqs:us-east-1:123456789012:${queue}`,
  awsRegion: 'us-east-1',
});
