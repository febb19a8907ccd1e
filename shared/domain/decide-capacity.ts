import { applyGates } from './apply-gates.ts';
import { combine, type Proposal, traceOfProposal } from './combine.ts';
import type { CapacityDecision, TraceLine } from './decision.ts';
import { describeCapacity } from './describe-capacity.ts';
import { currentCapacity, type GroupObservation, isFound, type Observation } from './observation.ts';
import type { Reason } from './reason.ts';
import { recommend } from './recommend.ts';
import type { Recommendation } from './recommendation.ts';

/** What capacity should this group have? The same observation always gives the same decision. */
export const decideCapacity = (observation: Observation): CapacityDecision =>
  isFound(observation) ? decideFound(observation) : decideMissing(observation);

const decideFound = (observation: GroupObservation): CapacityDecision => {
  const current = currentCapacity(observation);
  const recommendations = observation.group.rules.map((rule) => recommend(rule, observation));
  const proposal = combine(recommendations, current);
  const gates = applyGates(proposal.capacity, observation);
  const reason = reasonOf({ from: current, to: gates.capacity, proposal, gates: gates.trace });
  const change = { from: current, to: gates.capacity };

  return {
    ...headingOf(observation),
    ...change,
    reason,
    summary: describeCapacity({ group: observation.group.name, ...change, proposal, gates: gates.trace }),
    trace: [
      ...recommendations.map((each) => traceOfRecommendation(each)),
      traceOfProposal(proposal),
      ...gates.trace,
    ],
  };
};

const decideMissing = (observation: Observation): CapacityDecision => {
  const { autoScalingGroup, name } = observation.group;
  const detail = `AWS knows no Auto Scaling group named ${autoScalingGroup} in this Region`;

  return {
    ...headingOf(observation),
    from: 0,
    to: 0,
    reason: 'GroupNotFound',
    summary: `${name} cannot be scaled: ${detail}`,
    trace: [{ stage: 'observe', verdict: 'hold', reason: 'GroupNotFound', detail }],
  };
};

const headingOf = ({ group, head, now }: Observation) => ({
  kind: 'capacity' as const,
  id: `${group.name}-${head.version + 1}`,
  group: group.name,
  autoScalingGroup: group.autoScalingGroup,
  at: now,
});

type Change = Readonly<{
  from: number;
  to: number;
  proposal: Proposal;
  gates: readonly TraceLine[];
}>;

/** A change that the bounds ask for says so; what held a change back speaks before the rules do. */
const reasonOf = ({ from, to, proposal, gates }: Change): Reason => {
  if (to !== from) {
    const correction = gates.find(({ reason }) => CORRECTIONS.includes(reason));
    return correction?.reason ?? proposal.reason;
  }

  return gates.find(({ verdict }) => verdict !== 'pass')?.reason ?? proposal.reason;
};

const CORRECTIONS: readonly Reason[] = ['BelowMinimum', 'AboveMaximum'];

const traceOfRecommendation = (recommendation: Recommendation): TraceLine => {
  const { rule, reason, detail } = recommendation;
  const line = { stage: 'rule', subject: rule, reason, detail } as const;

  return recommendation.kind === 'recommends'
    ? { ...line, verdict: 'recommend', capacity: recommendation.capacity }
    : { ...line, verdict: 'abstain' };
};
