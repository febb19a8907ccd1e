import { type Disposition, done } from '../domain/disposition.ts';
import { channelsFor, type News, recognise, referenceOf } from '../domain/news.ts';
import { notifyChannel } from './notify-channel.ts';
import type { NotifyPorts } from './notify-ports.ts';

/**
 * Tells each piece of news once on each channel that its routes name. Channels work side by side,
 * so that one that is down delays no other; a message is done when all its channels are.
 */
export const notifyOperators =
  (ports: NotifyPorts) =>
  async (messages: readonly News[]): Promise<readonly Disposition[]> => {
    const known = messages.map((news) => recognise(ports.configuration, news));
    const pairs = known.map((news) => ({
      news,
      channels: channelsFor(ports.configuration, news),
    }));
    for (const { news, channels } of pairs) {
      if (channels.length === 0) noteIgnored(ports, news);
    }

    const channels = [...new Set(pairs.flatMap((pair) => pair.channels))];
    const rows = await Promise.all(
      channels.map((channel) =>
        notifyChannel(ports)(
          channel,
          pairs.map((pair) => (pair.channels.includes(channel) ? pair.news : undefined)),
        ),
      ),
    );
    return messages.map((_, index) => joined(rows.flatMap((row) => row[index] ?? [])));
  };

/**
 * A message comes back when the first of its channels wants it. A channel that asked for a longer
 * rest has that in its notice, and is left alone until then.
 */
const joined = (dispositions: readonly Disposition[]): Disposition => {
  const retries = dispositions.filter(({ kind }) => kind === 'retry');
  const [first] = retries;
  if (first?.kind !== 'retry') return done;

  const waits = retries.flatMap((each) => (each.kind === 'retry' ? (each.afterSeconds ?? []) : []));
  return {
    ...{ kind: 'retry', error: first.error },
    ...(waits.length === retries.length ? { afterSeconds: Math.min(...waits) } : {}),
  };
};

const noteIgnored = ({ note }: NotifyPorts, news: News): void =>
  note({ kind: 'ignored', subject: referenceOf(news), detail: 'no route sends it to a channel' });
