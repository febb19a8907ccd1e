import { asError } from '../domain/as-error.ts';
import type { Entry } from '../domain/entry.ts';
import type { Head } from '../domain/head.ts';
import type { Memory } from '../domain/memory.ts';
import type { TakeNote } from '../domain/note.ts';
import type { Outcome } from '../domain/outcome.ts';

/** The memory of one lane (scaling or healing), kept apart for each group. */
export type Ledger<H extends Head> = Readonly<{
  /** What is remembered of these groups, strongly consistent; nothing of a new one. */
  read: (groups: readonly string[]) => Promise<ReadonlyMap<string, Memory<H>>>;
  /**
   * Writes the head, and the entry with it in one transaction, if and only if the stored head is
   * the version before it. False means that somebody else was faster.
   */
  write: (group: string, head: H, entry?: Entry) => Promise<boolean>;
}>;

export type TellPorts = Readonly<{
  /** Publishes on the outcome topic. */
  publish: (outcome: Outcome) => Promise<void>;
  note: TakeNote;
}>;

/**
 * Publishes outcomes and returns those that could not be published. They stay in the head, and a
 * later evaluation publishes them: news must never hold up or repeat an action.
 */
export const tell = async (
  { publish, note }: TellPorts,
  outcomes: readonly Outcome[],
): Promise<readonly Outcome[]> => {
  const results = await Promise.allSettled(outcomes.map((outcome) => publish(outcome)));

  return outcomes.filter((outcome, index) => {
    const result = results[index];
    if (result?.status !== 'rejected') return false;
    note({ kind: 'telling-failed', decisionId: outcome.decisionId, error: asError(result.reason) });
    return true;
  });
};
