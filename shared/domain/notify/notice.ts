import type { Channel } from '#domain/configuration/channel.ts';
import type { Instant } from '#domain/time/instant.ts';
import { isUrgent, type News } from './news.ts';

/** How a piece of news ended on a channel. Once it has ended, it is never told there again. */
export type Ending = Readonly<{
  /**
   * `sent` and `refused` by the channel's own word; `uncertain` when nobody knows and a repeat would be
   * worse; `diverted` to another channel and `withheld`, because this one is broken; `needless` when it ends
   * what was never begun there.
   */
  kind: 'sent' | 'refused' | 'uncertain' | 'diverted' | 'withheld' | 'needless';
  /** The channel that it was diverted to. */
  to?: string;
}>;

/** What a channel answers to a message. */
export type Delivery =
  | Readonly<{
      kind: 'sent';
      /** What the channel calls it, so that what follows can refer to it. */
      sentAs?: string;
    }>
  /** It was certainly not delivered, and may be later. */
  | Readonly<{ kind: 'failed'; detail: string; afterSeconds?: number }>
  /** It may have been delivered: no answer came. */
  | Readonly<{ kind: 'unclear'; detail: string }>
  /** This message was not delivered and never will be, however often it is tried; others may be. */
  | Readonly<{ kind: 'refused'; detail: string }>
  /** Nothing is delivered there any more until somebody mends it: revoked, archived, not allowed. */
  | Readonly<{ kind: 'broken'; detail: string }>;

/** A piece of news that is to be told on one channel, and is in its line until it has ended. */
export type Waiting = Readonly<{
  /** Equal for what says the same, as `keyOfNews` makes it. */
  key: string;
  news: News;
  /** When it was put in line. */
  since: Instant;
  /** How long the windows are whose news its routes gather; absent when it is told at once. */
  digestSeconds?: number;
  /** The channels that it can go to instead, one after the other, while this one is broken. */
  deputies: readonly string[];
}>;

/**
 * Whether an item is rather told twice than not at all: what is urgent, and whatever PagerDuty is told, which
 * keeps incidents by their keys, takes a repeat for the same, and must hear of every end.
 */
export const mayRepeat = ({ kind }: Pick<Channel, 'kind'>, { news }: Waiting): boolean =>
  isUrgent(news) || kind === 'pagerduty';

/**
 * Whether an item with this ending has nothing left to do on its channel. Who has nobody to divert it to is
 * the last resort, and takes it even if it was diverted from there before.
 */
export const isOver = ({ deputies }: Waiting, ending: Ending | undefined): ending is Ending =>
  ending !== undefined && (ending.kind !== 'diverted' || deputies.length > 0);
