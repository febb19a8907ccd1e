import { describeParameter, type PagerDutyChannel } from '#domain/configuration/channel.ts';
import type { Message } from '#domain/notify/message.ts';
import type { Delivery } from '#domain/notify/notice.ts';
import type { ChannelDisplay } from './channel-kind.ts';
import { renderJson, storeCommand } from './describe-fix.ts';
import { pagerDutyEvent } from './pagerduty-event.ts';
import type { WebhookPorts } from './post-to-channel.ts';
import { postWebhook } from './post-webhook.ts';
import { codeOf } from './request-error.ts';

/** Opens, takes on or closes an incident of PagerDuty by its key. A key that was renewed is read again. */
export const sendToPagerDuty =
  ({ fetch, readSecret }: WebhookPorts) =>
  async ({ keyParameter, origin }: PagerDutyChannel, message: Message): Promise<Delivery> => {
    const url = new URL('/v2/enqueue', origin);
    const send = async (isFresh: boolean): Promise<Delivery> => {
      const key = (await readSecret(keyParameter, isFresh)).trim();
      const body = JSON.stringify(pagerDutyEvent(message, key));
      return (await postWebhook(fetch, 'PagerDuty')(url, body)).delivery;
    };

    try {
      const delivery = await send(false);
      return DOUBTFUL.includes(delivery.kind) ? brokenBy(await send(true)) : delivery;
    } catch (thrown) {
      const detail = `the parameter ${keyParameter} could not be read: ${codeOf(thrown)}`;
      return { kind: 'failed', detail };
    }
  };

/** Our events are within its limits: what it refuses with a key that was just read is the key. */
const brokenBy = (delivery: Delivery): Delivery =>
  delivery.kind === 'refused' ? { ...delivery, kind: 'broken' } : delivery;

/** A key that PagerDuty does not know is answered with 400, like an event that it does not understand. */
const DOUBTFUL: readonly Delivery['kind'][] = ['refused', 'broken'];

export const pagerDutyDisplay: ChannelDisplay<PagerDutyChannel> = {
  describe: ({ keyParameter }) =>
    `PagerDuty, by the routing key in ${describeParameter(keyParameter)}`,
  render: (message) => renderJson(pagerDutyEvent(message, 'ROUTING-KEY')),
  extension: 'json',
  fix: (channel) =>
    `PagerDuty does not know the routing key: take that of an Events API v2 integration, and store it: ${storeCommand(channel)}`,
};
