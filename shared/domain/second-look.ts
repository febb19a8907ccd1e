import { type CapacityDecision, isAction } from './decision.ts';
import { foreignChange } from './foreign-change.ts';
import type { Instant } from './instant.ts';
import type { Observation } from './observation.ts';
import type { Reason } from './reason.ts';

/**
 * What is only read when it matters: an evaluation that changes nothing asks AWS no more than it must.
 * The decision is then made again, with what was found.
 */
export type Wants = Readonly<{ obstacles: boolean; activities: boolean }>;

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

/** What else a decision on capacity should know, as far as it was not read. */
export const wantsOf = (observation: Observation, decision: CapacityDecision): Wants => {
  const { obstacles, activities, head } = observation;
  const planned = head.inFlight?.decision ?? decision;
  const shrinks = isAction(planned) && planned.to < planned.from;
  const isPuzzled = PUZZLES.includes(decision.reason) || foreignChange(observation) !== undefined;

  return {
    obstacles: obstacles === undefined && shrinks,
    activities: activities === undefined && isPuzzled,
  };
};

const PUZZLES: readonly Reason[] = ['LaunchesFailing', 'RolledBack'];
