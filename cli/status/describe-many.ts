import type { Status } from '#app/status/observe-status.ts';
import { describeOverride } from '#domain/ledger/override.ts';
import type { GroupStatus, UnseenStatus } from '#domain/status/group-status.ts';
import { describeInstant } from '#domain/time/describe-instant.ts';
import type { Instant } from '#domain/time/instant.ts';
import { describeDeployment, type StatusPaint } from './describe-status.ts';

/**
 * A deployment among others for people: what concerns all of it, how many of its groups need a look, and a line for
 * each group, which begins with the name of the deployment, so that a search finds both. Groups that need a look come
 * first, in words; the line of a quiet one has its capacity and the reason of its next decision.
 */
export const describeMany = (
  status: Status,
  { name, now, paint }: Readonly<{ name: string; now: Instant; paint: StatusPaint }>,
): string => {
  const rows = status.groups.map(rowOf).toSorted((one, other) => one.rank - other.rank);
  const loud = rows.filter(({ rank }) => rank < QUIET).length;
  const width = Math.max(0, ...rows.map(({ group }) => group.length));
  const sizes = Math.max(0, ...rows.map(({ size }) => size.length));
  return [
    ...describeDeployment(status, now, paint),
    rows.length === 0
      ? 'it has no groups'
      : `${loud} of ${rows.length} ${rows.length === 1 ? 'group' : 'groups'} to look at`,
    ...rows.map(({ group, size, text, rank }) =>
      paintOf(rank, paint)(`${name}  ${group.padEnd(width)}  ${size.padEnd(sizes)}  ${text}`),
    ),
  ].join('\n');
};

/** Groups by how urgently they need a look: 0 most. */
type Rank = 0 | 1 | 2 | 3;
const QUIET = 3;

type Row = Readonly<{ group: string; size: string; text: string; rank: Rank }>;

const rowOf = (status: GroupStatus | UnseenStatus): Row => {
  const { group } = status;
  if ('unseen' in status) return { group, size: '', text: `not seen: ${status.unseen}`, rank: 0 };
  const { capacity } = status;
  const size =
    capacity === undefined
      ? ''
      : `${capacity.inService} of ${capacity.desired}, ${capacity.min.at} to ${capacity.max.at}`;
  return { group, size, ...stateOf(status) };
};

/** The most urgent thing about a group. */
const stateOf = (status: GroupStatus): Pick<Row, 'text' | 'rank'> => {
  const { capacity, incidents, healthUnseen, override, plan, next, health } = status;
  const [incident] = incidents;
  if (capacity === undefined) return { text: next.summary, rank: 0 };
  if (incident !== undefined) {
    const others = incidents.length === 1 ? '' : `, and ${incidents.length - 1} more`;
    return {
      text: `${incident.key} is open since ${describeInstant(incident.since)}${others}`,
      rank: 0,
    };
  }
  if (healthUnseen !== undefined) return { text: `health is not seen: ${healthUnseen}`, rank: 0 };
  if (override !== undefined) return { text: describeOverride(override), rank: 1 };
  if (plan !== undefined) return { text: `in flight: ${plan.summary}`, rank: 1 };
  if (health !== undefined && health.sick.length > 0) {
    return {
      text: `${health.healthy} of ${health.registered} targets healthy; ${health.next.summary}`,
      rank: 1,
    };
  }
  if (next.from !== next.to) return { text: next.summary, rank: 2 };
  return { text: next.reason, rank: QUIET };
};

const paintOf = (rank: Rank, paint: StatusPaint): ((text: string) => string) =>
  [paint.red, paint.yellow, paint.bold][rank] ?? String;
