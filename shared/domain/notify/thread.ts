import type { Channel } from '#domain/configuration/channel.ts';
import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';
import type { Message } from './message.ts';

/** What is said of one incident on one channel: a thread of Slack, a conversation of e-mails. */
export type Talk = Readonly<{
  /** What the channel calls the message that it began with. */
  root: string;
  /** The title of that message. */
  title: string;
  /** When the newest of its news happened: what is older does not change how it stands. */
  latestAt: Instant;
  /** When something was last said. */
  saidAt: Instant;
  /** `open` while a person must look, `over` once that has ended; `routine` when nobody ever had to. */
  state: 'routine' | 'open' | 'over';
}>;

/** Routine news of one matter is one talk until it has been silent for so long. */
const SILENT_MS = 60 * MINUTE_MS;

/** Whether a channel can hold together what belongs together. */
export const keepsTalks = ({ kind }: Channel): boolean => kind === 'slack-bot' || kind === 'mail';

/** A talk is of one place and one incident: whoever moves a channel elsewhere begins anew there. */
export const talkName = (channel: Channel, { incident }: Message): string => {
  if (channel.kind === 'slack-bot') return `slack ${channel.conversation} ${incident.key}`;
  return `${channel.kind} ${'address' in channel ? channel.address : ''} ${incident.key}`;
};

/** The talk that a message goes on with; undefined when it begins a new one. */
export const goingOn = (talk: Talk | undefined, now: Instant): Talk | undefined => {
  if (talk === undefined || talk.state === 'over') return undefined;
  return talk.state === 'open' || now - talk.saidAt < SILENT_MS ? talk : undefined;
};

/** True when a message says how the matter stands now, and not how it stood before. */
export const isNewest = (talk: Talk, { at }: Message): boolean => at >= talk.latestAt;

/** The talk once a message was sent, which the channel calls `sentAs`. */
export const talkAfter = (
  before: Talk | undefined,
  message: Message,
  { sentAs, now }: Readonly<{ sentAs: string; now: Instant }>,
): Talk => ({
  root: sentAs,
  title: before?.root === sentAs ? before.title : message.title,
  latestAt: Math.max(before?.latestAt ?? 0, message.at),
  saidAt: now,
  state:
    before === undefined || isNewest(before, message)
      ? stateAfter(before?.state ?? 'routine', message)
      : before.state,
});

const stateAfter = (before: Talk['state'], { incident }: Message): Talk['state'] => {
  if (incident.phase === 'opened') return 'open';
  return incident.phase === 'closed' && before === 'open' ? 'over' : before;
};
