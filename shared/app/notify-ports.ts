import type { Spent } from '../domain/budget.ts';
import type { Channel, Configuration } from '../domain/configuration.ts';
import type { Message } from '../domain/describe-news.ts';
import type { Instant } from '../domain/instant.ts';
import type { TakeNote } from '../domain/note.ts';
import type { Claim, Delivery, Ending, Notice } from '../domain/notice.ts';

export type NotifyPorts = Readonly<{
  configuration: Pick<Configuration, 'alerts' | 'channels' | 'routes'>;
  notices: Notices;
  budgets: Budgets;
  send: (channel: Channel, message: Message) => Promise<Delivery>;
  note: TakeNote;
  now: () => Instant;
}>;

/** The memory of what was told on which channel. */
export type Notices = Readonly<{
  /** Claims the notice unless somebody has, in one conditional write. */
  claim: (notice: Notice, now: Instant) => Promise<Claim>;
  /** Claims what the holder of `token` has left behind, unless somebody else was faster. */
  takeOver: (notice: Notice, token: string, now: Instant) => Promise<Claim>;
  /** Says how the holder of `token` ended; does nothing when the claim is no longer the holder's. */
  end: (notice: Notice, token: string, ending: Ending) => Promise<void>;
}>;

/** How many messages that are not urgent each channel got in each hour. */
export type Budgets = Readonly<{
  /** Counts one more. */
  spend: (channel: string, now: Instant) => Promise<Spent>;
  /** One that was counted was not delivered after all. */
  giveBack: (channel: string, now: Instant) => Promise<void>;
}>;
