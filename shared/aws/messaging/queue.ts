import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { chunks } from '#aws/client/chunks.ts';
import type { SentRequest } from '#domain/sweep/evaluation-message.ts';
import type { SentShard } from '#domain/sweep/shard.ts';

/** SQS takes ten messages in one call. */
const MESSAGES_PER_CALL = 10;

/**
 * Sends evaluation requests, each to be seen after its delay, the calls side by side. Throws when SQS refuses any of
 * them, once all the others are sent.
 */
export const sendRequests =
  (client: SQSClient, queueUrl: string) =>
  async (requests: readonly SentRequest[]): Promise<void> => {
    const ends = await Promise.allSettled(
      chunks(requests, MESSAGES_PER_CALL).map((chunk) => sendTogether(client, queueUrl, chunk)),
    );
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  };

const sendTogether = async (
  client: SQSClient,
  queueUrl: string,
  requests: readonly SentRequest[],
): Promise<void> => {
  const { Failed } = await client.send(
    new SendMessageBatchCommand({
      QueueUrl: queueUrl,
      Entries: requests.map((request, index) => ({
        Id: String(index),
        // The body says, too, how long it is held back: whoever gets it learns from SQS only when it was sent.
        MessageBody: JSON.stringify(request),
        ...(request.delaySeconds === undefined ? {} : { DelaySeconds: request.delaySeconds }),
      })),
    }),
  );
  if (Failed?.length) throw new Error(`SQS refused ${Failed.length} evaluation requests`);
};

/**
 * Sends shards of the sweep, each to be seen after its delay and in a call of its own: ten of them are more than a call
 * may hold. Throws when SQS refuses any of them, once all the others are sent.
 */
export const sendShards =
  (client: SQSClient, queueUrl: string) =>
  async (shards: readonly SentShard[]): Promise<void> => {
    const ends = await Promise.allSettled(
      shards.map(({ delaySeconds, ...shard }) =>
        client.send(
          new SendMessageCommand({
            QueueUrl: queueUrl,
            MessageBody: JSON.stringify(shard),
            DelaySeconds: delaySeconds,
          }),
        ),
      ),
    );
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  };

/** Sends one message, as JSON. */
export const sendMessage =
  (client: SQSClient, queueUrl: string) =>
  async (message: unknown): Promise<void> => {
    await client.send(
      new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) }),
    );
  };

/** Puts a message that can never be understood where an alarm watches it, with the reason why. */
export const quarantine =
  (client: SQSClient, queueUrl: string) =>
  async (body: string, problem: string): Promise<void> => {
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: body,
        MessageAttributes: {
          problem: { DataType: 'String', StringValue: problem.slice(0, 1_000) },
        },
      }),
    );
  };

/** Makes a received message visible again after so many seconds (0 to 43,200). */
export const postpone =
  (client: SQSClient, queueUrl: string) =>
  async (receiptHandle: string, seconds: number): Promise<void> => {
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: queueUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds,
      }),
    );
  };

/** A message as a function handles it, like those that Lambda hands over. */
type Received = Readonly<{
  messageId: string;
  receiptHandle: string;
  body: string;
  attributes: Readonly<{ ApproximateReceiveCount: string; SentTimestamp?: string }>;
}>;

/** Receives up to ten messages that wait, and waits for none. */
export const receiveWaiting =
  (client: SQSClient, queueUrl: string) => async (): Promise<readonly Received[]> => {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: MESSAGES_PER_CALL,
        WaitTimeSeconds: 0,
        MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp'],
      }),
    );
    return Messages.map(({ MessageId = '', ReceiptHandle = '', Body = '', Attributes }) => ({
      messageId: MessageId,
      receiptHandle: ReceiptHandle,
      body: Body,
      attributes: {
        ApproximateReceiveCount: Attributes?.ApproximateReceiveCount ?? '1',
        ...(Attributes?.SentTimestamp === undefined
          ? {}
          : { SentTimestamp: Attributes.SentTimestamp }),
      },
    }));
  };

/** Deletes received messages, ten in a call. Throws when SQS refuses any of them, once all were tried. */
export const removeReceived =
  (client: SQSClient, queueUrl: string) =>
  async (receipts: readonly string[]): Promise<void> => {
    const ends = await Promise.allSettled(
      chunks(receipts, MESSAGES_PER_CALL).map(async (chunk) => {
        const { Failed } = await client.send(
          new DeleteMessageBatchCommand({
            QueueUrl: queueUrl,
            Entries: chunk.map((receipt, index) => ({
              Id: String(index),
              ReceiptHandle: receipt,
            })),
          }),
        );
        if (Failed?.length) throw new Error(`SQS refused to delete ${Failed.length} messages`);
      }),
    );
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  };
