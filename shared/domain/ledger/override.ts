import { describeInstant } from '#domain/time/describe-instant.ts';
import type { Instant } from '#domain/time/instant.ts';

/**
 * An override is what a person put above the rules of a group for a while: `pause` lets Tidegate change nothing,
 * `pin` asks for exactly this capacity, `cap` for no more than it. It ends by itself.
 */
export type Override = Readonly<{
  /** Unique: the group, the kind and the second in which it was set. */
  id: string;
  by: string;
  reason: string;
  since: Instant;
  until: Instant;
  /** Set when a person ended it before its time. */
  ended?: Readonly<{ by: string; at: Instant; reason?: string }>;
}> &
  (Readonly<{ kind: 'pause' }> | Readonly<{ kind: 'pin' | 'cap'; capacity: number }>);

/** The override if it is in force at that moment. */
export const inForce = (override: Override | undefined, now: Instant): Override | undefined =>
  override !== undefined && override.ended === undefined && now < override.until
    ? override
    : undefined;

/** `paused by ann until 2026-03-02 18:00 UTC: sale`. */
export const describeOverride = (override: Override): string =>
  `${whatIsDone(override)} by ${override.by} until ${describeInstant(override.until)}: ${override.reason}`;

/** `the cap by ann until 2026-03-02 18:00 UTC (sale)`. */
export const nameOfOverride = ({ kind, by, until, reason }: Override): string =>
  `the ${kind} by ${by} until ${describeInstant(until)} (${reason})`;

const whatIsDone = (override: Override): string => {
  switch (override.kind) {
    case 'pause':
      return 'paused';
    case 'pin':
      return `pinned to ${override.capacity}`;
    case 'cap':
      return `capped at ${override.capacity}`;
  }
};
