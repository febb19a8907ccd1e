import type { GroupCounts, NewestChange } from '#domain/status/count-groups.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { type Instant, secondsBetween } from '#domain/time/instant.ts';
import type { Notice } from './data.ts';
import type { Tone } from './group-state.ts';

/** All that the front page of several deployments shows. */
export type DeploymentsData = Readonly<{
  title: string;
  subtitle: string;
  now: Instant;
  deployments: readonly DeploymentCard[];
}>;

/** One of several deployments: what is known of it so far. */
export type DeploymentCard = Readonly<{
  name: string;
  /** Stage, Region and account in words, as far as they are known. */
  place: string;
  /** The newest look that succeeded; absent before the first one. */
  seen?: DeploymentSeen;
  /** Present when the newest look failed. */
  failure?: DeploymentFailure;
}>;

/** A deployment as it was when it was looked at. */
export type DeploymentSeen = Readonly<{
  at: Instant;
  counts: GroupCounts;
  /** Members of fleets that were not looked at, because there are so many. */
  left: number;
  lastChange?: NewestChange;
  notices: readonly Notice[];
}>;

/** The reason why a deployment could not be seen, and what to do about it. */
export type DeploymentFailure = Readonly<{
  message: string;
  help?: string;
  /** The lines of a file with mistakes in them. */
  frames?: string;
}>;

/** The state of a deployment in a word or two, for the sign beside its name. */
export const badgeOfDeployment = ({
  seen,
  failure,
}: DeploymentCard): Readonly<{ tone: Tone; text: string }> => {
  if (failure !== undefined) return { tone: 'bad', text: 'no answer' };
  if (seen === undefined) return { tone: 'calm', text: 'not seen yet' };
  const { counts, notices } = seen;
  if (counts.incidents > 0 || notices.some(({ tone }) => tone === 'bad')) {
    return { tone: 'bad', text: 'needs you' };
  }
  if (counts.unseen > 0) return { tone: 'bad', text: 'partly unseen' };
  if (counts.atMax > 0) return { tone: 'warn', text: 'at a maximum' };
  if (counts.held > 0) return { tone: 'held', text: 'held' };
  if (counts.firing > 0) return { tone: 'out', text: 'firing' };
  return { tone: 'calm', text: 'steady' };
};

/** The state of a deployment in one line: `3 groups: 1 firing, 1 at the minimum; last change 4 min ago: web 4 → 6`. */
export const describeSeen = (
  { at, counts, left, lastChange }: DeploymentSeen,
  now: Instant,
): string =>
  [
    `${count(counts.groups, 'group')}${describeCounts(counts)}`,
    ...(left === 0 ? [] : [`${count(left, 'member')} of fleets not looked at`]),
    lastChange === undefined
      ? 'no change known'
      : `last change ${ago(lastChange.at, now)}: ${lastChange.group} ${lastChange.from} → ${lastChange.to}`,
    `seen ${ago(at, now)}`,
  ].join('; ');

const COUNTS = {
  incidents: 'with an open incident',
  unseen: 'not seen',
  firing: 'firing',
  held: 'held',
  atMax: 'at the maximum',
  atMin: 'at the minimum',
} as const;

const describeCounts = (counts: GroupCounts): string => {
  const texts = Object.entries(COUNTS).flatMap(([key, words]) => {
    const found = counts[key as keyof typeof COUNTS];
    return found === 0 ? [] : [`${found} ${words}`];
  });
  return texts.length === 0 ? '' : `: ${texts.join(', ')}`;
};

/**
 * The sentence that a screen reader hears when it changes: deployments that need somebody. It holds no times and no
 * counts of quiet groups, which change all the time.
 */
export const describeTroubled = ({ deployments }: DeploymentsData): string => {
  const troubled = deployments.flatMap((card) => {
    const { tone, text } = badgeOfDeployment(card);
    return tone === 'bad' ? [`${card.name} ${text}`] : [];
  });
  return troubled.length === 0 ? '' : `To look at: ${troubled.join(', ')}`;
};

const ago = (then: Instant, now: Instant): string =>
  `${describeSeconds(Math.max(0, secondsBetween(then, now)))} ago`;

const count = (of: number, noun: string): string => `${of} ${noun}${of === 1 ? '' : 's'}`;
