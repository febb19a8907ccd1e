import type { Delivery } from '#domain/notify/notice.ts';
import type { Timeline } from '#simulator/kernel/timeline.ts';
import type { History } from '../history.ts';

/** The ground that every service stands on. */
export type ServiceWorld = Readonly<{
  timeline: Timeline;
  history: History;
  mail: Mail;
  /** The answer of the people at the other end of a channel, which is named. */
  answer: (channel: string) => Delivery;
}>;

/** The way of messages from a topic through a queue. */
export type Mail = Readonly<{
  /** After how many milliseconds each copy of a message arrives; none when it is lost. */
  deliveries: (topic: string) => readonly number[];
  /** After how many milliseconds a message that is received is visible again, when too early. */
  reappearsAfterMs: () => number | undefined;
  /** True when Lambda takes a message for one that goes round in circles, and drops it. */
  isDropped: () => boolean;
}>;
