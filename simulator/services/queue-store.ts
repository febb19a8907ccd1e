import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import type { Timeline } from '#simulator/kernel/timeline.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const LARGEST_MESSAGE = 1_024 * 1_024;

/** A message as the queue keeps it. */
export type Stored = {
  readonly id: string;
  readonly body: string;
  readonly sentAt: Instant;
  visibleAt: Instant;
  receives: number;
  receipt: string;
};

/** The messages of a queue; whoever polls is called when one becomes visible. */
export const createStore = (timeline: Timeline, name: string) => {
  const messages = new Map<string, Stored>();
  const pollers: (() => void)[] = [];
  let count = 0;

  const showAt = (message: Stored, instant: Instant): void => {
    message.visibleAt = instant;
    for (const poll of pollers) timeline.at(instant, poll);
  };

  return {
    showAt,
    size: (): number => messages.size,
    bodies: (): readonly string[] => [...messages.values()].map(({ body }) => body),
    onVisible: (poll: () => void): void => {
      pollers.push(poll);
    },
    /** Adds a message that is to be seen after so many seconds. */
    add: (body: string, delaySeconds = 0): void => {
      if (Buffer.byteLength(body) > LARGEST_MESSAGE) {
        throw Object.assign(new Error(`a message for ${name} must be shorter than 1 MiB`), {
          name: 'InvalidParameterValue',
        });
      }
      count += 1;
      const now = timeline.now();
      const message: Stored = {
        id: `${name}-${count}`,
        body,
        sentAt: now,
        visibleAt: now + delaySeconds * SECOND_MS,
        receives: 0,
        receipt: '',
      };
      messages.set(message.id, message);
      showAt(message, message.visibleAt);
    },
    /** The messages that may be received, those that were sent first before the others. */
    *visible(): Generator<Stored> {
      const now = timeline.now();
      for (const message of messages.values()) if (message.visibleAt <= now) yield message;
    },
    withReceipt: (receipt: string): Stored | undefined => {
      const message = messages.get(receipt.slice(0, receipt.lastIndexOf('/')));
      return message?.receipt === receipt ? message : undefined;
    },
    remove: ({ id }: Stored): void => {
      messages.delete(id);
    },
  };
};
