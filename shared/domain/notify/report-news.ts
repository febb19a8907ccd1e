import type { Instant } from '#domain/time/instant.ts';

/** The report of a time, in words, for the channels that its schedule names. */
export type ReportNews = Readonly<{
  kind: 'report';
  /** The time at which it was due; it is told once for each. */
  at: Instant;
  /** Its time in whole days, for the command that prints all of it. */
  days: number;
  /** The channels that it is for. */
  to: readonly string[];
  title: string;
  text: string;
  fields: readonly Readonly<{ name: string; value: string }>[];
}>;
