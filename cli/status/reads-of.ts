import type { StatusReads } from '#app/status/observe-status.ts';
import type { ReachedTable } from '#cli/deployment/find-deployment.ts';
import { openingOf } from '#schedule/opening-of.ts';
import type { Reads, Terminal } from '../terminal.ts';

/** The reads of a deployment for a command: by its own clock, and without notes. */
export const readsOf = async (
  { account, table, place }: ReachedTable,
  { now }: Pick<Terminal, 'now'>,
): Promise<StatusReads & Reads> => {
  const { region, account: id } = place;
  const reads = await account.readsIn({
    table,
    deployment: deploymentOf(table, place.stack),
    ...(region === undefined ? {} : { region }),
    ...(id === undefined ? {} : { account: id }),
  });
  return {
    ...reads,
    scale: { ...reads.scale, openingOf, note: () => {}, now },
    heal: { ...reads.heal, now },
  };
};

/** CloudFormation names a table STACK-Table-RANDOM, which tells the deployment where only a table is named. */
const deploymentOf = (table: string, stack = table.replace(/-Table-[^-]+$/, '')): string => stack;
