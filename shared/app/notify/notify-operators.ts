import { waitForAll } from '#domain/basics/wait-for-all.ts';
import { type Disposition, done } from '#domain/lane/disposition.ts';
import { type News, recognise, referenceOf } from '#domain/notify/news.ts';
import { atFallback, type Destination, destinationsFor } from '#domain/notify/routing.ts';
import { SECOND_MS } from '#domain/time/instant.ts';
import type { NotifyPorts } from './ports.ts';
import { type ItemDisposition, serveChannel } from './serve-channel.ts';

/** A message for `notify`: something to tell, or the minutely call to look what waits. */
export type NotifyMessage = News | Readonly<{ kind: 'flush' }>;

/**
 * Tells each piece of news once on each channel that its routes name. Channels work side by side, so that
 * one that is down delays no other; a message is done when all its channels are.
 */
export const notifyOperators =
  (ports: NotifyPorts) =>
  async (messages: readonly NotifyMessage[]): Promise<readonly Disposition[]> => {
    const rows = messages.map((message) => destinationsOf(ports, message));
    const isFlush = messages.some(({ kind }) => kind === 'flush');
    const ends = await serveAll(ports, rows.flat(), isFlush);

    return rows.map((places) => joined(places.map((place) => endOf(ends, place))));
  };

const destinationsOf = (ports: NotifyPorts, message: NotifyMessage): readonly Destination[] => {
  if (message.kind === 'flush') return [];

  const news = recognise(ports.configuration, message);
  const places = destinationsFor(ports.configuration, news, ports.now());
  if (places.length === 0) noteIgnored(ports, news);
  return places;
};

/** The dispositions of items, by channel and key. */
type Dispositions = Map<string, ItemDisposition>;

/** Leaves time for a last message that is slow, within the function's 30 s. */
const BUDGET_MS = 12 * SECOND_MS;

/** Channels that are broken pass on what is urgent; each channel is served once with each item. */
const serveAll = async (
  ports: NotifyPorts,
  places: readonly Destination[],
  isFlush: boolean,
): Promise<Dispositions> => {
  const { channels } = ports.configuration;
  const until = ports.now() + BUDGET_MS;
  const dispositions: Dispositions = new Map();
  for (let round = places, all = isFlush; all || round.length > 0; all = false) {
    const served = channels
      .filter(({ name }) => all || round.some(({ channel }) => channel === name))
      .map(async (channel) => {
        const items = itemsFor(round, channel.name);
        const answer = await serveChannel(ports, until)(channel, items);
        for (const [key, each] of answer.dispositions)
          dispositions.set(nameOf(channel.name, key), each);
        return answer.failedOver;
      });
    round = (await waitForAll(served)).flat();
  }
  return dispositions;
};

/** The same news may be in a batch more than once. */
const itemsFor = (places: readonly Destination[], channel: string) => [
  ...new Map(
    places.filter((place) => place.channel === channel).map(({ item }) => [item.key, item]),
  ).values(),
];

const nameOf = (channel: string, key: string): string => `${channel}\n${key}`;

/** The end of an item, on whichever channel that was. */
const endOf = (ends: Dispositions, { channel, item }: Destination): Disposition => {
  const end = ends.get(nameOf(channel, item.key)) ?? done;
  return end.kind === 'failed-over' ? endOf(ends, atFallback(item, end.to)) : end;
};

/**
 * A message comes back when the first of its channels wants it. A channel that asked for a longer rest
 * remembers that, and is left alone until then.
 */
const joined = (dispositions: readonly Disposition[]): Disposition => {
  const retries = dispositions.flatMap((each) => (each.kind === 'retry' ? [each] : []));
  const first = retries.find(({ isExpected }) => !isExpected) ?? retries[0];
  if (first === undefined) return done;

  const waits = retries.flatMap(({ afterSeconds }) => afterSeconds ?? []);
  return {
    kind: 'retry',
    error: first.error,
    ...(first.isExpected ? { isExpected: true } : {}),
    ...(waits.length === retries.length ? { afterSeconds: Math.min(...waits) } : {}),
  };
};

const noteIgnored = ({ note }: NotifyPorts, news: News): void =>
  note({ kind: 'ignored', subject: referenceOf(news), detail: 'no route sends it to a channel' });
