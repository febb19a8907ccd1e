import type { Reason } from '#domain/ledger/reason.ts';
import type { Instant } from '#domain/time/instant.ts';

/** Something under way in the group during which nothing is taken from it. */
export type Obstacle = Readonly<{
  reason: Extract<Reason, 'InstanceRefreshActive' | 'StackUpdateActive' | 'ZonalShiftActive'>;
  detail: string;
}>;

/** One of the group's latest scaling activities. */
export type Activity = Readonly<{
  at: Instant;
  isFailed: boolean;
  /** Auto Scaling's cause for it, in its own words. */
  cause: string;
  /** The result, in Auto Scaling's own words. */
  message: string;
}>;
