import type { Channel } from '../domain/configuration.ts';
import type { Message } from '../domain/describe-news.ts';
import type { Delivery } from '../domain/notice.ts';
import { codeOf } from './fault.ts';
import { type Fetch, postWebhook } from './post-webhook.ts';
import { slackMessage } from './slack-message.ts';
import { webhookUrl } from './webhook-url.ts';

export type SlackPorts = Readonly<{
  fetch: Fetch;
  /** The text of a secret parameter; a fresh one is read past every cache. */
  readSecret: (name: string, isFresh: boolean) => Promise<string>;
}>;

type SlackChannel = Extract<Channel, { kind: 'slack' }>;

/** Sends a message to the incoming webhook of a Slack channel. */
export const sendToSlack =
  (ports: SlackPorts) =>
  async (channel: SlackChannel, message: Message): Promise<Delivery> => {
    try {
      return await post(ports, channel, JSON.stringify(slackMessage(message)));
    } catch (thrown) {
      const detail = `the parameter ${channel.webhookParameter} could not be read: ${codeOf(thrown)}`;
      return { kind: 'failed', detail };
    }
  };

/** An address that is wrong may just have been corrected: it is read again before anything is lost. */
const post = async (
  { fetch, readSecret }: SlackPorts,
  channel: SlackChannel,
  body: string,
): Promise<Delivery> => {
  const locate = async (isFresh: boolean) =>
    webhookUrl(await readSecret(channel.webhookParameter, isFresh), channel.origins);

  const url = (await locate(false)) ?? (await locate(true));
  if (url === undefined) return { kind: 'failed', detail: noAddress(channel) };

  const answer = await postWebhook(fetch)(url, body);
  const renewed = answer.isAddressDoubtful ? await locate(true) : url;
  return renewed === undefined || renewed.href === url.href
    ? answer.delivery
    : (await postWebhook(fetch)(renewed, body)).delivery;
};

const noAddress = ({ webhookParameter, origins }: SlackChannel): string =>
  `the parameter ${webhookParameter} holds no webhook address of ${origins.join(' or ')}: ` +
  'put one there with aws ssm put-parameter --type SecureString --overwrite';
