import type { Ledger } from '#app/lane/ports.ts';
import type { Head } from '#domain/ledger/head.ts';
import type { Queue } from '#simulator/services/queue.ts';
import type { Call } from '#simulator/services/runtime.ts';

/** A ledger at the other end of the network. */
export const ledgerOver = <H extends Head>(call: Call, ledger: Ledger<H>): Ledger<H> => ({
  read: (groups) => call('BatchGetItem', groups, () => ledger.read(groups)),
  write: (group, head, entry) =>
    call('TransactWriteItems', { group, head, entry }, () => ledger.write(group, head, entry)),
});

/** The ports for messages of a function's own queue that it cannot finish. */
export const queuePorts = (call: Call, queue: Queue) => ({
  postpone: (receipt: string, seconds: number): Promise<void> =>
    call('ChangeMessageVisibility', { receipt, seconds }, () => queue.postpone(receipt, seconds)),
  quarantine: (body: string): Promise<void> =>
    call('SendMessage', { body }, () => queue.quarantine(body)),
});
