import { partsOfMember } from '#domain/configuration/fleet.ts';
import { MINUTE_MS } from '#domain/time/instant.ts';
import type { SweepView } from './decide-sweep.ts';

/**
 * The targets of so many members are looked at in a minute, for no alarm tells of them. Elastic Load Balancing gives an
 * account in a Region 10 Describe calls in a second, and 40 at once
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-throttling.html): members with one target
 * group each take a third of that.
 */
export const MEMBERS_A_MINUTE = 200;

/** The minutes in which each of so many members has its turn: 1, or more when these are more than a minute has room for. */
export const turnsFor = (members: number, most = MEMBERS_A_MINUTE): number =>
  Math.max(1, Math.ceil(members / most));

/** Looks of a minute are asked for in so many parts, so many seconds apart: those of a part are read for together. */
const PARTS = 10;
const PART_SECONDS = 5;

/**
 * The seconds after which the targets of a member are looked at, when it is its turn: 0 to 45. Nothing in the minutes of
 * others, of a group that the file names, whose alarms tell, and of a member without target groups. A member has its turn
 * in one of so many minutes, by its name.
 */
export const targetLook = (
  { group, state, now }: Pick<SweepView, 'group' | 'state' | 'now'>,
  turns: number,
): number | undefined => {
  const isWatched = group.health !== undefined && partsOfMember(group.name) !== undefined;
  if (!isWatched || state === undefined || state.targetGroupArns.length === 0) return undefined;
  const place = placeOf(group.name);
  if ((Math.floor(now / MINUTE_MS) + place) % turns !== 0) return undefined;
  return (Math.floor(place / turns) % PARTS) * PART_SECONDS;
};

/** A number of 32 bits that spreads names evenly (FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/). */
const placeOf = (name: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
};
