import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { EmailChannel } from '#domain/configuration/channel.ts';
import type { Message } from '#domain/notify/message.ts';
import type { Delivery } from '#domain/notify/notice.ts';
import type { ChannelDisplay, Sender } from './channel-kind.ts';
import { codeOf, isUnreached, statusOf } from './request-error.ts';
import { emailBody, emailSubject } from './sns-email-text.ts';

/**
 * Sends a message by e-mail through the topic of its channel. SNS cannot tell a repeat, so the
 * client must not retry by itself: give it `maxAttempts: 1`.
 */
export const sendEmail =
  (client: SNSClient, topics: ReadonlyMap<string, string>) =>
  async ({ name }: EmailChannel, message: Message): Promise<Delivery> => {
    const TopicArn = topics.get(name);
    if (TopicArn === undefined) return { kind: 'failed', detail: noTopic(name) };

    const mail = { TopicArn, Subject: emailSubject(message), Message: emailBody(message) };
    try {
      await client.send(new PublishCommand(mail));
      return { kind: 'sent' };
    } catch (thrown) {
      const detail = `SNS did not take the e-mail for ${name}: ${codeOf(thrown)}`;
      return { kind: kindOf(thrown), detail };
    }
  };

export const emailSender: Sender<EmailChannel> = ({ sns, mailTopics }) =>
  sendEmail(sns, mailTopics);

/** SNS refuses a message for good only when the message is wrong; all else can be fixed. */
const kindOf = (thrown: unknown): 'refused' | 'failed' | 'unclear' => {
  if (codeOf(thrown).startsWith('InvalidParameter')) return 'refused';
  return statusOf(thrown) !== undefined || isUnreached(thrown) ? 'failed' : 'unclear';
};

const noTopic = (name: string): string =>
  `the environment names no topic for the e-mail channel ${name}: deploy the stack again`;

export const emailDisplay: ChannelDisplay<EmailChannel> = {
  describe: ({ address }) => `${address}, as plain text`,
  render: (message) => `Subject: ${emailSubject(message)}\n\n${emailBody(message)}`,
  extension: 'txt',
  fix: () => 'look at the policy of its topic, and deploy again',
  action: 'sns:Publish',
};
