import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { asError } from '#domain/basics/as-error.ts';
import type { Result } from '#domain/basics/result.ts';
import type { QueueBatch } from '#domain/lane/batch.ts';
import type { Disposition } from '#domain/lane/disposition.ts';
import type { Instant } from '#domain/time/instant.ts';
import { type EndPorts, endMessage, setAside } from './end-message.ts';
import { markLines } from './mark-lines.ts';
import { isFull, type MorePorts, type QueueRecord, removeDone, takeMore } from './take-more.ts';

export type SqsWork<M> = EndPorts &
  Readonly<{
    parse: (body: string) => Result<M, { readonly message: string }>;
    /** One disposition for each message, in their order. */
    handle: (messages: readonly M[], batch: QueueBatch<M>) => Promise<readonly Disposition[]>;
    /** Present when a full batch is reason to take more messages of the queue. */
    more?: MorePorts;
  }>;

export const sqsHandler = <M>(work: SqsWork<M>) =>
  middy<SQSEvent, SQSBatchResponse>().use(markLines()).handler(handleBatch(work));

/**
 * The one place that knows about batches: parse every record, handle the messages together, and
 * report exactly the failed ones. A throw for one record would fail the whole batch.
 */
export const handleBatch =
  <M>(work: SqsWork<M>) =>
  async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const taken = work.more === undefined ? [] : await takeMore(work.more, Records, work.note);
    const failed = await handleRecords(work, [...Records, ...taken], isFull(Records));
    if (work.more !== undefined) {
      const done = taken.filter(({ messageId }) => !failed.has(messageId));
      await removeDone(work.more, done, work.note);
    }
    // Lambda deletes what it handed over, and takes an id that it does not know for a failure of the whole batch.
    return {
      batchItemFailures: Records.filter(({ messageId }) => failed.has(messageId)).map(
        ({ messageId }) => ({ itemIdentifier: messageId }),
      ),
    };
  };

/** Handles records together; the answer are the ids of those that must be seen again. */
const handleRecords = async <M>(
  work: SqsWork<M>,
  records: readonly QueueRecord[],
  isFull: boolean,
): Promise<ReadonlySet<string>> => {
  const parsed = records.map((record) => ({ record, result: work.parse(record.body) }));
  const messages = parsed.flatMap(({ result }) => (result.ok ? [result.value] : []));
  const sent = new Map(
    parsed.flatMap(({ record, result }) => (result.ok ? [[result.value, sentAt(record)]] : [])),
  );
  const batch = { isFull, sentAt: (message: M) => sent.get(message) };
  const dispositions = (await handleAll(work, messages, batch)).values();
  const failed = await Promise.all(
    parsed.map(({ record, result }) =>
      result.ok
        ? endMessage(work, record, dispositions.next().value ?? unhandled)
        : setAside(work, record, result.problem.message),
    ),
  );
  return new Set(failed.flat());
};

/** Handles a batch; a failure before single messages can be told apart, such as a throttled read, fails them all. */
const handleAll = async <M>(
  { handle }: SqsWork<M>,
  messages: readonly M[],
  batch: QueueBatch<M>,
): Promise<readonly Disposition[]> => {
  try {
    return messages.length === 0 ? [] : await handle(messages, batch);
  } catch (thrown) {
    return messages.map((): Disposition => ({ kind: 'retry', error: asError(thrown) }));
  }
};

const sentAt = ({ attributes }: QueueRecord): Instant | undefined =>
  attributes.SentTimestamp === undefined ? undefined : Number(attributes.SentTimestamp);

const unhandled: Disposition = { kind: 'retry', error: new Error('the message was not handled') };
