import { asError } from '#domain/basics/as-error.ts';
import type { Channel } from '#domain/configuration/channel.ts';
import { afterAttempt, type ChannelState } from '#domain/notify/channel-state.ts';
import type { Message } from '#domain/notify/message.ts';
import { referenceOf } from '#domain/notify/news.ts';
import { isCounted } from '#domain/notify/next-dispatch.ts';
import { type Delivery, type Ending, mayRepeat, type Waiting } from '#domain/notify/notice.ts';
import { withKnownAlarms } from '#domain/notify/open-incidents.ts';
import type { Talk } from '#domain/notify/thread.ts';
import { lostTo, type Turn, type Turned } from './batch.ts';
import { messageOf } from './compose-message.ts';
import type { NotifyPorts } from './ports.ts';
import { narrowed, talkIn, talkOn } from './threads.ts';

/** Sends one message about the given items. That it is set out to is written down before. */
export const speak = async (ports: NotifyPorts, given: Turn): Promise<Turned> => {
  const turn = await narrowed(ports, given);
  const { channel, line, state, items } = turn;
  const message = await messageOf(ports, turn);
  const talk = await talkOn(ports, turn, message);
  const inAir = items.map(({ key }) => key);
  if (!(await ports.outbox.save(line, { ...state, inAir }))) throw lostTo(channel);

  const delivery = await send(ports, turn, { message, talk });
  const now = ports.now();
  const tried = afterAttempt(state, { delivery, isCounted: isCounted(channel, items), now });
  const ended = items.flatMap((item) => endingsOf(channel, item, delivery));
  const next = withKnownAlarms(tried, ended);
  await tellOfHealth(ports, turn, next);

  noteAll(ports, turn, delivery);
  const said = talkIn({ message, talk, delivery, now }, channel);
  const isKept = await ports.outbox
    .conclude(line, { state: next, ended, at: now, ...said })
    .catch(() => false);
  const trouble = troubleIn(turn, { delivery, next, isKept });
  if (trouble === undefined) return { state: next, ended };

  // What was sent is done even if that could not be written down: trying again would send it twice.
  return { state: next, ended: isKept || delivery.kind === 'sent' ? ended : [], trouble };
};

/** Why the channel is given up for now, if it is. */
const troubleIn = (
  { channel: { name } }: Turn,
  { delivery, next, isKept }: Readonly<{ delivery: Delivery; next: ChannelState; isKept: boolean }>,
): Error | undefined => {
  const isDoubted = delivery.kind === 'broken' && next.broken === undefined;
  if (delivery.kind === 'failed' || delivery.kind === 'unclear' || isDoubted) {
    return new Error(`the channel ${name} did not take the message: ${delivery.detail}`);
  }
  return isKept ? undefined : new Error(`what became of ${name} could not be written down`);
};

type Words = Readonly<{ message: Message; talk: Talk | undefined }>;

/** A channel answers and does not throw; if it does, nobody knows how far it got. */
const send = async (
  ports: NotifyPorts,
  { channel }: Turn,
  { message, talk }: Words,
): Promise<Delivery> => {
  try {
    return await (talk ? ports.send(channel, message, talk) : ports.send(channel, message));
  } catch (thrown) {
    return { kind: 'unclear', detail: asError(thrown).message };
  }
};

/** Only what has ended: what failed stays in line, as does what is urgent and perhaps arrived. */
const endingsOf = (channel: Channel, item: Waiting, { kind }: Delivery): Turned['ended'] => {
  const isOpen = kind !== 'unclear' || mayRepeat(channel, item);
  const ending = isOpen ? ENDINGS.get(kind) : UNCERTAIN;
  return ending === undefined ? [] : [{ item, ending }];
};

const UNCERTAIN: Ending = { kind: 'uncertain' };
const ENDINGS: ReadonlyMap<Delivery['kind'], Ending> = new Map([
  ['sent', { kind: 'sent' }],
  ['refused', { kind: 'refused' }],
]);

const noteAll = ({ note }: NotifyPorts, { channel, items }: Turn, delivery: Delivery): void => {
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
  { channel, state }: Turn,
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
