import { asError } from '#domain/basics/as-error.ts';
import type { Channel } from '#domain/configuration/channel.ts';
import { type Disposition, done } from '#domain/lane/disposition.ts';
import { waitsIn } from '#domain/notify/next-dispatch.ts';
import type { NoticeStatus, Waiting } from '#domain/notify/notice.ts';
import { atFallback, type Destination } from '#domain/notify/routing.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import { type Drained, drain } from './drain-channel.ts';
import type { ChannelQueue, NotifyPorts } from './ports.ts';

/** The end of an item, or the channel where it goes on. */
export type Fate = Disposition | Readonly<{ kind: 'failed-over'; to: string }>;
type Fates = ReadonlyMap<string, Fate>;

/**
 * Puts news in line for a channel, and tells it what is due there. Answers the fate of each item, by key,
 * and of others that left the line for another channel.
 */
export const serveChannel =
  (ports: NotifyPorts, until: Instant) =>
  async (channel: Channel, items: readonly Waiting[]): Promise<Served> => {
    try {
      return await serve({ ports, until }, channel, items);
    } catch (thrown) {
      const retry = { kind: 'retry', error: asError(thrown) } as const;
      return { fates: new Map(items.map(({ key }) => [key, retry])), failedOver: [] };
    }
  };

/** `failedOver` is what another channel must take now, whether it came just now or was in line. */
export type Served = Readonly<{ fates: Fates; failedOver: readonly Destination[] }>;

/** `until` when a new message may be begun. */
type Shift = Readonly<{ ports: NotifyPorts; until: Instant }>;

const serve = async (
  { ports, until }: Shift,
  channel: Channel,
  items: readonly Waiting[],
): Promise<Served> => {
  const { outbox, now } = ports;
  const over = await outbox.enlist(channel.name, items);
  const known = items.flatMap((item) => fateFrom(item, over.get(item.key)));
  const open = items.filter(({ key }) => !over.has(key));
  const isIdle = open.length === 0 && (items.length > 0 || (await outbox.isEmpty(channel.name)));
  if (isIdle) return servedWith(known, []);

  const line = await outbox.open(channel.name, now());
  if (line === undefined) {
    return servedWith([...known, ...open.map((item) => ({ item, fate: isTaken(channel) }))], []);
  }

  const drained = await drainAndLetGo({ ports, until }, channel, line);
  const waits = waitsIn(drained.situation, now());
  const left = open.map((item) => ({ item, fate: fateIn(drained, item, waits.get(item.key)) }));
  return servedWith([...known, ...left], drained.failedOver);
};

/** A lease that cannot be released keeps others away for a minute, and no longer. */
const drainAndLetGo = async (
  { ports, until }: Shift,
  channel: Channel,
  line: ChannelQueue,
): Promise<Drained> => {
  try {
    return await drain(ports, until)(channel, line);
  } finally {
    await ports.outbox.close(line).catch(() => undefined);
  }
};

type Fated = Readonly<{ item: Waiting; fate: Fate }>;

const servedWith = (fated: readonly Fated[], gone: readonly Waiting[]): Served => ({
  fates: new Map(fated.map(({ item, fate }) => [item.key, fate])),
  failedOver: [
    ...fated.flatMap(({ item, fate }) =>
      fate.kind === 'failed-over' ? [atFallback(item, fate.to)] : [],
    ),
    ...gone.flatMap((item) => item.fallbacks.slice(0, 1).map((to) => atFallback(item, to))),
  ],
});

const fateFrom = (item: Waiting, ending: NoticeStatus | undefined): readonly Fated[] =>
  ending === undefined ? [] : [{ item, fate: fateOf(ending) }];

const fateOf = ({ kind, to }: NoticeStatus): Fate =>
  kind === 'failed-over' && to !== undefined ? { kind, to } : done;

/** Somebody else speaks there, who may have looked at the line before this came. */
const isTaken = ({ name }: Channel): Disposition => ({
  kind: 'retry',
  afterSeconds: 5,
  isExpected: true,
  error: new Error(`somebody else is speaking on ${name}`),
});

/** An item without a wait is held on purpose: it is safe in the line, and a later flush tells it. */
const fateIn = (
  { endings, trouble }: Drained,
  { key }: Waiting,
  waitMs: number | undefined,
): Fate => {
  const ending = endings.get(key);
  if (ending) return fateOf(ending);
  if (waitMs === undefined) return done;

  const afterSeconds = Math.max(1, Math.ceil(waitMs / SECOND_MS));
  return trouble === undefined
    ? { kind: 'retry', afterSeconds, isExpected: true, error: new Error(NOT_YET) }
    : { kind: 'retry', afterSeconds, error: trouble };
};

const NOT_YET = 'it is not its turn yet';
