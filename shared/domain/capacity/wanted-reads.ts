import { type CapacityDecision, changesPool } from '#domain/ledger/decision.ts';
import type { Reason } from '#domain/ledger/reason.ts';
import { foreignChange } from './foreign-change.ts';
import type { Observation } from './observation.ts';

/**
 * Reads that are made only when they matter: an evaluation that changes nothing asks AWS no more than it must.
 * The decision is then made again, with what was found.
 */
export type WantedReads = Readonly<{ obstacles: boolean; activities: boolean }>;

/** Tells what else a decision on capacity should know, as far as it was not read. */
export const wantedReads = (observation: Observation, decision: CapacityDecision): WantedReads => {
  const { obstacles, activities, head } = observation;
  const planned = head.inFlight?.decision ?? decision;
  const shrinks = planned.to < planned.from;
  const isPuzzled = PUZZLES.includes(decision.reason) || foreignChange(observation) !== undefined;

  return {
    obstacles: obstacles === undefined && (shrinks || changesPool(planned)),
    activities: activities === undefined && isPuzzled,
  };
};

const PUZZLES: readonly Reason[] = ['LaunchesFailing', 'RolledBack'];
