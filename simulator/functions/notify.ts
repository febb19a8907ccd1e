import { notifyOperators } from '../../shared/app/notify-operators.ts';
import { handleBatch } from '../../shared/lambda/sqs-handler.ts';
import { parseNewsMessage } from '../../shared/parse/news-message.ts';
import type { Cloud } from '../cloud.ts';
import type { BatchCode } from './batch-code.ts';
import { queuePorts } from './ports.ts';

/** `functions/notify/handler.ts` over the simulated cloud. */
export const notifyCode =
  ({ notices, budgets, inbox, queues }: Cloud): BatchCode =>
  ({ call, ...runtime }) =>
    handleBatch({
      ...{ ...runtime, retryCapSeconds: 900, parse: parseNewsMessage },
      handle: notifyOperators({
        ...runtime,
        notices: {
          claim: (...args) => call('PutItem', args, () => notices.claim(...args)),
          takeOver: (...args) => call('PutItem', args, () => notices.takeOver(...args)),
          end: (...args) => call('PutItem', args, () => notices.end(...args)),
        },
        budgets: {
          spend: (...args) => call('UpdateItem', args, () => budgets.spend(...args)),
          giveBack: (...args) => call('UpdateItem', args, () => budgets.giveBack(...args)),
        },
        send: (channel, message) =>
          call(channel.kind === 'slack' ? 'POST' : 'Publish', { channel, message }, () =>
            inbox.take(channel, message),
          ),
      }),
      ...queuePorts(call, queues.notify),
    });
