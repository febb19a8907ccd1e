import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Disposition } from '../domain/disposition.ts';
import type { Result } from '../domain/result.ts';
import { retryAfterSeconds } from './retry-after-seconds.ts';
import { count, logger } from './telemetry.ts';

export type SqsWork<M> = Readonly<{
  parse: (body: string) => Result<M, { readonly message: string }>;
  /** One disposition for each message, in their order. */
  handle: (messages: readonly M[]) => Promise<readonly Disposition[]>;
  /** Puts what can never be understood into the dead-letter queue at once: a retry cannot help. */
  quarantine: (body: string, problem: string) => Promise<void>;
  /** Makes a failed message visible again sooner than the queue's visibility timeout. */
  postpone: (receiptHandle: string, seconds: number) => Promise<void>;
  /** The longest wait before a failed message is tried again. */
  retryCapSeconds: number;
}>;

/**
 * The one place that knows about batches: parse every record, handle the messages together, and
 * report exactly the failed ones. A throw for one record would fail the whole batch.
 */
export const sqsHandler = <M>(work: SqsWork<M>) =>
  middy<SQSEvent, SQSBatchResponse>()
    .use(injectLambdaContext(logger))
    .handler(async ({ Records }) => {
      const parsed = Records.map((record) => ({ record, result: work.parse(record.body) }));
      const poison = parsed.flatMap(({ record, result }) =>
        result.ok ? [] : [{ record, problem: result.problem.message }],
      );
      const good = parsed.flatMap(({ record, result }) =>
        result.ok ? [{ record, message: result.value }] : [],
      );

      const failed = await Promise.all([
        ...poison.map((each) => setAside(work, each.record, each.problem)),
        ...(await handleAll(work, good)).map((each) => settle(work, each.record, each.disposition)),
      ]);
      return { batchItemFailures: failed.flat().map((itemIdentifier) => ({ itemIdentifier })) };
    });

type Parsed<M> = Readonly<{ record: SQSRecord; message: M }>;
type Ended = Readonly<{ record: SQSRecord; disposition: Disposition }>;

const handleAll = async <M>(
  { handle }: SqsWork<M>,
  good: readonly Parsed<M>[],
): Promise<readonly Ended[]> => {
  const dispositions = await attempt(handle, good);

  return good.map(({ record }, index) => ({
    record,
    disposition: dispositions[index] ?? { kind: 'retry', error: new Error('it was not handled') },
  }));
};

/** What fails before single messages can be told apart, such as a throttled read, fails them all. */
const attempt = async <M>(
  handle: SqsWork<M>['handle'],
  good: readonly Parsed<M>[],
): Promise<readonly Disposition[]> => {
  if (good.length === 0) return [];
  try {
    return await handle(good.map(({ message }) => message));
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    return good.map(() => ({ kind: 'retry', error }));
  }
};

/** The message's id when it must be seen again, nothing when it is done with. */
const settle = async <M>(
  { postpone, retryCapSeconds }: SqsWork<M>,
  record: SQSRecord,
  disposition: Disposition,
): Promise<readonly string[]> => {
  if (disposition.kind === 'done') return [];

  const receives = Number(record.attributes.ApproximateReceiveCount);
  const seconds = disposition.afterSeconds ?? retryAfterSeconds(receives, retryCapSeconds);
  const { messageId, receiptHandle } = record;
  logger.error('message will be retried', { messageId, receives, seconds, error: disposition.error });
  try {
    await postpone(receiptHandle, seconds);
  } catch (thrown) {
    logger.warn('visibility was not changed', { messageId, error: thrown as Error });
  }
  return [messageId];
};

const setAside = async <M>(
  { quarantine }: SqsWork<M>,
  { body, messageId }: SQSRecord,
  problem: string,
): Promise<readonly string[]> => {
  logger.error('message cannot be understood', { messageId, problem });
  count('Quarantined', {});
  try {
    await quarantine(body, problem);
    return [];
  } catch (thrown) {
    logger.error('message was not quarantined', { messageId, error: thrown as Error });
    return [messageId];
  }
};
