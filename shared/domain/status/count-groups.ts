import type { Instant } from '#domain/time/instant.ts';
import type { GroupStatus, UnseenStatus } from './group-status.ts';

/** Counts of the groups of a deployment by what concerns people. A group may be counted several times. */
export type GroupCounts = Readonly<{
  groups: number;
  /** Not seen: their reads failed, their memory cannot be read, or AWS knows no such group. */
  unseen: number;
  /** With an open incident. */
  incidents: number;
  /** A rule that acts asks for another capacity than the desired one. */
  firing: number;
  /** An override is in force, or a gate lets nothing move. */
  held: number;
  atMax: number;
  atMin: number;
}>;

/** The newest change of any group. */
export type NewestChange = Readonly<{ group: string; at: Instant; from: number; to: number }>;

/** Counts groups by what concerns people. */
export const countGroups = (groups: readonly (GroupStatus | UnseenStatus)[]): GroupCounts => {
  const seen = groups.filter(isSeen);
  const count = (is: (status: GroupStatus) => boolean): number => seen.filter(is).length;
  return {
    groups: groups.length,
    unseen: groups.length - count(({ capacity }) => capacity !== undefined),
    incidents: count(({ incidents }) => incidents.length > 0),
    firing: count(isFiring),
    held: count(isHeld),
    atMax: count(({ capacity }) => capacity !== undefined && capacity.desired >= capacity.max.at),
    atMin: count(({ capacity }) => capacity !== undefined && isAtMin(capacity)),
  };
};

/** The newest change of all groups; nothing when none is known. */
export const newestChangeIn = (
  groups: readonly (GroupStatus | UnseenStatus)[],
): NewestChange | undefined =>
  groups
    .filter(isSeen)
    .flatMap(({ group, lastChange }) => (lastChange === undefined ? [] : [{ group, lastChange }]))
    .toSorted((one, other) => other.lastChange.at - one.lastChange.at)
    .map(({ group, lastChange: { at, from, to } }) => ({ group, at, from, to }))[0];

const isSeen = (status: GroupStatus | UnseenStatus): status is GroupStatus => 'rules' in status;

const isFiring = ({ rules, capacity }: GroupStatus): boolean =>
  rules.some(
    ({ answer, isShadow, capacity: asked }) =>
      answer === 'recommends' && isShadow !== true && asked !== capacity?.desired,
  );

const isHeld = ({ override, gates }: GroupStatus): boolean =>
  override !== undefined || gates.some(({ verdict }) => verdict === 'hold');

/** A group whose bounds are one number is at its maximum, which matters more. */
const isAtMin = ({ desired, min, max }: NonNullable<GroupStatus['capacity']>): boolean =>
  desired <= min.at && desired < max.at;
