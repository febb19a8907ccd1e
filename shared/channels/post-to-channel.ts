import type { SecretAddress } from '#domain/configuration/channel.ts';
import type { Delivery } from '#domain/notify/notice.ts';
import { type Fetch, postWebhook } from './post-webhook.ts';
import { codeOf } from './request-error.ts';
import { webhookUrl } from './webhook-url.ts';

export type WebhookPorts = Readonly<{
  fetch: Fetch;
  /** The text of a secret parameter; a fresh one is read past every cache. */
  readSecret: (name: string, isFresh: boolean) => Promise<string>;
}>;

/** A post, and the name that people give to the service. */
export type Post = Readonly<{
  service: string;
  body: string;
  headers?: Readonly<Record<string, string>>;
}>;

/** Posts to the secret address of a channel, and never throws. */
export const postToChannel = async (
  ports: WebhookPorts,
  channel: SecretAddress,
  post: Post,
): Promise<Delivery> => {
  try {
    return await postTo(ports, channel, post);
  } catch (thrown) {
    const detail = `the parameter ${channel.webhookParameter} could not be read: ${codeOf(thrown)}`;
    return { kind: 'failed', detail };
  }
};

/** An address that is wrong may just have been corrected: it is read again before anything is lost. */
const postTo = async (
  { fetch, readSecret }: WebhookPorts,
  channel: SecretAddress,
  { service, body, headers }: Post,
): Promise<Delivery> => {
  const locate = async (isFresh: boolean) =>
    webhookUrl(await readSecret(channel.webhookParameter, isFresh), channel.origins);

  const url = (await locate(false)) ?? (await locate(true));
  if (url === undefined) return { kind: 'failed', detail: noAddress(channel) };

  const send = postWebhook(fetch, service);
  const answer = await send(url, body, headers);
  const renewed = answer.isAddressDoubtful ? await locate(true) : url;
  return renewed === undefined || renewed.href === url.href
    ? answer.delivery
    : (await send(renewed, body, headers)).delivery;
};

const noAddress = ({ webhookParameter, origins }: SecretAddress): string =>
  `the parameter ${webhookParameter} holds no webhook address of ${origins.join(' or ')}: ` +
  'put one there with aws ssm put-parameter --type SecureString --overwrite';
