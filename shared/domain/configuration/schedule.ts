import type { Instant } from '#domain/time/instant.ts';

/** The time in which a schedule holds. */
export type Window =
  /** From each start to the next end, both as cron lines of five fields, in an IANA time zone. */
  | Readonly<{ kind: 'recurring'; start: string; end: string; timezone: string }>
  /** Once, from one instant to another, without the latter. */
  | Readonly<{ kind: 'once'; from: Instant; to: Instant }>;

/** A window is open or shut, until that changes, if it ever does. */
export type Opening = Readonly<{ isOpen: boolean; changesAt?: Instant }>;
