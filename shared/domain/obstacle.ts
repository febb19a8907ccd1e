import type { Instant } from './instant.ts';
import type { Reason } from './reason.ts';

/** Something under way in the group during which nothing is taken from it. */
export type Obstacle = Readonly<{
  reason: Extract<Reason, 'InstanceRefreshActive' | 'StackUpdateActive' | 'ZonalShiftActive'>;
  detail: string;
}>;

/** One of the group's latest scaling activities. */
export type Activity = Readonly<{
  at: Instant;
  isFailed: boolean;
  /** Why Auto Scaling did it, in its own words. */
  cause: string;
  /** What became of it, in its own words. */
  message: string;
}>;
