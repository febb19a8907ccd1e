import type { Group } from '#domain/configuration/configuration.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';

/** A group that could not be looked at, and why. No other group of its batch is concerned. */
export type Unseen<G> = Readonly<{
  group: G;
  error: Error;
  /** Set when what is stored of it cannot be understood: that does not pass by itself, and people are told. */
  damage?: string;
}>;

/** A group that could not be looked at because what is stored of it cannot be understood. */
export type Damaged<G> = Unseen<G> & Readonly<{ damage: string }>;

export const isDamaged = <G>(unseen: Unseen<G>): unseen is Damaged<G> =>
  unseen.damage !== undefined;

/** True of a group that was not seen, among what was made of those that were. */
export const isUnseen = <G>(seen: Unseen<G> | object): seen is Unseen<G> => 'error' in seen;

/** A group of which the table holds something that cannot be understood. */
export const damaged = <G extends Readonly<{ name: string }>>(
  group: G,
  damage: string,
): Damaged<G> => ({
  group,
  damage,
  error: new Error(`what is stored of ${group.name} cannot be read: ${damage}`),
});

/**
 * The news that a group's memory cannot be read. It cannot be kept in that memory, so it is published at
 * each look, and is the same piece of news for an hour.
 */
export const outcomeOfDamage = (
  { group, damage }: Damaged<Pick<Group, 'name' | 'autoScalingGroup'>>,
  about: 'capacity' | 'health',
  now: Instant,
): Outcome => ({
  schemaVersion: 1,
  kind: 'failed',
  decisionId: `${group.name}-${about}-unreadable`,
  group: group.name,
  autoScalingGroup: group.autoScalingGroup,
  at: Math.floor(now / HOUR_MS) * HOUR_MS,
  reason: 'LedgerUnreadable',
  about,
  summary: `${group.name} cannot be ${about === 'capacity' ? 'scaled' : 'healed'}: what the table holds of it (${damage}) cannot be read, so it is left as it is. Deploy all functions at one version; if it stays, see LedgerUnreadable in docs/reasons.md`,
});

const HOUR_MS = 60 * MINUTE_MS;

/** True every ten minutes, when the sweep asks for a look at a group whose memory cannot be read. */
export const isDueWhileDamaged = (now: Instant): boolean => Math.floor(now / MINUTE_MS) % 10 === 0;
