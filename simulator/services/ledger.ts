import type { Ledger } from '../../shared/app/ledger.ts';
import type { Entry } from '../../shared/domain/entry.ts';
import type { Head } from '../../shared/domain/head.ts';
import type { Override } from '../../shared/domain/override.ts';

export type SimulatedLedger<H extends Head> = Ledger<H> &
  Readonly<{ entries: readonly Entry[]; head: (group: string) => H | undefined }>;

/**
 * A DynamoDB table as far as the ledger uses it: consistent reads, and writes that are conditional
 * on the version before them. What is kept went through JSON, as in the table.
 */
export const createLedger = <H extends Head>(
  overrides: ReadonlyMap<string, Override> = new Map(),
): SimulatedLedger<H> => {
  const heads = new Map<string, H>();
  const entries: Entry[] = [];
  const head = (group: string): H | undefined => heads.get(group);

  return {
    entries,
    head,
    read: async (groups) =>
      new Map(
        groups.flatMap((group) => {
          const found = head(group);
          const override = overrides.get(group);
          return [
            [group, { ...(found && { head: found }), ...(override && { override }) }] as const,
          ];
        }),
      ),
    write: async (group, next, entry) => {
      if ((head(group)?.version ?? 0) !== next.version - 1) return false;
      heads.set(group, JSON.parse(JSON.stringify(next)) as H);
      if (entry) entries.push(entry);
      return true;
    },
  };
};
