import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import {
  heldHead,
  isWorthKeeping,
  plannedHead,
  settledHead,
  settledHeadWithPool,
} from '#domain/capacity/next-scale-head.ts';
import type { Observation } from '#domain/capacity/observation.ts';
import { saysMore, signatureOfHold } from '#domain/capacity/says-more.ts';
import { type CapacityDecision, changesPool, isAction } from '#domain/ledger/decision.ts';
import { newScaleHead, type ScaleHead } from '#domain/ledger/head.ts';
import { applied } from '#domain/ledger/outcome.ts';
import { outcomeOfAction } from '#domain/ledger/outcome-of.ts';

/** A decision of the engine, and whether a deployment would record it. */
export type Decided = Readonly<{ decision: CapacityDecision; isRecorded: boolean }>;

/** From the look of an evaluation to the end of its plan, with calls of 24 ms: two writes and a change. */
const SETTLES_AFTER_MS = 48;

/**
 * The production engine with what follows a decision, in one thread: the head is kept in memory, a plan is
 * carried out and settled at once, and news is told as it comes. `shared/app/capacity/scale-group.ts` and
 * `shared/app/lane` are the same with crashes, races and refusals in mind.
 */
export const createEngine = () => {
  let head: ScaleHead = newScaleHead;

  return {
    head: (): ScaleHead => head,
    /** Evaluates the group, and remembers what a deployment would. */
    evaluate: (seen: Omit<Observation, 'head'>): Decided => {
      const observation = { ...seen, head };
      const decision = decideCapacity(observation);
      if (isAction(decision)) {
        head = afterChange(observation, decision);
        return { decision, isRecorded: true };
      }

      const isRecorded = saysMore(head.last, signatureOfHold(observation, decision));
      if (isRecorded || isWorthKeeping(observation, decision)) {
        head = { ...heldHead(observation, decision), untold: [] };
      }
      return { decision, isRecorded };
    },
  };
};

const afterChange = (observation: Observation, decision: CapacityDecision): ScaleHead => {
  const planned = plannedHead(observation, decision);
  const at = observation.now + SETTLES_AFTER_MS;
  const settled = changesPool(decision) ? settledHeadWithPool(applied) : settledHead;
  return { ...settled(planned, outcomeOfAction(decision, applied), at), untold: [] };
};
