import type { Ledger } from '#app/lane/ports.ts';
import { keepHop } from '#aws/dynamodb/drills.ts';
import { type DrillHop, type DrillNews, markedNews } from '#domain/ledger/drill.ts';
import type { Head } from '#domain/ledger/head.ts';
import type { MorePorts } from '#lambda/take-more.ts';
import type { SimulatedLedger } from '#simulator/services/ledger.ts';
import type { Queue } from '#simulator/services/queue.ts';
import type { Call } from '#simulator/services/runtime.ts';
import type { Cloud } from '../cloud.ts';

/** A ledger at the other end of the network. */
export const ledgerOver = <H extends Head>(call: Call, ledger: Ledger<H>): Ledger<H> => ({
  read: (groups) => call('BatchGetItem', groups, () => ledger.read(groups)),
  write: (group, head, entry) =>
    call('TransactWriteItems', { group, head, entry }, () => ledger.write(group, head, entry)),
});

/** The same as the sweep reads it. */
export const glanceOver = <H extends Head>(
  call: Call,
  ledger: SimulatedLedger<H>,
): Pick<Ledger<H>, 'read'> => ({
  read: (groups) => call('BatchGetItem', groups, () => ledger.glance(groups)),
});

/** The name that the simulated table has; there is only one. */
export const TABLE = 'tidegate-dev';

/** The ways in which drills say what became of them, at the other end of the network. */
export const drillPortsOver = (call: Call, { scaleLedger, outcomeTopic }: Cloud) => ({
  keepHop: (hop: DrillHop): Promise<void> =>
    call('PutItem of a drill', hop, () => keepHop(scaleLedger.client, TABLE)(hop)),
  publishDrill: (news: DrillNews): Promise<void> =>
    call('Publish', news, () => outcomeTopic.publish(JSON.stringify(markedNews(news)))),
});

/** The ports for messages of a function's own queue that it cannot finish. */
export const queuePorts = (call: Call, queue: Queue) => ({
  postpone: (receipt: string, seconds: number): Promise<void> =>
    call('ChangeMessageVisibility', { receipt, seconds }, () => queue.postpone(receipt, seconds)),
  quarantine: (body: string): Promise<void> =>
    call('SendMessage', { body }, () => queue.quarantine(body)),
});

/** SQS takes and gives ten messages in a request. */
const MESSAGES_PER_CALL = 10;

/** The ports by which a function takes more messages of its own queue. */
export const morePorts = (call: Call, queue: Queue): MorePorts => ({
  receive: () => call('ReceiveMessage', undefined, () => queue.receive(MESSAGES_PER_CALL)),
  remove: (receipts) =>
    call('DeleteMessageBatch', receipts, () => {
      for (const receipt of receipts) queue.remove(receipt);
    }),
});
