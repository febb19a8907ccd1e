import type { Channel } from '#domain/configuration/channel.ts';
import type { ChannelQueue } from '#domain/notify/channel-queue.ts';
import type { Situation } from '#domain/notify/held-until.ts';
import { referenceOf } from '#domain/notify/news.ts';
import { type Dispatch, nextDispatch } from '#domain/notify/next-dispatch.ts';
import { type EndedNotice, mayRepeat, type NoticeStatus } from '#domain/notify/notice.ts';
import { needlessIn, withKnownAlarms } from '#domain/notify/open-incidents.ts';
import type { Instant } from '#domain/time/instant.ts';
import { type BatchResult, lostLease } from './batch.ts';
import { deliver } from './deliver.ts';
import { failOver } from './fail-over.ts';
import type { NotifyPorts } from './ports.ts';

/** The result of draining a queue: how the channel stands, and all that has ended. */
export type DrainResult = Readonly<{
  situation: Situation;
  ended: readonly EndedNotice[];
  /** The reason for which the channel was given up for now. */
  trouble?: Error;
}>;

/** Tells a channel what is due, one after the other, until there is nothing left or it must rest. */
export const drain =
  (ports: NotifyPorts, until: Instant) =>
  async (channel: Channel, queue: ChannelQueue): Promise<DrainResult> => {
    let drained = await begin(ports, channel, queue);
    while (drained.trouble === undefined && ports.now() < until) {
      const dispatch = nextDispatch(drained.situation, ports.now());
      if (dispatch.kind === 'wait') break;

      const told = after(drained, await take(ports, { channel, queue, drained }, dispatch));
      drained = await leaveOutNeedless(ports, { channel, queue, drained: told });
    }
    return drained;
  };

type Round = Readonly<{ channel: Channel; queue: ChannelQueue; drained: DrainResult }>;

const take = (
  ports: NotifyPorts,
  { channel, queue, drained }: Round,
  dispatch: Exclude<Dispatch, { kind: 'wait' }>,
): Promise<BatchResult> => {
  const batch = { channel, lease: queue, state: drained.situation.state, items: dispatch.items };
  return dispatch.kind === 'send' ? deliver(ports, batch) : failOver(ports, batch);
};

/** News that was told just now may have made other news needless: an alarm whose end a digest told fires no more. */
const leaveOutNeedless = async (
  ports: NotifyPorts,
  { channel, queue, drained }: Round,
): Promise<DrainResult> => {
  const { state, waiting } = drained.situation;
  if (drained.trouble !== undefined) return drained;
  const ended = needlessIn(state, waiting).map((item) => ({ item, ending: NEEDLESS }));
  return commitEnded(ports, { channel, queue, drained }, { state, ended });
};

const begin = async (
  ports: NotifyPorts,
  channel: Channel,
  queue: ChannelQueue,
): Promise<DrainResult> => {
  const situation = { channel, ...pick(queue), ...quietness(ports, channel) };
  const untouched = { situation, ended: [] };
  // An earlier invocation set out to send these and may have done so; twice would be worse than not at all.
  const vanished = queue.waiting.filter(
    (item) => queue.state.sending.includes(item.key) && !mayRepeat(channel, item),
  );
  const uncertain = vanished.map((item) => ({ item, ending: UNCERTAIN }));
  const state = { ...queue.state, sending: vanished.length === 0 ? queue.state.sending : [] };
  // An end that was perhaps told makes it needless to tell of what fired before it.
  const needless = needlessIn(
    withKnownAlarms(state, uncertain),
    queue.waiting.filter((item) => !vanished.includes(item)),
  ).map((item) => ({ item, ending: NEEDLESS }));
  const ended = [...uncertain, ...needless];
  return commitEnded(ports, { channel, queue, drained: untouched }, { state, ended });
};

/** Writes down and says what ends without being told; nothing is written when nothing does. */
const commitEnded = async (
  ports: NotifyPorts,
  { channel, queue, drained }: Round,
  { state: before, ended }: BatchResult,
): Promise<DrainResult> => {
  if (ended.length === 0) return drained;

  const state = withKnownAlarms(before, ended);
  if (!(await ports.outbox.commit(queue, { state, ended, at: ports.now() })))
    throw lostLease(channel);
  for (const { item, ending } of ended) {
    ports.note({
      kind: 'notice',
      ending: ending.kind,
      reference: referenceOf(item.news),
      channel: channel.name,
      detail: ending === UNCERTAIN ? VANISHED : UNHEARD,
    });
  }
  return after(drained, { state, ended });
};

const UNCERTAIN: NoticeStatus = { kind: 'uncertain' };
const VANISHED = 'an earlier invocation set out to send it and did not say how it ended';
const NEEDLESS: NoticeStatus = { kind: 'needless' };
const UNHEARD = 'nothing was told of the alarm that this would end, or its end was told before';

const pick = ({ state, waiting }: ChannelQueue) => ({ state, waiting });

const quietness = (
  { openingOf, now }: NotifyPorts,
  { quiet }: Channel,
): Readonly<{ quietUntil?: Instant }> => {
  if (quiet === undefined) return {};
  const { isOpen, changesAt } = openingOf(quiet, now());
  return isOpen && changesAt !== undefined ? { quietUntil: changesAt } : {};
};

const after = (drained: DrainResult, { state, ended, trouble }: BatchResult): DrainResult => {
  const keys = new Set(ended.map(({ item }) => item.key));
  const { situation } = drained;
  return {
    situation: {
      ...situation,
      state,
      waiting: situation.waiting.filter(({ key }) => !keys.has(key)),
    },
    ended: [...drained.ended, ...ended],
    ...(trouble === undefined ? {} : { trouble }),
  };
};
