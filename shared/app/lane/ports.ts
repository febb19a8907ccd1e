import type { Entry } from '#domain/lane/entry.ts';
import type { TakeNote } from '#domain/lane/note.ts';
import type { Head } from '#domain/ledger/head.ts';
import type { Memory } from '#domain/ledger/memory.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import type { Instant } from '#domain/time/instant.ts';

/** The ledger of one lane (scaling or healing): a memory for each group. */
export type Ledger<H extends Head> = Readonly<{
  /** Reads what is remembered of these groups, strongly consistent; nothing of a new one. */
  read: (groups: readonly string[]) => Promise<ReadonlyMap<string, Memory<H>>>;
  /**
   * Writes the head, and the entry with it in one transaction, if and only if the stored head is
   * the version before it. False means that somebody else was faster.
   */
  write: (group: string, head: H, entry?: Entry) => Promise<boolean>;
}>;

/** All that both lanes need to hold, settle and tell a decision. */
export type LanePorts<H extends Head> = Readonly<{
  ledger: Ledger<H>;
  /** Publishes on the outcome topic. */
  publish: (outcome: Outcome) => Promise<void>;
  note: TakeNote;
  now: () => Instant;
}>;
