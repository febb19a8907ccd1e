import { metricsRead } from '#domain/capacity/next-delays.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { Metric } from '#domain/configuration/metric.ts';
import type { MetricDelay, MetricDelays } from '#domain/ledger/metric-delay.ts';
import { askedAtAge, isSettled, isTrial } from '#domain/observed/learn-delay.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';

export type DueWorld = Readonly<{
  group: Group;
  /** The delays that looks have learned. */
  delays: MetricDelays | undefined;
  now: Instant;
}>;

/**
 * The seconds, 1 to 59, until the one further look of the minute at a group that is asked when its values are due; nothing
 * when it is worth none. Of the moments at which a new period should be there it takes the one that brings the
 * most: seconds of newer data, times the seconds until the sweep would have brought them. What a look of the sweep
 * itself brings within ten seconds needs no other, once the delays are known. A period that is asked for sooner, to see
 * whether a delay has become shorter, comes first.
 */
export const dueLook = ({ group, delays = {}, now }: DueWorld): number | undefined => {
  if (group.looksWhenDue === undefined) return undefined;
  const known = metricsRead(group).flatMap(({ name, metric }) => {
    const delay = delays[name];
    return delay === undefined ? [] : [comingPeriods(metric, delay, now)];
  });
  const worthOf = (moment: Instant): number =>
    known.reduce((sum, periods) => sum + newerSeconds(periods, moment, now), 0) *
    ((now + SWEEP_MS - moment) / SECOND_MS);

  const coming = known
    .flat()
    .filter(({ askedAt }) => askedAt > now + MARGIN_MS && askedAt < now + SWEEP_MS);
  const trials = coming.filter((period) => period.isTrial);
  const best = (trials.length > 0 ? trials : coming)
    .map(({ askedAt }) => ({ askedAt, worth: worthOf(askedAt) }))
    .reduce((most, each) => (each.worth > most.worth ? each : most), { askedAt: now, worth: 0 });

  const teaches = trials.length > 0 || Object.values(delays).some((delay) => !isSettled(delay));
  if (best.worth < (teaches ? 1 : LEAST_WORTH)) return undefined;
  return Math.min(MOST_SECONDS, Math.ceil((best.askedAt - now) / SECOND_MS));
};

const SWEEP_MS = 60 * SECOND_MS;
const MOST_SECONDS = 59;
/** A minute of newer data, ten seconds sooner. */
const LEAST_WORTH = 60 * 10;
/** A message needs a moment; a look that comes a hair too soon has come in vain. */
const MARGIN_MS = SECOND_MS;

/** A period, and the moment at which it is asked for. */
type ComingPeriod = Readonly<{ end: Instant; askedAt: Instant; isTrial: boolean }>;

/** The periods that may be the newest ones between now and the sweep after this one. */
const comingPeriods = (
  metric: Metric,
  delay: MetricDelay,
  now: Instant,
): readonly ComingPeriod[] => {
  const periodMs = metric.periodSeconds * SECOND_MS;
  const first = Math.floor((now - delay.thereAt * SECOND_MS - MARGIN_MS) / periodMs) - 1;
  const last = Math.floor((now + SWEEP_MS) / periodMs);
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const end = (first + index) * periodMs;
    const age = askedAtAge(metric, delay, end - periodMs);
    return {
      end,
      askedAt: end + age * SECOND_MS + MARGIN_MS,
      isTrial: isTrial(metric, delay, end - periodMs),
    };
  });
};

/** The seconds by which the newest period at that moment is newer than the one of now. */
const newerSeconds = (periods: readonly ComingPeriod[], moment: Instant, now: Instant): number => {
  const newestBy = (by: Instant): Instant =>
    Math.max(...periods.map(({ end, askedAt }) => (askedAt <= by ? end : 0)));
  // The look of the sweep that asks now comes a moment later, too.
  return (newestBy(moment) - newestBy(now + MARGIN_MS)) / SECOND_MS;
};
