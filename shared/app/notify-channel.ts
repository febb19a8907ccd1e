import type { Channel } from '../domain/configuration.ts';
import { type Disposition, done } from '../domain/disposition.ts';
import { SECOND_MS } from '../domain/instant.ts';
import type { News } from '../domain/news.ts';
import { notifyOnce } from './notify-once.ts';
import type { NotifyPorts } from './notify-ports.ts';

/**
 * Tells one channel all that it is to be told, one after the other, as Slack's rate limit wants it.
 * The answer has an entry for every place, also for the empty ones.
 */
export const notifyChannel =
  (ports: NotifyPorts) =>
  async (
    channel: Channel,
    places: readonly (News | undefined)[],
  ): Promise<readonly Disposition[]> => {
    const tell = tellWhileUp(ports, channel);
    const dispositions: Disposition[] = [];
    for (const news of places) {
      dispositions.push(news === undefined ? done : await tell(news));
    }

    return dispositions;
  };

/** Leaves time for a last message that is slow, within the function's 30 s. */
const BUDGET_MS = 12 * SECOND_MS;

/**
 * A channel that fails is not bothered with the rest: that would meet the same failure, and take the
 * time that the function has.
 */
const tellWhileUp = (ports: NotifyPorts, channel: Channel) => {
  const tell = notifyOnce(ports);
  const until = ports.now() + BUDGET_MS;
  let rest: Disposition | undefined;

  return async (news: News): Promise<Disposition> => {
    if (rest !== undefined) return rest;

    const { disposition, isChannelUp } = await tell(channel, news);
    if (!isChannelUp || ports.now() >= until) rest = untried(channel, disposition);
    return disposition;
  };
};

/** The rest waits as long as the channel asked for. */
const untried = ({ name }: Channel, last: Disposition): Disposition => ({
  kind: 'retry',
  error: new Error(`the channel ${name} failed or was slow before this message was tried`),
  ...(last.kind === 'retry' && last.afterSeconds !== undefined
    ? { afterSeconds: last.afterSeconds }
    : {}),
});
