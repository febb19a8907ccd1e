import type { Instant } from '#domain/time/instant.ts';

/** All that a group remembers of the one that it stands in for. */
export type StandbyMemory = Readonly<{
  /** The peer that this is about, as `describePeer` writes it. */
  of: string;
  /** The peer's whole capacity: the most that it had in service, while it was well, of what it wanted. */
  whole: number;
  /** The impairment that looks have seen; absent while the last look found the peer well. */
  impaired?: Readonly<{
    since: Instant;
    /** The newest look that counted. */
    at: Instant;
    /** Count of looks, up to as many as it takes. */
    looks: number;
  }>;
  /** The raised minimum; absent while it is not raised. */
  raised?: RaisedMinimum;
}>;

export type RaisedMinimum = Readonly<{
  since: Instant;
  /** Seconds for which looks have found the peer well again, one after the other. */
  wellSeconds: number;
  /** The newest look that found it well and counted; absent while it is impaired. */
  wellAt?: Instant;
}>;
