import { notifyOperators } from '../../shared/app/notify-operators.ts';
import { handleBatch } from '../../shared/lambda/sqs-handler.ts';
import { parseNewsMessage } from '../../shared/parse/news-message.ts';
import type { BatchCode, Deployed } from './deployed.ts';
import { queuePorts } from './ports.ts';

/** `functions/notify/handler.ts` over the simulated cloud. */
export const notifyCode =
  ({ cloud, configuration, note, now, random }: Deployed): BatchCode =>
  (call) =>
    handleBatch({
      parse: parseNewsMessage,
      handle: notifyOperators({
        ...{ configuration, note, now },
        notices: {
          claim: (...args) => call('PutItem', () => cloud.notices.claim(...args)),
          takeOver: (...args) => call('PutItem', () => cloud.notices.takeOver(...args)),
          end: (...args) => call('PutItem', () => cloud.notices.end(...args)),
        },
        send: (channel, message) => call('Send', () => cloud.inbox.take(channel, message)),
      }),
      ...queuePorts(call, cloud.queues.notify),
      ...{ random, note, retryCapSeconds: 900 },
    });
