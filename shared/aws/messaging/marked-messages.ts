import {
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

/** SQS gives ten messages at a time, of which some may come again: so many looks find one among a few dozen. */
const LOOKS = 10;
/** Others see what was looked at again after so many seconds. */
const HIDDEN_SECONDS = 2;

/** Finds the message in a queue whose body has this mark. Messages of others are left where they are. */
export const findMarked = async (
  client: SQSClient,
  queueUrl: string,
  mark: string,
): Promise<Message | undefined> => {
  for (let look = 0; look < LOOKS; look += 1) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: HIDDEN_SECONDS,
      }),
    );
    const found = Messages.find(({ Body = '' }) => Body.includes(mark));
    if (found !== undefined || Messages.length === 0) return found;
  }
  return undefined;
};

/** Deletes the message in a queue whose body has this mark; false when it was not found. */
export const removeMarked = async (
  client: SQSClient,
  queueUrl: string,
  mark: string,
): Promise<boolean> => {
  const found = await findMarked(client, queueUrl, mark);
  if (found?.ReceiptHandle === undefined) return false;
  await client.send(
    new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: found.ReceiptHandle }),
  );
  return true;
};
