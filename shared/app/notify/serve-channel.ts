import { asError } from '#domain/basics/as-error.ts';
import type { Channel } from '#domain/configuration/channel.ts';
import { type Disposition, done } from '#domain/lane/disposition.ts';
import type { ChannelQueue } from '#domain/notify/channel-queue.ts';
import { waitsIn } from '#domain/notify/next-dispatch.ts';
import type { EndedNotice, NoticeStatus, Waiting } from '#domain/notify/notice.ts';
import { atFallback, type Destination } from '#domain/notify/routing.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import { type DrainResult, drain } from './drain-channel.ts';
import type { NotifyPorts } from './ports.ts';

/** The disposition of an item on a channel, or the channel where it goes on. */
export type ItemDisposition = Disposition | Readonly<{ kind: 'failed-over'; to: string }>;

/** The result of a turn of a channel: the disposition of each item that it was given, by key. */
export type ChannelResult = Readonly<{
  dispositions: ReadonlyMap<string, ItemDisposition>;
  /** Items that another channel must take now, whether they came just now or waited already. */
  failedOver: readonly Destination[];
}>;

/** Puts news into the queue of a channel, and tells it what is due there. New messages begin before `until`. */
export const serveChannel =
  (ports: NotifyPorts, until: Instant) =>
  async (channel: Channel, items: readonly Waiting[]): Promise<ChannelResult> => {
    try {
      return await serve({ ports, until }, channel, items);
    } catch (thrown) {
      const retry = { kind: 'retry', error: asError(thrown) } as const;
      return { dispositions: new Map(items.map(({ key }) => [key, retry])), failedOver: [] };
    }
  };

type ServeContext = Readonly<{ ports: NotifyPorts; until: Instant }>;

const serve = async (
  { ports, until }: ServeContext,
  channel: Channel,
  items: readonly Waiting[],
): Promise<ChannelResult> => {
  const { outbox, now } = ports;
  const over = await outbox.enqueue(channel.name, items);
  const ended = items.flatMap((item) => {
    const ending = over.get(item.key);
    return ending === undefined ? [] : [{ item, ending }];
  });
  const open = items.filter(({ key }) => !over.has(key));
  const isIdle = open.length === 0 && (items.length > 0 || (await outbox.isEmpty(channel.name)));
  if (isIdle) return resultOf(ended, []);

  const queue = await outbox.open(channel.name, now());
  if (queue === undefined) {
    return resultOf(
      ended,
      open.map(({ key }) => [key, takenBySomebodyElse(channel)]),
    );
  }

  const drained = await drainAndRelease({ ports, until }, channel, queue);
  const waits = waitsIn(drained.situation, now());
  const told = new Set(drained.ended.map(({ item }) => item.key));
  return resultOf(
    [...ended, ...drained.ended],
    open
      .filter(({ key }) => !told.has(key))
      .map(({ key }) => [key, whileWaiting(drained, waits.get(key))]),
  );
};

/** A lease that cannot be released keeps others away for a minute, and no longer. */
const drainAndRelease = async (
  { ports, until }: ServeContext,
  channel: Channel,
  queue: ChannelQueue,
): Promise<DrainResult> => {
  try {
    return await drain(ports, until)(channel, queue);
  } finally {
    await ports.outbox.close(queue).catch(() => undefined);
  }
};

type Held = readonly [key: string, disposition: Disposition];

/** Joins what has ended, of this message or of earlier ones, with what is held. */
const resultOf = (ended: readonly EndedNotice[], held: readonly Held[]): ChannelResult => ({
  dispositions: new Map<string, ItemDisposition>([
    ...ended.map(({ item, ending }) => [item.key, dispositionOf(ending)] as const),
    ...held,
  ]),
  failedOver: ended.flatMap(({ item, ending: { kind, to } }) =>
    kind === 'failed-over' && to !== undefined ? [atFallback(item, to)] : [],
  ),
});

const dispositionOf = ({ kind, to }: NoticeStatus): ItemDisposition =>
  kind === 'failed-over' && to !== undefined ? { kind, to } : done;

/** Somebody else speaks there, who may have looked at the queue before this came. */
const takenBySomebodyElse = ({ name }: Channel): Disposition => ({
  kind: 'retry',
  afterSeconds: 5,
  isExpected: true,
  error: new Error(`somebody else is speaking on ${name}`),
});

/** An item without a wait is held on purpose: it is safe in the queue, and a later flush tells it. */
const whileWaiting = ({ trouble }: DrainResult, waitMs: number | undefined): Disposition => {
  if (waitMs === undefined) return done;

  const afterSeconds = Math.max(1, Math.ceil(waitMs / SECOND_MS));
  return trouble === undefined
    ? { kind: 'retry', afterSeconds, isExpected: true, error: new Error(NOT_YET) }
    : { kind: 'retry', afterSeconds, error: trouble };
};

const NOT_YET = 'it is not its turn yet';
