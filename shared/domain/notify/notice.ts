import { type Channel, capabilitiesOf } from '#domain/configuration/channel.ts';
import type { Instant } from '#domain/time/instant.ts';
import { isUrgent, type News } from './news.ts';

/** The final status of a piece of news on a channel. Once it has one, it is never told there again. */
export type NoticeStatus = Readonly<{
  /**
   * `sent` and `refused` by the channel's own word; `uncertain` when nobody knows and a repeat would be
   * worse; `failed-over` to another channel and `dropped`, because this one is broken; `needless` when it ends
   * what was never begun there.
   */
  kind: 'sent' | 'refused' | 'uncertain' | 'failed-over' | 'dropped' | 'needless';
  /** The channel that it went to. */
  to?: string;
}>;

/** The answer of a channel to a message. */
export type Delivery =
  | Readonly<{
      kind: 'sent';
      /** The channel's own id of it, to which later messages can refer. */
      sentAs?: string;
    }>
  /** It was certainly not delivered, and may be later. */
  | Readonly<{ kind: 'failed'; detail: string; afterSeconds?: number }>
  /** It may have been delivered: no answer came. */
  | Readonly<{ kind: 'unclear'; detail: string }>
  /** This message was not delivered and never will be, however often it is tried; others may be. */
  | Readonly<{ kind: 'refused'; detail: string }>
  /** Nothing is delivered there any more until somebody fixes it: revoked, archived, not allowed. */
  | Readonly<{ kind: 'broken'; detail: string }>;

/** A piece of news that is to be told on one channel, and is in its queue until it has ended. */
export type Waiting = Readonly<{
  /** Equal for what says the same, as `keyOfNews` makes it. */
  key: string;
  news: News;
  /** The time at which it was put into the queue. */
  since: Instant;
  /** Length of the windows whose news its routes gather; absent when it is told at once. */
  digestSeconds?: number;
  /** The channels that it can go to instead, one after the other, while this one is broken. */
  fallbacks: readonly string[];
}>;

/**
 * An item may repeat when it is rather told twice than not at all: what is urgent, and whatever PagerDuty is told,
 * which keeps incidents by their keys, takes a repeat for the same, and must hear of every end.
 */
export const mayRepeat = (channel: Pick<Channel, 'kind'>, { news }: Waiting): boolean =>
  isUrgent(news) || capabilitiesOf(channel).keepsIncidents;

/**
 * An item is final when it has nothing left to do on its channel. A channel without fallbacks is the last resort,
 * and takes an item even if it had gone to a fallback from there before.
 */
export const isFinal = (
  { fallbacks }: Waiting,
  ending: NoticeStatus | undefined,
): ending is NoticeStatus =>
  ending !== undefined && (ending.kind !== 'failed-over' || fallbacks.length > 0);

/** A piece of news that has its final status on a channel. */
export type EndedNotice = Readonly<{ item: Waiting; ending: NoticeStatus }>;
