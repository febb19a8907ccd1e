import type { Head } from '#domain/ledger/head.ts';
import { withUntold } from '#domain/ledger/untold.ts';
import type { LanePorts } from './ports.ts';
import { tell } from './tell.ts';

/** Publishes what the stored head keeps untold, and takes out of it what was published. */
export const tellUntold = async <H extends Head>(
  ports: LanePorts<H>,
  group: string,
  stored: H,
): Promise<void> => {
  const rest = await tell(ports, stored);
  if (rest.untold.length === stored.untold.length) return;

  // A lost write means that somebody else tells them again, under the same ids: notify knows them.
  const next = withUntold(stored, rest);
  await ports.ledger.write(group, { ...next, version: stored.version + 1 });
};
