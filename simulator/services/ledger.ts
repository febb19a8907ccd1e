import type { Ledger } from '#app/lane/ports.ts';
import { glanceAtLedger, ledger } from '#aws/dynamodb/ledger.ts';
import type { Entry } from '#domain/lane/entry.ts';
import type { Head } from '#domain/ledger/head.ts';
import type { Memory } from '#domain/ledger/memory.ts';
import type { Override } from '#domain/ledger/override.ts';
import { createTable, type Table } from './table.ts';

export type SimulatedLedger<H extends Head> = Ledger<H> &
  Readonly<{
    entries: readonly Entry[];
    head: (group: string) => H | undefined;
    /** Reads as the sweep does. */
    glance: Ledger<H>['read'];
    /** The items of the table, as DynamoDB keeps them. */
    table: Table;
    /** The table as adapters of the product reach it. */
    client: Client;
    /** The groups that have a head. */
    groups: () => readonly string[];
    /** From now on what is stored of the group cannot be read, and why; or can be read again. */
    damage: (group: string, damage: string | undefined) => void;
    /** Whoever wrote the head last had a clock that was ahead by so much. */
    jump: (group: string, aheadMs: number) => void;
  }>;

type Client = Parameters<typeof ledger>[0];

/** The real adapter of the ledger over a simulated table; overrides are what the people of a scenario wrote. */
export const createLedger = <H extends Head>(
  overrides: ReadonlyMap<string, Override> = new Map(),
  lane: 'scale' | 'heal' = 'scale',
): SimulatedLedger<H> => {
  const table = createTable();
  const client = table as unknown as Client;
  const adapter = ledger<H>(client, 'tidegate-dev', lane);
  const glances = glanceAtLedger<H>(client, 'tidegate-dev', lane);
  const heads = new Map<string, H>();
  const damages = new Map<string, string>();
  /** Heads of a wrong clock, until somebody writes them anew. */
  const jumped = new Map<string, H>();
  const entries: Entry[] = [];
  const memoryOf = (group: string, memory: Memory<H> | undefined): Memory<H> => {
    const damage = damages.get(group);
    if (damage !== undefined) return { damage };
    const override = overrides.get(group);
    const head = jumped.get(group);
    return { ...memory, ...(head && { head }), ...(override && { override }) };
  };

  const remembered = (
    groups: readonly string[],
    memories: ReadonlyMap<string, Memory<H>>,
  ): ReadonlyMap<string, Memory<H>> =>
    new Map(groups.map((group) => [group, memoryOf(group, memories.get(group))]));

  return {
    entries,
    table,
    client,
    head: (group) => heads.get(group),
    groups: () => [...heads.keys()],
    damage: (group, damage) => {
      if (damage === undefined) damages.delete(group);
      else damages.set(group, damage);
    },
    jump: (group, aheadMs) => {
      const stored = heads.get(group);
      if (stored === undefined) return;
      const head = shifted(stored, aheadMs) as H;
      heads.set(group, head);
      jumped.set(group, head);
    },
    read: async (groups) => remembered(groups, await adapter.read(groups)),
    glance: async (groups) => remembered(groups, await glances.read(groups)),
    write: async (group, next, entry) => {
      const isWritten = await adapter.write(group, next, entry);
      if (!isWritten) return false;
      heads.set(group, JSON.parse(JSON.stringify(next)) as H);
      jumped.delete(group);
      if (entry) entries.push(entry);
      return true;
    },
  };
};

/** Times that name a decision or a message stay. */
const NAMES = ['decision', 'untold', 'announced'];
/** Only times are numbers as large as this. */
const EARLIEST = 1e12;

const shifted = (value: unknown, byMs: number): unknown => {
  if (typeof value === 'number') return value > EARLIEST ? value + byMs : value;
  if (Array.isArray(value)) return value.map((each) => shifted(each, byMs));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      NAMES.includes(key) ? each : shifted(each, byMs),
    ]),
  );
};
