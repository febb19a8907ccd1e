import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Queue } from './queue.ts';

export type EventSourceSettings = Readonly<{ batchSize: number; maximumConcurrency: number }>;

/**
 * Lambda's event source mapping with partial batch responses: what is not reported as failed is
 * deleted; an unknown id, an error or a time-out fails the whole batch, which then comes back.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export const connect = (
  queue: Queue,
  invoke: (event: SQSEvent) => Promise<SQSBatchResponse>,
  { batchSize, maximumConcurrency }: EventSourceSettings,
): void => {
  let running = 0;

  const poll = (): void => {
    while (running < maximumConcurrency) {
      const records = [...queue.receive(batchSize)];
      if (records.length === 0) return;
      running += 1;
      invoke({ Records: records }).then(
        (response) => end(doneReceipts(records, response)),
        // The batch failed as a whole: its messages come back when they become visible again.
        () => end([]),
      );
    }
  };

  const end = (receipts: readonly string[]): void => {
    for (const receipt of receipts) queue.remove(receipt);
    running -= 1;
    poll();
  };

  queue.onVisible(poll);
};

const doneReceipts = (
  records: readonly SQSRecord[],
  { batchItemFailures }: SQSBatchResponse,
): readonly string[] => {
  const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  const isValid = failed.every((id) => records.some(({ messageId }) => messageId === id));
  if (!isValid) return [];

  return records
    .filter(({ messageId }) => !failed.includes(messageId))
    .map(({ receiptHandle }) => receiptHandle);
};
