import type { ServiceWorld } from '../cloud.ts';
import { isoTime } from '../kernel/iso-time.ts';
import type { Queue } from './queue.ts';

/** From publication to the arrival in a queue. */
const DELIVERY_MS = 30;

/** A standard topic of SNS with queues subscribed to it, in the envelope that raw delivery takes off. */
export const createTopic = (
  { timeline, history }: ServiceWorld,
  name: string,
  queues: readonly Queue[],
) => {
  let count = 0;

  return {
    publish: (message: string): void => {
      count += 1;
      history.record({ at: timeline.now(), kind: 'published', topic: name, message });
      const body = JSON.stringify({
        Type: 'Notification',
        MessageId: `${name}-${count}`,
        TopicArn: `arn:aws:sns:us-east-1:123456789012:${name}`,
        Message: message,
        Timestamp: isoTime(timeline.now()),
      });
      for (const queue of queues) {
        timeline.at(timeline.now() + DELIVERY_MS, () => queue.send(body));
      }
    },
  };
};
