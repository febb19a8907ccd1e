import type { ChannelState } from '#domain/notify/channel-state.ts';
import { nextHourOf, sentInHour } from '#domain/notify/channel-state.ts';
import { describeDigest } from '#domain/notify/describe-digest.ts';
import { describeNews } from '#domain/notify/describe-news.ts';
import type { Message } from '#domain/notify/message.ts';
import { isCounted } from '#domain/notify/next-dispatch.ts';
import { describeInstant } from '#domain/time/describe-instant.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Batch } from './batch.ts';
import type { NotifyPorts } from './ports.ts';

/** Composes the message of a batch, with a sentence on the channel itself where there is something to say. */
export const composeMessage = async (
  { readMessageContext, where, now: clock }: NotifyPorts,
  { channel, state, items }: Batch,
): Promise<Message> => {
  const now = clock();
  const [first] = items;
  const message =
    first !== undefined && items.length === 1
      ? describeNews(first.news, await readMessageContext(first.news))
      : describeDigest(
          items.map(({ news }) => news),
          now,
          where,
        );
  const isLast = isCounted(channel, items) && sentInHour(state, now) + 1 === channel.perHour;
  const said = [
    message.text,
    ...(state.broken ? [backAfter(state.broken)] : []),
    ...(isLast ? [lastOfHour(channel.perHour ?? 0, now)] : []),
  ];
  return { ...message, text: said.filter((part) => part !== '').join('\n\n') };
};

const backAfter = ({ since, leftOut }: NonNullable<ChannelState['broken']>): string =>
  `This channel took no messages since ${describeInstant(since)}. What waited comes in one message; ${leftOut === 0 ? 'nothing was dropped' : `${leftOut} were dropped`}.`;

const lastOfHour = (perHour: number, now: Instant): string =>
  `This is message ${perHour} of this hour: until ${describeInstant(nextHourOf(now))} only what is urgent comes, and then the rest in one message.`;
