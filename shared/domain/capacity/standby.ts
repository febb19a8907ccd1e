import { describePeer, type StandbySettings } from '#domain/configuration/standby.ts';
import type { ScaleHead } from '#domain/ledger/head.ts';
import type { RaisedMinimum, StandbyMemory } from '#domain/ledger/standby-memory.ts';
import type { SeenPeer } from '#domain/observed/peer.ts';
import { type Instant, secondsBetween } from '#domain/time/instant.ts';
import type { Observation } from './observation.ts';

/** An impairment counts once it has been seen at so many looks, over so long: a lost call raises nothing. */
const IMPAIRED_LOOKS = 3;
const IMPAIRED_SECONDS = 180;
/** A raised minimum stays for so long after the peer is well again, and then falls by a tenth each minute. */
const WELL_SECONDS = 600;
const TENTHS = 10;
const STEP_SECONDS = 60;
/** Looks that follow each other sooner count once: a storm of messages must not stand for minutes. */
const BETWEEN_LOOKS_SECONDS = 30;
/** Nobody knows how the peer was for longer than this between two looks. */
const LONGEST_GAP_SECONDS = 120;
/** Looks that are further apart are no spell: the group had left its fleet meanwhile, or nothing was deployed. */
const LONGEST_PAUSE_SECONDS = 300;

/** A minimum that a standby raises, and its name in sentences. */
export type StandbyMinimum = Readonly<{ name: string; min: number }>;

/**
 * The memory of the peer after this look; absent when the group stands in for none, or until its peer was seen well.
 * Which minimum holds follows from it alone, so a look at which the peer cannot be read never lowers the minimum.
 */
export const nextStandby = (observation: Observation): StandbyMemory | undefined => {
  const { group, peer, head, now } = observation;
  if (group.standby === undefined) return undefined;

  const of = describePeer(group.standby.of);
  const known = head.standby?.of === of ? head.standby : undefined;
  // Nobody asked: nothing is learned, and nothing forgotten.
  if (peer === undefined) return known;

  const memory = known ?? { of, whole: 0 };
  return isWell(peer, memory, group.standby)
    ? afterWell(memory, peer, now)
    : afterImpaired(memory, now);
};

/** The minimum that the standby asks for at this look; nothing while the peer is well. */
export const standbyMinimum = (observation: Observation): StandbyMinimum | undefined => {
  const memory = nextStandby(observation);
  const settings = observation.group.standby;
  if (memory?.raised === undefined || settings === undefined) return undefined;

  const left = (fullMinimum(memory, settings) * tenthsLeft(memory.raised)) / TENTHS;
  return { name: `the standby for ${memory.of}`, min: Math.ceil(left) };
};

/** The minimum while the peer is impaired, in units, before the group's own maximum. */
export const fullMinimum = (
  { whole }: Pick<StandbyMemory, 'whole'>,
  { minPercent }: StandbySettings,
): number => Math.ceil((whole * minPercent) / 100 - ROUNDING);

/** A share with digits after the point is no exact number: 100 of 1.1 % is 1.1, and a hair more. */
const ROUNDING = 1e-9;

/** True when a look changes what is remembered of the peer. */
export const isStandbyNews = (observation: Observation): boolean =>
  !isSame(nextStandby(observation), observation.head.standby);

type Readable = Extract<SeenPeer, { desired: number }>;

/**
 * A peer is well with its share in service of the smaller of what it wants and what it had: one that scales out has not
 * got everything yet, and one that scales in wants less. While nobody knows what it had, what it wants counts.
 */
const isWell = (
  peer: SeenPeer,
  { whole }: StandbyMemory,
  { minPercent }: StandbySettings,
): peer is Readable => {
  if (!('desired' in peer)) return false;
  const { desired, inService } = peer;
  const full = whole === 0 ? desired : Math.min(desired, whole);
  return inService * 100 >= full * minPercent;
};

const afterWell = (
  { impaired: _over, ...memory }: StandbyMemory,
  peer: Readable,
  now: Instant,
): StandbyMemory => {
  const { raised, ...known } = memory;
  if (raised === undefined) return { ...known, whole: wholeOf(memory, peer) };

  const next = afterWellLook(raised, now);
  return tenthsLeft(next) > 0
    ? { ...known, raised: next }
    : { ...known, whole: wholeOf(memory, peer) };
};

/** The most that it had at once, of what it still wants; a few that are away for a while make it no smaller. */
const wholeOf = ({ whole }: StandbyMemory, { desired, inService }: Readable): number =>
  Math.min(desired, Math.max(whole, inService));

const afterWellLook = (raised: RaisedMinimum, now: Instant): RaisedMinimum => {
  const { wellAt, wellSeconds } = raised;
  if (wellAt === undefined) return { ...raised, wellAt: now };
  const gap = secondsBetween(wellAt, now);
  return gap < BETWEEN_LOOKS_SECONDS
    ? raised
    : { ...raised, wellAt: now, wellSeconds: wellSeconds + Math.min(gap, LONGEST_GAP_SECONDS) };
};

const afterImpaired = (
  { impaired: before, raised, ...known }: StandbyMemory,
  now: Instant,
): StandbyMemory => {
  // Nothing depends on further looks once the minimum is raised, or where it cannot be: they need not be written down.
  const isSettled = raised !== undefined || known.whole === 0;
  const impaired = afterImpairedLook(before, now, isSettled);
  const isCertain =
    impaired.looks >= IMPAIRED_LOOKS && secondsBetween(impaired.since, now) >= IMPAIRED_SECONDS;

  if (raised === undefined) {
    return isCertain && known.whole > 0
      ? { ...known, impaired, raised: { since: now, wellSeconds: 0 } }
      : { ...known, impaired };
  }
  const { wellAt: _well, ...rest } = raised;
  return { ...known, impaired, raised: isCertain ? { ...rest, wellSeconds: 0 } : rest };
};

const afterImpairedLook = (
  impaired: StandbyMemory['impaired'],
  now: Instant,
  isSettled: boolean,
): NonNullable<StandbyMemory['impaired']> => {
  if (impaired === undefined) return { since: now, at: now, looks: 1 };
  const { since, at, looks } = impaired;
  const gap = secondsBetween(at, now);
  if (gap < BETWEEN_LOOKS_SECONDS || (isSettled && looks >= IMPAIRED_LOOKS)) return impaired;
  return gap > LONGEST_PAUSE_SECONDS && !isSettled
    ? { since: now, at: now, looks: 1 }
    : { since, at: now, looks: Math.min(looks + 1, IMPAIRED_LOOKS) };
};

/** The tenths of the minimum that hold: all until the peer has been well for long enough, then one less each minute. */
const tenthsLeft = ({ wellSeconds }: RaisedMinimum): number => {
  const released = Math.floor((wellSeconds - WELL_SECONDS) / STEP_SECONDS) + 1;
  return TENTHS - Math.min(Math.max(released, 0), TENTHS);
};

const isSame = (one: ScaleHead['standby'], other: ScaleHead['standby']): boolean =>
  JSON.stringify(partsOf(one)) === JSON.stringify(partsOf(other));

/** The parts in a fixed order, since the table keeps none. */
const partsOf = (memory: ScaleHead['standby']): readonly unknown[] => [
  memory?.of,
  memory?.whole,
  memory?.impaired?.since,
  memory?.impaired?.at,
  memory?.impaired?.looks,
  memory?.raised?.since,
  memory?.raised?.wellSeconds,
  memory?.raised?.wellAt,
];
