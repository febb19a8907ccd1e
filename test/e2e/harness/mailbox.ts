import { SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { ACCOUNT, type Clients, REGION } from './clients.ts';

export type Mail = Readonly<{ subject: string; text: string }>;

/** Everything that was published on the topic so far. */
export type Mailbox = () => Promise<readonly Mail[]>;

/** An e-mail cannot be seen on an emulator: a queue of our own subscribes to the topic beside it. */
export const openMailbox = async ({ sns, sqs }: Clients, topicArn: string): Promise<Mailbox> => {
  const name = `mailbox-${topicArn.split(':').at(-1)}`;
  await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const QueueUrl = `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}`;
  const Endpoint = `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`;
  await sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint }));
  const mails: Mail[] = [];

  return async () => {
    const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 });
    const { Messages = [] } = await sqs.send(command);
    mails.push(...Messages.map(({ Body }) => mailOf(Body ?? '{}')));
    if (Messages.length > 0) {
      const Entries = Messages.map(({ ReceiptHandle }, index) => ({
        Id: String(index),
        ReceiptHandle,
      }));
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    }
    return [...mails];
  };
};

const mailOf = (body: string): Mail => {
  const { Subject = '', Message = '' } = JSON.parse(body);
  return { subject: Subject, text: Message };
};
