import { asError } from '../domain/as-error.ts';
import { type Allowance, allowanceOf } from '../domain/budget.ts';
import type { Channel } from '../domain/configuration.ts';
import { describeNews } from '../domain/describe-news.ts';
import { type Disposition, done } from '../domain/disposition.ts';
import { SECOND_MS } from '../domain/instant.ts';
import { isUrgent, keyOfNews, type News, referenceOf } from '../domain/news.ts';
import type { Claim, Delivery, Notice, Withheld } from '../domain/notice.ts';
import { conclude } from './notice-conclusion.ts';
import type { NotifyPorts } from './notify-ports.ts';

/** How it went: what becomes of the message, and whether the channel can take another. */
export type Told = Readonly<{ disposition: Disposition; isChannelUp: boolean }>;

/**
 * Tells one channel one piece of news, at most once where the outcome is known. The claim is written
 * before the message is sent, so that a crash in between leaves a trace.
 */
export const notifyOnce =
  (ports: NotifyPorts) =>
  async (channel: Channel, news: News): Promise<Told> => {
    const task = { channel, news, notice: { news: keyOfNews(news), channel: channel.name } };
    try {
      return await follow(ports, task, await ports.notices.claim(task.notice, ports.now()));
    } catch (thrown) {
      return { disposition: { kind: 'retry', error: asError(thrown) }, isChannelUp: false };
    }
  };

type Task = Readonly<{ channel: Channel; news: News; notice: Notice }>;

const follow = async (ports: NotifyPorts, task: Task, claim: Claim): Promise<Told> => {
  switch (claim.kind) {
    case 'ours':
      return deliver(ports, task, claim.token);
    case 'taken':
      return inherit(ports, task, claim);
    case 'waiting':
      return later(task, claim.until - ports.now());
    case 'closed':
      return { disposition: done, isChannelUp: true };
  }
};

/** Twice the function's timeout: a holder who has not said how it ended by then is gone. */
const HELD_MS = 60 * SECOND_MS;

/** Somebody set out to tell. Whoever vanished may have told already. */
const inherit = async (
  ports: NotifyPorts,
  task: Task,
  { token, since }: Extract<Claim, { kind: 'taken' }>,
): Promise<Told> => {
  const age = ports.now() - since;
  if (age < HELD_MS) return later(task, HELD_MS - age);
  if (!isUrgent(task.news)) {
    const delivery = { kind: 'unclear', detail: VANISHED } as const;
    return { ...(await finish(ports, task, { token, delivery })), isChannelUp: true };
  }

  const claim = await ports.notices.takeOver(task.notice, token, ports.now());
  return claim.kind === 'ours' ? deliver(ports, task, claim.token) : later(task, HELD_MS);
};

const VANISHED = 'an earlier invocation set out to send it and did not say how it ended';

const deliver = async (ports: NotifyPorts, task: Task, token: string): Promise<Told> => {
  const allowance = await allow(ports, task);
  if (allowance.kind === 'spent') {
    return finish(ports, task, { token, delivery: { kind: 'withheld', detail: allowance.detail } });
  }

  const delivery = await send(ports, task, allowance.postscript);
  if (delivery.kind === 'failed') await giveBack(ports, task);
  return finish(ports, task, { token, delivery });
};

/** What is urgent always goes out; when nobody can count, everything does. */
const allow = async (
  { budgets, now }: NotifyPorts,
  { channel, news }: Task,
): Promise<Allowance> => {
  if (!isCounted(channel, news)) return { kind: 'within' };
  try {
    return allowanceOf(channel, await budgets.spend(channel.name, now()), now());
  } catch {
    return { kind: 'within' };
  }
};

const giveBack = async ({ budgets, now }: NotifyPorts, { channel, news }: Task): Promise<void> => {
  if (!isCounted(channel, news)) return;
  // A budget that is one too small in an hour of trouble harms nobody.
  await budgets.giveBack(channel.name, now()).catch(() => undefined);
};

const isCounted = ({ perHour }: Channel, news: News): boolean =>
  perHour !== undefined && !isUrgent(news);

/** A channel answers and does not throw; if it does, nobody knows how far it got. */
const send = async (
  { send }: NotifyPorts,
  { channel, news }: Task,
  postscript?: string,
): Promise<Delivery> => {
  const message = describeNews(news);
  const text = [message.text, ...(postscript === undefined ? [] : [postscript])].join('\n\n');
  try {
    return await send(channel, { ...message, text });
  } catch (thrown) {
    return { kind: 'unclear', detail: asError(thrown).message };
  }
};

type Ended = Readonly<{ token: string; delivery: Delivery | Withheld }>;

const finish = async (
  { notices, note, now }: NotifyPorts,
  { channel, news, notice }: Task,
  { token, delivery }: Ended,
): Promise<Told> => {
  const { ending, noted, disposition } = conclude(delivery, {
    ...{ channel: channel.name, isUrgent: isUrgent(news), now: now() },
  });
  note({ kind: 'notice', reference: referenceOf(news), channel: channel.name, ...noted });
  const isChannelUp = UP.includes(delivery.kind);
  try {
    await notices.end(notice, token, ending);
  } catch (thrown) {
    // What was sent is done: trying again could only send it twice.
    if (delivery.kind !== 'sent') throw thrown;
  }
  return { disposition, isChannelUp };
};

/** What leaves the channel able to take another. */
const UP: readonly string[] = ['sent', 'refused', 'withheld'];

const later = ({ channel, news }: Task, waitMs: number): Told => ({
  disposition: {
    kind: 'retry',
    error: new Error(`${referenceOf(news)} cannot be sent to ${channel.name} yet`),
    afterSeconds: Math.max(1, Math.ceil(waitMs / SECOND_MS)),
  },
  isChannelUp: true,
});
