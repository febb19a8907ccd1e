import type { Instant } from './instant.ts';

/** One piece of news for one channel: the unit that is told once. */
export type Notice = Readonly<{ news: string; channel: string }>;

/** What came of the attempt to be the one who tells. `token` names a holder. */
export type Claim =
  /** It is ours to tell. */
  | Readonly<{ kind: 'ours'; token: string }>
  /** Somebody set out to tell and has not said how it ended. */
  | Readonly<{ kind: 'taken'; token: string; since: Instant }>
  /** It failed before, and the channel asked to be left alone until then. */
  | Readonly<{ kind: 'waiting'; until: Instant }>
  /** It was told, or given up: there is nothing left to do. */
  | Readonly<{ kind: 'closed' }>;

/**
 * How a claim ends. `sent` and `refused` by the channel's own word; `uncertain` when nobody knows
 * and a repeat would be worse; `withheld` when the channel had enough messages; `released` to be told later.
 */
export type Ending =
  | Readonly<{ kind: 'sent' | 'refused' | 'uncertain' | 'withheld'; at: Instant }>
  | Readonly<{ kind: 'released'; at: Instant; until: Instant }>;

/** What a channel answers to a message. */
export type Delivery =
  | Readonly<{ kind: 'sent' }>
  /** It was certainly not delivered, and may be later. */
  | Readonly<{ kind: 'failed'; detail: string; afterSeconds?: number }>
  /** It may have been delivered: no answer came. */
  | Readonly<{ kind: 'unclear'; detail: string }>
  /** It was not delivered and never will be, however often it is tried. */
  | Readonly<{ kind: 'refused'; detail: string }>;

/** The channel had enough messages in this hour: it was not sent and will not be. */
export type Withheld = Readonly<{ kind: 'withheld'; detail: string }>;
