import type { Ledger } from '../../shared/app/ledger.ts';
import { ledger } from '../../shared/aws/ledger.ts';
import type { Entry } from '../../shared/domain/entry.ts';
import type { Head } from '../../shared/domain/head.ts';
import type { Memory } from '../../shared/domain/memory.ts';
import type { Override } from '../../shared/domain/override.ts';
import { createTable, type Table } from './table.ts';

export type SimulatedLedger<H extends Head> = Ledger<H> &
  Readonly<{
    entries: readonly Entry[];
    head: (group: string) => H | undefined;
    /** What lies in the table, as DynamoDB keeps it. */
    table: Table;
    /** The groups that have a head. */
    groups: () => readonly string[];
  }>;

type Client = Parameters<typeof ledger>[0];

/** The real adapter of the ledger over a simulated table; overrides are what the people of a scenario wrote. */
export const createLedger = <H extends Head>(
  overrides: ReadonlyMap<string, Override> = new Map(),
): SimulatedLedger<H> => {
  const table = createTable();
  const adapter = ledger<H>(table as unknown as Client, 'tidegate-dev', 'scale');
  const heads = new Map<string, H>();
  const entries: Entry[] = [];
  const memoryOf = (group: string, memory: Memory<H> | undefined): Memory<H> => {
    const override = overrides.get(group);
    return { ...memory, ...(override && { override }) };
  };

  return {
    entries,
    table,
    head: (group) => heads.get(group),
    groups: () => [...heads.keys()],
    read: async (groups) => {
      const memories = await adapter.read(groups);
      return new Map(groups.map((group) => [group, memoryOf(group, memories.get(group))]));
    },
    write: async (group, next, entry) => {
      const isWritten = await adapter.write(group, next, entry);
      if (!isWritten) return false;
      heads.set(group, JSON.parse(JSON.stringify(next)) as H);
      if (entry) entries.push(entry);
      return true;
    },
  };
};
