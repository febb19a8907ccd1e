import type { CapacityDecision } from '#domain/ledger/decision.ts';
import { applyGates } from './apply-gates.ts';
import { combine, traceOfProposal } from './combine.ts';
import { decidePool } from './decide-pool.ts';
import { decisionContextOf } from './decision-context.ts';
import { describeCapacity, reasonForCapacity } from './describe-capacity.ts';
import { currentCapacity, isFound, type Observation } from './observation.ts';
import { recommend } from './recommend.ts';
import { traceOfRecommendation } from './recommendation.ts';
import { proposalAtZero } from './stuck-at-zero.ts';

/** Decides the capacity of a group. The same observation always gives the same decision. */
export const decideCapacity = (observation: Observation): CapacityDecision => {
  const { group, head, now } = observation;
  const heading = {
    kind: 'capacity' as const,
    id: `${group.name}-${head.version + 1}`,
    group: group.name,
    autoScalingGroup: group.autoScalingGroup,
    at: now,
  };
  if (!isFound(observation)) return { ...heading, ...nothingFound(observation) };

  const from = currentCapacity(observation);
  const recommendations = group.rules.map((rule) => recommend(rule, observation));
  const proposal = proposalAtZero(observation, recommendations) ?? combine(recommendations, from);
  const { capacity: to, trace: gates } = applyGates(proposal.capacity, observation);
  const pool = decidePool(observation, to);
  const subject = { group: group.name, from, to, proposal, gates, pool };

  return {
    ...heading,
    from,
    to,
    ...decisionContextOf(observation, proposal),
    ...(pool === undefined ? {} : { pool }),
    reason: reasonForCapacity(subject),
    summary: describeCapacity(subject),
    trace: [...recommendations.map(traceOfRecommendation), traceOfProposal(proposal), ...gates],
  };
};

const nothingFound = ({ group: { autoScalingGroup, name } }: Observation) => {
  const detail = `AWS knows no Auto Scaling group named ${autoScalingGroup} in this Region`;
  const reason = 'GroupNotFound' as const;

  return {
    from: 0,
    to: 0,
    wanted: 0,
    reason,
    summary: `${name} cannot be scaled: ${detail}`,
    trace: [{ stage: 'observe', verdict: 'hold', reason, detail } as const],
  };
};
