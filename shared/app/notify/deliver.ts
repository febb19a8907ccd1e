import { asError } from '#domain/basics/as-error.ts';
import type { Channel } from '#domain/configuration/channel.ts';
import { afterAttempt, type ChannelState } from '#domain/notify/channel-state.ts';
import type { Message } from '#domain/notify/message.ts';
import { referenceOf } from '#domain/notify/news.ts';
import { isCounted } from '#domain/notify/next-dispatch.ts';
import {
  type Delivery,
  type EndedNotice,
  mayRepeat,
  type NoticeStatus,
  type Waiting,
} from '#domain/notify/notice.ts';
import { withKnownAlarms } from '#domain/notify/open-incidents.ts';
import type { Thread } from '#domain/notify/thread.ts';
import { type Batch, type BatchResult, lostLease } from './batch.ts';
import { composeMessage } from './compose-message.ts';
import type { NotifyPorts } from './ports.ts';
import { narrowToThread, threadFor, threadWrite } from './threads.ts';

/** Sends one message about the given items. The intent is written down before. */
export const deliver = async (ports: NotifyPorts, given: Batch): Promise<BatchResult> => {
  const batch = await narrowToThread(ports, given);
  const { channel, lease, state, items } = batch;
  const message = await composeMessage(ports, batch);
  const thread = await threadFor(ports, batch, message);
  const sending = items.map(({ key }) => key);
  if (!(await ports.outbox.save(lease, { ...state, sending }))) throw lostLease(channel);

  const delivery = await send(ports, batch, { message, thread });
  const now = ports.now();
  const tried = afterAttempt(state, { delivery, isCounted: isCounted(channel, items), now });
  const ended = items.flatMap((item) => endingsOf(channel, item, delivery));
  const next = withKnownAlarms(tried, ended);
  await tellOfHealth(ports, batch, next);

  noteAll(ports, batch, delivery);
  const said = threadWrite({ message, thread, delivery, now }, channel);
  const isKept = await ports.outbox
    .commit(lease, { state: next, ended, at: now, ...said })
    .catch(() => false);
  const trouble = troubleIn(batch, { delivery, next, isKept });
  if (trouble === undefined) return { state: next, ended };

  // A message that was sent is done even if that could not be written down: trying again would send it twice.
  return { state: next, ended: isKept || delivery.kind === 'sent' ? ended : [], trouble };
};

/** The reason for which the channel is given up for now, if it is. */
const troubleIn = (
  { channel: { name } }: Batch,
  { delivery, next, isKept }: Readonly<{ delivery: Delivery; next: ChannelState; isKept: boolean }>,
): Error | undefined => {
  const isDoubted = delivery.kind === 'broken' && next.broken === undefined;
  if (delivery.kind === 'failed' || delivery.kind === 'unclear' || isDoubted) {
    return new Error(`the channel ${name} did not take the message: ${delivery.detail}`);
  }
  return isKept ? undefined : new Error(`what became of ${name} could not be written down`);
};

/** A composed message, and the thread that it goes on with. */
type Composed = Readonly<{ message: Message; thread: Thread | undefined }>;

/** A channel answers and does not throw; if it does, nobody knows how far it got. */
const send = async (
  ports: NotifyPorts,
  { channel }: Batch,
  { message, thread }: Composed,
): Promise<Delivery> => {
  try {
    return await (thread ? ports.send(channel, message, thread) : ports.send(channel, message));
  } catch (thrown) {
    return { kind: 'unclear', detail: asError(thrown).message };
  }
};

/** Only what has ended: what failed stays in the queue, as does what is urgent and perhaps arrived. */
const endingsOf = (channel: Channel, item: Waiting, { kind }: Delivery): readonly EndedNotice[] => {
  const isOpen = kind !== 'unclear' || mayRepeat(channel, item);
  const ending = isOpen ? ENDINGS.get(kind) : UNCERTAIN;
  return ending === undefined ? [] : [{ item, ending }];
};

const UNCERTAIN: NoticeStatus = { kind: 'uncertain' };
const ENDINGS: ReadonlyMap<Delivery['kind'], NoticeStatus> = new Map([
  ['sent', { kind: 'sent' }],
  ['refused', { kind: 'refused' }],
]);

const noteAll = ({ note }: NotifyPorts, { channel, items }: Batch, delivery: Delivery): void => {
  const detail = 'detail' in delivery ? delivery.detail : gatheredIn(items);
  for (const item of items) {
    const [end] = endingsOf(channel, item, delivery);
    const ending = end?.ending.kind ?? 'postponed';
    note({
      kind: 'notice',
      ending,
      reference: referenceOf(item.news),
      channel: channel.name,
      detail,
    });
  }
};

const gatheredIn = ({ length }: readonly Waiting[]): string =>
  length === 1 ? '' : `in one message of ${length}`;

/** A channel that breaks, or works again, is news itself, and told on another one. */
const tellOfHealth = async (
  { note, retell, now }: NotifyPorts,
  { channel, state }: Batch,
  next: ChannelState,
): Promise<void> => {
  const isBroken = next.broken !== undefined;
  if (isBroken === (state.broken !== undefined)) return;

  const detail = next.broken?.detail ?? `${state.broken?.leftOut ?? 0} messages were dropped`;
  note({ kind: 'channel', channel: channel.name, isBroken, detail });
  const news = { kind: 'channel', channel: channel.name, isBroken, detail, at: now() } as const;
  await retell(news).catch((thrown) => {
    // Nothing was sent yet, so that all this is done again; but what was sent must not be.
    if (isBroken) throw thrown;
  });
};
