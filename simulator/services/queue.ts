import type { SQSRecord } from 'aws-lambda';
import type { Instant } from '../../shared/domain/instant.ts';
import { SECOND_MS } from '../../shared/domain/instant.ts';
import type { ServiceWorld } from '../cloud.ts';

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
 * for the newest receive only.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
 */
export const createQueue = ({ timeline, history }: ServiceWorld, settings: QueueSettings) => {
  const messages = new Map<string, Stored>();
  const deadLetters: string[] = [];
  const pollers: (() => void)[] = [];
  let count = 0;

  const showAt = (message: Stored, instant: Instant): void => {
    message.visibleAt = instant;
    for (const poll of pollers) timeline.at(instant, poll);
  };
  const bury = (body: string, receives: number): void => {
    deadLetters.push(body);
    const event = { kind: 'dead-lettered', queue: settings.name, body, receives } as const;
    history.record({ at: timeline.now(), ...event });
  };

  return {
    name: settings.name,
    deadLetters: (): readonly string[] => deadLetters,
    /** Messages that are neither done nor dead. */
    depth: (): number => messages.size,
    /** Calls back whenever a message may have become visible. */
    onVisible: (poll: () => void): void => {
      pollers.push(poll);
    },
    send: (body: string): void => {
      count += 1;
      const message = newMessage(`${settings.name}-${count}`, body, timeline.now());
      messages.set(message.id, message);
      showAt(message, timeline.now());
    },
    receive: (atMost: number): readonly SQSRecord[] => {
      const visible = [...messages.values()].filter(({ visibleAt }) => visibleAt <= timeline.now());
      const spent = visible.filter(({ receives }) => receives >= settings.maxReceiveCount);
      for (const { id, body, receives } of spent) {
        messages.delete(id);
        bury(body, receives);
      }

      const taken = visible.filter((message) => !spent.includes(message)).slice(0, atMost);
      const backAt = timeline.now() + settings.visibilitySeconds * SECOND_MS;
      for (const message of taken) receive(message, () => showAt(message, backAt));
      return taken.map((message) => recordOf(settings.name, message));
    },
    remove: (receipt: string): void => {
      const message = withReceipt(messages, receipt);
      if (message) messages.delete(message.id);
    },
    postpone: (receipt: string, seconds: number): void => {
      const message = withReceipt(messages, receipt);
      if (!message) throw new Error(`${settings.name} knows no receipt ${receipt}`);
      showAt(message, timeline.now() + seconds * SECOND_MS);
    },
    /** Puts what nobody can work on straight into the dead-letter queue. */
    quarantine: (body: string): void => bury(body, 1),
  };
};

type Stored = {
  readonly id: string;
  readonly body: string;
  readonly sentAt: Instant;
  visibleAt: Instant;
  receives: number;
  receipt: string;
};

const newMessage = (id: string, body: string, now: Instant): Stored => ({
  ...{ id, body, sentAt: now, visibleAt: now, receives: 0, receipt: '' },
});

const receive = (message: Stored, hide: () => void): void => {
  message.receives += 1;
  message.receipt = `${message.id}/${message.receives}`;
  hide();
};

const withReceipt = (messages: ReadonlyMap<string, Stored>, receipt: string): Stored | undefined =>
  [...messages.values()].find((message) => message.receipt === receipt);

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
