import { CLOCK_AHEAD_MS, type Instant, SECOND_MS } from '#domain/time/instant.ts';
import { backoffSeconds } from './backoff.ts';
import type { Head, HealHead, Probation, ScaleHead } from './head.ts';
import type { MetricDelay } from './metric-delay.ts';
import type { StandbyMemory } from './standby-memory.ts';

/** A head whose times of the past lie in the past. */
export type Repaired<H extends Head> = Readonly<{
  head: H;
  /** Set when a time was so far ahead that a clock must have been wrong: the head is written anew. */
  isRepaired: boolean;
}>;

/**
 * Moves times of the past that lie ahead of `now` back to it. An invocation whose clock is a day ahead
 * would else stop a group for a day: its cooldown, its plan in flight and its windows count from there.
 * A time that is moved back by more than clocks differ must be stored, so that it ages from now on. The decision
 * in flight and the news are left as they are: their times are part of their names.
 */
export const withPastTimes = <H extends Head>(head: H, now: Instant): Repaired<H> => {
  const latest = Math.max(...timesIn(head));
  if (latest <= now) return { head, isRepaired: false };

  const repaired = 'wishes' in head ? repairScale(head, now) : repairHeal(head, now);
  return { head: repaired as H, isRepaired: latest > now + CLOCK_AHEAD_MS };
};

const timesIn = (head: Head): readonly Instant[] => [
  Number.NEGATIVE_INFINITY,
  ...defined([head.inFlight?.claimedAt]),
  ...('wishes' in head ? timesOfScaling(head) : timesOfHealing(head)),
];

const timesOfScaling = (head: ScaleHead): readonly Instant[] =>
  defined([
    head.lastScaleOut?.at,
    head.lastScaleIn?.at,
    ...head.changes.map(({ at }) => at),
    ...head.wishes.map(({ at }) => at),
    head.foreign?.at,
    head.missingSince,
    head.stuckTold,
    ...(head.prepared ?? []).map(({ at }) => at),
    head.lastPool?.at,
    head.poolRefused?.at,
    ...Object.values(head.pendingSince ?? {}),
    ...Object.values(head.delays ?? {}).flatMap(({ missed, lateAt }) => [missed?.at, lateAt]),
    head.standby?.impaired?.since,
    head.standby?.impaired?.at,
    head.standby?.raised?.since,
    head.standby?.raised?.wellAt,
    head.flapping?.at,
    head.flapping?.since,
    ...(head.flapping?.reversals ?? []),
  ]);

/** Of what ends in the future the begin is meant. */
const timesOfHealing = (head: HealHead): readonly Instant[] =>
  defined([
    ...Object.values(head.sightings),
    ...head.removals,
    ...Object.values(head.probations).flatMap((each) => [
      each.until - longestMs(each),
      each.returnedAt,
    ]),
    head.quarantined?.since,
    head.waitingSince,
  ]);

const defined = (times: readonly (Instant | undefined)[]): readonly Instant[] =>
  times.filter((time) => time !== undefined);

const repairBase = <H extends Head>(head: H, now: Instant): H =>
  head.inFlight === undefined
    ? head
    : {
        ...head,
        inFlight: { ...head.inFlight, claimedAt: Math.min(head.inFlight.claimedAt, now) },
      };

const repairScale = (head: ScaleHead, now: Instant): ScaleHead => {
  const { lastScaleOut, lastScaleIn, foreign, missingSince, flapping } = head;
  const { pendingSince, stuckTold, prepared, lastPool, poolRefused } = head;
  const past = <T extends Readonly<{ at: Instant }>>(each: T): T => ({
    ...each,
    at: Math.min(each.at, now),
  });
  return {
    ...repairBase(head, now),
    ...(lastScaleOut && { lastScaleOut: past(lastScaleOut) }),
    ...(lastScaleIn && { lastScaleIn: past(lastScaleIn) }),
    changes: head.changes.map(past),
    wishes: head.wishes.map(past),
    ...(foreign && { foreign: past(foreign) }),
    ...(missingSince !== undefined && { missingSince: Math.min(missingSince, now) }),
    ...(pendingSince && { pendingSince: mapValues(pendingSince, (at) => Math.min(at, now)) }),
    ...(stuckTold !== undefined && { stuckTold: Math.min(stuckTold, now) }),
    ...(prepared && { prepared: prepared.map(past) }),
    ...(lastPool && { lastPool: past(lastPool) }),
    ...(poolRefused && { poolRefused: past(poolRefused) }),
    ...repairDelays(head, now),
    ...repairStandby(head, now),
    ...(flapping && { flapping: repairFlapping(past(flapping), now) }),
  };
};

const repairDelays = ({ delays }: ScaleHead, now: Instant): Pick<ScaleHead, 'delays'> =>
  delays === undefined ? {} : { delays: mapValues(delays, (each) => repairDelay(each, now)) };

const repairStandby = ({ standby }: ScaleHead, now: Instant): Pick<ScaleHead, 'standby'> =>
  standby === undefined ? {} : { standby: repairMemory(standby, now) };

const repairMemory = (
  { impaired, raised, ...known }: StandbyMemory,
  now: Instant,
): StandbyMemory => ({
  ...known,
  ...(impaired && {
    impaired: {
      ...impaired,
      since: Math.min(impaired.since, now),
      at: Math.min(impaired.at, now),
    },
  }),
  ...(raised && {
    raised: {
      ...raised,
      since: Math.min(raised.since, now),
      ...(raised.wellAt !== undefined && { wellAt: Math.min(raised.wellAt, now) }),
    },
  }),
});

/** A period that was missed ahead of now is not known any more. */
const repairDelay = ({ missed, lateAt, ...known }: MetricDelay, now: Instant): MetricDelay => ({
  ...known,
  ...(missed !== undefined && missed.at <= now && { missed }),
  ...(lateAt !== undefined && { lateAt: Math.min(lateAt, now) }),
});

const repairFlapping = (
  flapping: NonNullable<ScaleHead['flapping']>,
  now: Instant,
): NonNullable<ScaleHead['flapping']> => ({
  ...flapping,
  reversals: flapping.reversals.map((at) => Math.min(at, now)),
  ...(flapping.since !== undefined && { since: Math.min(flapping.since, now) }),
});

const repairHeal = (head: HealHead, now: Instant): HealHead => {
  const { quarantined, waitingSince } = head;
  return {
    ...repairBase(head, now),
    sightings: mapValues(head.sightings, (at) => Math.min(at, now)),
    removals: head.removals.map((at) => Math.min(at, now)),
    probations: mapValues(head.probations, (each) => ({
      ...each,
      until: Math.min(each.until, now + longestMs(each)),
      ...(each.returnedAt !== undefined && { returnedAt: Math.min(each.returnedAt, now) }),
    })),
    ...(quarantined && { quarantined: begunBy(quarantined, now) }),
    ...(waitingSince !== undefined && { waitingSince: Math.min(waitingSince, now) }),
  };
};

/** It lasts as long as it was meant to. */
const begunBy = <T extends Readonly<{ since: Instant; until: Instant }>>(
  each: T,
  now: Instant,
): T => {
  const ahead = Math.max(0, each.since - now);
  return { ...each, since: each.since - ahead, until: each.until - ahead };
};

/** Computes how far ahead the end of a probation may be set: as long as it lasts, or as it was put off. */
const longestMs = ({ seconds, refusals }: Probation): number =>
  Math.max(seconds, refusals === undefined ? 0 : backoffSeconds(refusals - 1)) * SECOND_MS;

const mapValues = <T>(
  values: Readonly<Record<string, T>>,
  change: (value: T) => T,
): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
