import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { asError } from '#domain/basics/as-error.ts';
import type { Result } from '#domain/basics/result.ts';
import type { Disposition } from '#domain/lane/disposition.ts';
import { type EndPorts, endMessage, setAside } from './end-message.ts';
import { logger } from './telemetry.ts';

export type SqsWork<M> = EndPorts &
  Readonly<{
    parse: (body: string) => Result<M, { readonly message: string }>;
    /** One disposition for each message, in their order. */
    handle: (messages: readonly M[]) => Promise<readonly Disposition[]>;
  }>;

export const sqsHandler = <M>(work: SqsWork<M>) =>
  middy<SQSEvent, SQSBatchResponse>().use(injectLambdaContext(logger)).handler(handleBatch(work));

/**
 * The one place that knows about batches: parse every record, handle the messages together, and
 * report exactly the failed ones. A throw for one record would fail the whole batch.
 */
export const handleBatch =
  <M>(work: SqsWork<M>) =>
  async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const parsed = Records.map((record) => ({ record, result: work.parse(record.body) }));
    const messages = parsed.flatMap(({ result }) => (result.ok ? [result.value] : []));
    const dispositions = (await handleAll(work, messages)).values();

    const failed = await Promise.all(
      parsed.map(({ record, result }) =>
        result.ok
          ? endMessage(work, record, dispositions.next().value ?? unhandled)
          : setAside(work, record, result.problem.message),
      ),
    );
    return { batchItemFailures: failed.flat().map((itemIdentifier) => ({ itemIdentifier })) };
  };

/** Handles a batch; a failure before single messages can be told apart, such as a throttled read, fails them all. */
const handleAll = async <M>({ handle }: SqsWork<M>, messages: readonly M[]) => {
  try {
    return messages.length === 0 ? [] : await handle(messages);
  } catch (thrown) {
    return messages.map((): Disposition => ({ kind: 'retry', error: asError(thrown) }));
  }
};

const unhandled: Disposition = { kind: 'retry', error: new Error('the message was not handled') };
