import { acknowledgeDrills } from '#app/lane/acknowledge-drills.ts';
import { apartFromDrills } from '#app/lane/apart-from-drills.ts';
import { noteDrillNews } from '#app/notify/note-drill-news.ts';
import { notifyOperators } from '#app/notify/notify-operators.ts';
import type { Outbox } from '#app/notify/ports.ts';
import { handleBatch } from '#lambda/sqs-handler.ts';
import { parseNewsMessage } from '#parse/news-message.ts';
import { openingOf } from '#schedule/opening-of.ts';
import type { Call } from '#simulator/services/runtime.ts';
import type { Cloud } from '../cloud.ts';
import type { BatchCode } from './batch-code.ts';
import { drillPortsOver, queuePorts } from './ports.ts';

/** As which deployment the simulated functions speak. */
export const DEPLOYMENT = {
  service: 'tidegate',
  stage: 'sim',
  region: 'eu-west-1',
  account: '123456789012',
} as const;

/** `functions/notify/handler.ts` over the simulated cloud. */
export const notifyCode =
  (cloud: Cloud): BatchCode =>
  ({ call, ...runtime }) => {
    const { outbox, inbox, queues } = cloud;
    const hops = { ...runtime, ...drillPortsOver(call, cloud) };
    return handleBatch({
      ...runtime,
      retryCapSeconds: 900,
      parse: parseNewsMessage,
      handle: apartFromDrills(
        noteDrillNews(
          hops,
          notifyOperators({
            ...runtime,
            openingOf,
            outbox: outboxOver(call, outbox),
            where: DEPLOYMENT,
            readMessageContext: async () => ({
              ...DEPLOYMENT,
              groups: runtime.configuration.groups,
            }),
            retell: (news) =>
              call('SendMessage', news, () => queues.notify.send(JSON.stringify(news))),
            send: (channel, message) =>
              call(channel.kind === 'slack' ? 'POST' : 'Publish', { channel, message }, () =>
                inbox.take(channel, message),
              ),
          }),
        ),
        acknowledgeDrills(hops, 'alarm-to-notify'),
      ),
      ...queuePorts(call, queues.notify),
    });
  };

/** An outbox at the other end of the network. */
const outboxOver = (call: Call, outbox: Outbox): Outbox => ({
  enqueue: (...args) => call('PutItem', args, () => outbox.enqueue(...args)),
  isEmpty: (...args) => call('Query', args, () => outbox.isEmpty(...args)),
  open: (...args) => call('UpdateItem', args, () => outbox.open(...args)),
  save: (...args) => call('UpdateItem', args, () => outbox.save(...args)),
  commit: (...args) => call('PutItem', args, () => outbox.commit(...args)),
  close: (...args) => call('UpdateItem', args, () => outbox.close(...args)),
  readThread: (...args) => call('GetItem', args, () => outbox.readThread(...args)),
});
