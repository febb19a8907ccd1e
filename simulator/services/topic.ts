import { isoTime } from '#simulator/kernel/iso-time.ts';
import type { Queue } from './queue.ts';
import type { ServiceWorld } from './world.ts';

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const LARGEST_MESSAGE = 256 * 1_024;

/** A standard topic of SNS with queues subscribed to it, in the envelope that raw delivery takes off. */
export const createTopic = (
  { timeline, history, mail }: ServiceWorld,
  name: string,
  queues: readonly Queue[],
) => {
  let count = 0;

  return {
    publish: (message: string): void => {
      if (Buffer.byteLength(message) > LARGEST_MESSAGE) {
        throw Object.assign(new Error('Invalid parameter: Message too long'), {
          name: 'InvalidParameterException',
        });
      }
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
        for (const delay of mail.deliveries(name)) {
          timeline.quietly(timeline.now() + delay, () => queue.send(body));
        }
      }
    },
  };
};
