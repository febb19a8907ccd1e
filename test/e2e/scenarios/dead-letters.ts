import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { System } from '#test/e2e/harness/system.ts';

export type DeadLetter = Readonly<{ body: string; problem: string }>;

/** The messages in a dead-letter queue; a look hides nothing from the next one. */
export const deadLetters = async (
  { clients, stack }: System,
  logicalId: string,
): Promise<readonly DeadLetter[]> => {
  const { Messages = [] } = await clients.sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: stack.physicalIds.get(logicalId),
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 0,
      MessageAttributeNames: ['All'],
    }),
  );

  return Messages.map(({ Body = '', MessageAttributes }) => ({
    body: Body,
    problem: MessageAttributes?.problem?.StringValue ?? '',
  }));
};
