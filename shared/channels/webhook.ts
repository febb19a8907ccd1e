import { createHmac } from 'node:crypto';
import { describeParameter, type WebhookChannel } from '#domain/configuration/channel.ts';
import type { Message } from '#domain/notify/message.ts';
import type { Delivery } from '#domain/notify/notice.ts';
import type { Instant } from '#domain/time/instant.ts';
import { SECOND_MS } from '#domain/time/instant.ts';
import type { ChannelDisplay, SendPorts } from './channel-kind.ts';
import { renderJson, storeCommand } from './describe-fix.ts';
import { postToChannel } from './post-to-channel.ts';
import { codeOf } from './request-error.ts';

/** Posts a message as JSON to a server of one's own, signed if the channel has a key. */
export const sendToWebhook =
  (ports: Pick<SendPorts, 'fetch' | 'readSecret' | 'now'>) =>
  async (channel: WebhookChannel, message: Message): Promise<Delivery> => {
    const body = JSON.stringify(bodyOf(message));
    const { signingParameter } = channel;
    const post = { service: 'the webhook', body };
    if (signingParameter === undefined) return postToChannel(ports, channel, post);

    try {
      const key = (await ports.readSecret(signingParameter, false)).trim();
      const headers = { [SIGNATURE]: signatureOf(body, key, ports.now()) };
      return await postToChannel(ports, channel, { ...post, headers });
    } catch (thrown) {
      const detail = `the parameter ${signingParameter} could not be read: ${codeOf(thrown)}`;
      return { kind: 'failed', detail };
    }
  };

const bodyOf = (message: Message) => ({ schemaVersion: 1, ...message });

const SIGNATURE = 'x-tidegate-signature';

/**
 * `t=SECONDS,v1=HEX`: HMAC-SHA256 of `SECONDS.BODY`, so that a receiver can refuse what is old. With the
 * time in it, a message that was overheard cannot be sent again later.
 */
const signatureOf = (body: string, key: string, now: Instant): string => {
  const seconds = Math.floor(now / SECOND_MS);
  const hex = createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${hex}`;
};

export const webhookDisplay: ChannelDisplay<WebhookChannel> = {
  describe: ({ origins, webhookParameter, signingParameter }) =>
    `${origins.join()}, by the URL in ${describeParameter(webhookParameter)}${signingParameter === undefined ? '' : ', signed'}`,
  render: (message) => renderJson(bodyOf(message)),
  extension: 'json',
  fix: (channel) =>
    `look at its log, and correct the URL if it has moved: ${storeCommand(channel)}`,
};
