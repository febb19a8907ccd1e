import { asError } from '#domain/basics/as-error.ts';
import { FEW, type QueueBatch } from '#domain/lane/batch.ts';
import type { Disposition } from '#domain/lane/disposition.ts';
import type { DrillMessage } from '#domain/ledger/drill.ts';

/** Handles messages of one kind: one disposition for each, in their order. */
type Handle<M> = (messages: readonly M[], batch?: QueueBatch<M>) => Promise<readonly Disposition[]>;

/**
 * Handles what is real as if no drill were in the batch, and drills after it: they share neither an evaluation nor a
 * read, and what goes wrong with drills concerns them alone.
 */
export const apartFromDrills =
  <M extends Readonly<{ kind: string }>>(
    real: Handle<Exclude<M, DrillMessage>>,
    drills: Handle<DrillMessage>,
  ): Handle<M | DrillMessage> =>
  async (messages, batch = FEW) => {
    const isReal = (message: M | DrillMessage): message is Exclude<M, DrillMessage> =>
      !isDrill(message);
    const ends = (await handled(real, messages.filter(isReal), batch)).values();
    const drillEnds = (await handled(drills, messages.filter(isDrill), batch)).values();
    return messages.map((message) => {
      const { value = unhandled } = isDrill(message) ? drillEnds.next() : ends.next();
      return value;
    });
  };

const isDrill = (message: Readonly<{ kind: string }>): message is DrillMessage =>
  message.kind === 'drill' && 'about' in message;

const handled = async <M>(
  handle: Handle<M>,
  messages: readonly M[],
  batch: QueueBatch<M>,
): Promise<readonly Disposition[]> => {
  try {
    return messages.length === 0 ? [] : await handle(messages, batch);
  } catch (thrown) {
    return messages.map(() => ({ kind: 'retry', error: asError(thrown) }));
  }
};

const unhandled: Disposition = { kind: 'retry', error: new Error('the message was not handled') };
