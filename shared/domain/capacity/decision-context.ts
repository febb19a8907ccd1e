import type { CapacityDecision } from '#domain/ledger/decision.ts';
import { instanceTypeOf } from '#domain/observed/group-state.ts';
import type { Proposal } from './combine.ts';
import { narrowedBoundsOf, within } from './narrowed-bounds.ts';
import type { GroupObservation } from './observation.ts';

/** Collects what a decision had to reckon with, beside what it came to. */
export const decisionContextOf = (
  observation: GroupObservation,
  { capacity, rule }: Proposal,
): Pick<CapacityDecision, 'wanted' | 'rule' | 'bounds' | 'instanceType'> => {
  const { min, max } = narrowedBoundsOf(observation);

  return {
    wanted: within({ min, max }, capacity),
    bounds: { min, max },
    ...(rule === undefined ? {} : { rule }),
    ...instanceTypeOf(observation.state),
  };
};
