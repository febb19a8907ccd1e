import type { Metric } from '#domain/configuration/metric.ts';
import { settleSeconds } from '#domain/configuration/reading-window.ts';
import type { MetricDelay } from '#domain/ledger/metric-delay.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';

/** The newest whole period of a metric that a look found, by its begin. */
export type PeriodSeen = Readonly<{ metric: Metric; newest: Instant; now: Instant }>;

/**
 * Learns a metric's delay from one look. The look bounds it from both sides: the newest period was there at its age, and
 * the one after it was not at its own. The first looks halve what lies between until it is known to five seconds; from
 * then on nothing changes unless
 * - two periods within ten minutes come later than they were due: once is an accident, and a period that never comes is a
 *   gap in the data and no delay; or
 * - a period that was asked for sooner, as one in twenty is, was there.
 *
 * The same delay is returned when nothing was learned. Nothing is learned from a period that is older than CloudWatch is
 * ever late.
 */
export const learnDelay = (
  before: MetricDelay | undefined,
  seen: PeriodSeen,
): MetricDelay | undefined => {
  const { metric, newest } = seen;
  const least = settleSeconds(metric);
  const thereAt = Math.max(least, Math.ceil(ageOf(seen, newest)));
  const absentAt = Math.floor(ageOf(seen, next(seen)));
  if (thereAt > latest(metric)) return before;
  if (before === undefined) return { absentAt: Math.max(least, absentAt), thereAt };
  if (before.missed?.at === newest) return cameLate(before, before.missed.age, seen);
  if (absentAt >= before.thereAt) return missing(before, { at: next(seen), age: absentAt });

  const isShorter = isTrial(metric, before, newest) && thereAt <= before.absentAt;
  if (isShorter) return { ...before, absentAt: least, thereAt };
  return isSettled(before) ? before : narrowed(before, { absentAt, thereAt });
};

/** The seconds from the end of a period until now. */
const ageOf = ({ metric, now }: PeriodSeen, begin: Instant): number =>
  (now - begin) / SECOND_MS - metric.periodSeconds;

const next = ({ metric, newest }: PeriodSeen): Instant => newest + metric.periodSeconds * SECOND_MS;

/** CloudWatch is up to three minutes late; between two looks a period gets older by itself. */
const latest = (metric: Metric): number => settleSeconds(metric) + 180 + metric.periodSeconds;

const missing = (before: MetricDelay, missed: NonNullable<MetricDelay['missed']>): MetricDelay =>
  before.missed?.at === missed.at && before.missed.age >= missed.age
    ? before
    : { ...before, missed };

/** A second period that came late within this time says that the delay has changed. */
const FORGIVEN_MS = 10 * MINUTE_MS;

const cameLate = (
  { missed: _missed, lateAt, ...known }: MetricDelay,
  absentAt: number,
  seen: PeriodSeen,
): MetricDelay => {
  const { now, newest } = seen;
  const isAccident = lateAt === undefined || now - lateAt >= FORGIVEN_MS;
  if (isAccident) return { ...known, lateAt: now };
  return { absentAt, thereAt: Math.max(absentAt, Math.ceil(ageOf(seen, newest))) };
};

const narrowed = (
  before: MetricDelay,
  { absentAt, thereAt }: Pick<MetricDelay, 'absentAt' | 'thereAt'>,
): MetricDelay => {
  const isLater = absentAt > before.absentAt;
  const isSooner = thereAt > before.absentAt && thereAt < before.thereAt;
  if (!isLater && !isSooner) return before;
  return {
    ...before,
    absentAt: Math.max(absentAt, before.absentAt),
    thereAt: isSooner ? Math.max(thereAt, absentAt) : before.thereAt,
  };
};

/** Five seconds are as near as a message that is held back needs to come. */
const NEAR_SECONDS = 5;

/** True when the delay is known as closely as it needs to be. */
export const isSettled = ({ absentAt, thereAt }: MetricDelay): boolean =>
  thereAt - absentAt <= NEAR_SECONDS;

/** One period in twenty is asked for sooner than the delay says, by so much, in case that it has become shorter. */
const TRIAL_EVERY = 20;
const TRIAL_SECONDS = 15;

/** True for a period that is asked for sooner than it is due; of a delay that cannot be shorter there is none. */
export const isTrial = (metric: Metric, { absentAt }: MetricDelay, begin: Instant): boolean =>
  absentAt > settleSeconds(metric) &&
  Math.floor(begin / (metric.periodSeconds * SECOND_MS)) % TRIAL_EVERY === 0;

/**
 * The age at which a period is asked for, in whole seconds from its end: as soon as it should be there, half-way into what
 * is not known while the delay is being learned, and some seconds sooner for one period in twenty.
 */
export const askedAtAge = (metric: Metric, delay: MetricDelay, begin: Instant): number => {
  const { absentAt, thereAt } = delay;
  if (isTrial(metric, delay, begin)) {
    return Math.max(settleSeconds(metric), absentAt - TRIAL_SECONDS);
  }
  return isSettled(delay) ? thereAt : Math.ceil((absentAt + thereAt) / 2);
};
