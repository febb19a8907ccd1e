import { type Channel, capabilitiesOf } from '#domain/configuration/channel.ts';
import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';
import type { Message } from './message.ts';

/** A thread holds the messages on one incident on one channel: a thread of Slack, a conversation of e-mails. */
export type Thread = Readonly<{
  /** The channel's own id of the message that it began with. */
  root: string;
  /** The title of that message. */
  title: string;
  /** The time of its newest news: older news does not change how the matter stands. */
  latestAt: Instant;
  /** The time of the last message in it. */
  saidAt: Instant;
  /** `open` while a person must look, `over` once that has ended; `routine` when nobody ever had to. */
  state: 'routine' | 'open' | 'over';
}>;

/** Routine news of one matter is one thread until it has been silent for so long. */
const SILENT_MS = 60 * MINUTE_MS;

/** True of channels that can keep the messages on one incident together. */
export const supportsThreads = (channel: Channel): boolean =>
  capabilitiesOf(channel).supportsThreads;

/** A thread is of one place and one incident: whoever moves a channel elsewhere begins anew there. */
export const threadName = (channel: Channel, { incident }: Message): string => {
  if (channel.kind === 'slack-bot') return `slack ${channel.conversation} ${incident.key}`;
  return `${channel.kind} ${'address' in channel ? channel.address : ''} ${incident.key}`;
};

/** The thread that a message goes on with; undefined when it begins a new one. */
export const currentThread = (thread: Thread | undefined, now: Instant): Thread | undefined => {
  if (thread === undefined || thread.state === 'over') return undefined;
  return thread.state === 'open' || now - thread.saidAt < SILENT_MS ? thread : undefined;
};

/** True when a message says how the matter stands now, and not how it stood before. */
export const isNewest = (thread: Thread, { at }: Message): boolean => at >= thread.latestAt;

/** The thread once a message was sent, which the channel calls `sentAs`. */
export const threadAfter = (
  before: Thread | undefined,
  message: Message,
  { sentAs, now }: Readonly<{ sentAs: string; now: Instant }>,
): Thread => ({
  root: sentAs,
  title: before?.root === sentAs ? before.title : message.title,
  latestAt: Math.max(before?.latestAt ?? 0, message.at),
  saidAt: now,
  state:
    before === undefined || isNewest(before, message)
      ? stateAfter(before?.state ?? 'routine', message)
      : before.state,
});

const stateAfter = (before: Thread['state'], { incident }: Message): Thread['state'] => {
  if (incident.phase === 'opened') return 'open';
  return incident.phase === 'closed' && before === 'open' ? 'over' : before;
};
