import { type Channel, capabilitiesOf } from '#domain/configuration/channel.ts';
import { CLOCK_AHEAD_MS, type Instant, SECOND_MS } from '#domain/time/instant.ts';
import { type ChannelState, nextHourOf, PROBE_MS, sentInHour } from './channel-state.ts';
import { severityOf } from './incident.ts';
import { isUrgent } from './news.ts';
import type { Waiting } from './notice.ts';

/** All that decides what a channel is told next. */
export type Situation = Readonly<{
  channel: Pick<Channel, 'kind' | 'perHour'>;
  state: ChannelState;
  waiting: readonly Waiting[];
  /** The end of the quiet hours that the people there want; absent outside them. */
  quietUntil?: Instant;
}>;

/**
 * Tells until when each item is held back: what is not critical by quiet hours, and what is not urgent also by its
 * window, a spent budget and a broken channel. News of a channel that keeps incidents is no routine: neither a
 * window nor a broken channel holds it, and it comes back through the queue.
 */
export const heldUntil = ({ channel, quietUntil = 0, state }: Situation, now: Instant) => {
  const isSpent = channel.perHour !== undefined && sentInHour(state, now) >= channel.perHour;
  const spentUntil = isSpent ? nextHourOf(now) : 0;
  const brokenUntil = isGathering(channel) ? probeAt(state, now) : 0;

  return (item: Waiting): Instant => {
    const quiet = severityOf(item.news) === 'critical' ? 0 : quietUntil;
    if (isUrgent(item.news)) return quiet;
    // A clock that was ahead wrote when it came: its window cannot be known, and is over.
    const isAhead = item.since > now + CLOCK_AHEAD_MS;
    return Math.max(quiet, spentUntil, brokenUntil, isAhead ? 0 : windowEnd(item, channel));
  };
};

/** Windows are those of the clock: of ten minutes, they end at :10, :20 and so on. */
const windowEnd = ({ since, digestSeconds }: Waiting, channel: Situation['channel']): Instant => {
  if (digestSeconds === undefined || !isGathering(channel)) return 0;
  const length = digestSeconds * SECOND_MS;
  return (Math.floor(since / length) + 1) * length;
};

/** Broken, and not tried again yet. */
export const isCircuitOpen = ({ broken }: ChannelState, now: Instant): boolean =>
  broken !== undefined && now < broken.triedAt + PROBE_MS;

/** The time at which a broken channel is tried again; 0 when it may be tried now. */
export const probeAt = (state: ChannelState, now: Instant): Instant =>
  isCircuitOpen(state, now) && state.broken ? state.broken.triedAt + PROBE_MS : 0;

/** PagerDuty keeps incidents: it must hear of each end by itself. */
export const isGathering = (channel: Situation['channel']): boolean =>
  !capabilitiesOf(channel).keepsIncidents;
