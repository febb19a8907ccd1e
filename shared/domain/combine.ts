import type { TraceLine } from './decision.ts';
import type { Reason } from './reason.ts';
import type { Recommendation } from './recommendation.ts';

/** What the rules want together: a capacity, which rule it comes from, and why. */
export type Proposal = Readonly<{
  capacity: number;
  reason: Reason;
  detail: string;
  rule?: string;
}>;

/**
 * Joins the recommendations. On the way out the largest wins. On the way in every rule that has a
 * wish must agree, no rule may be blind, and the largest of their capacities wins.
 */
export const combine = (recommendations: readonly Recommendation[], current: number): Proposal => {
  const wishes = recommendations.filter((each) => each.kind === 'recommends');
  const largest = wishes.reduce<Wish | undefined>(larger, undefined);
  if (largest === undefined) return stay(current, 'Steady', 'no rule asks for a change');
  if (largest.capacity > current) return { ...proposalOf(largest), reason: 'ScaledOut' };

  const objection = wishes.find(({ capacity }) => capacity === current);
  const wouldScaleIn = wishes.some(({ capacity }) => capacity < current);
  if (!wouldScaleIn) return stay(current, 'Steady', largest.detail);
  if (objection) {
    return stay(current, 'RulesDisagree', `${objection.rule} wants to keep ${current}`);
  }

  const blind = recommendations.find((each) => each.kind === 'blind' && each.blocksScaleIn);
  if (blind) return stay(current, 'MissingData', `${blind.rule} is blind: ${blind.detail}`);
  return { ...proposalOf(largest), reason: 'ScaledIn' };
};

/** The line of the trace that says what the rules want together. */
export const traceOfProposal = ({ capacity, reason, detail, rule }: Proposal): TraceLine => ({
  stage: 'combine',
  verdict: rule === undefined ? 'abstain' : 'recommend',
  reason,
  detail,
  capacity,
  ...(rule === undefined ? {} : { subject: rule }),
});

type Wish = Extract<Recommendation, { kind: 'recommends' }>;

/** Of equal wishes the first by name stands, so that the order of the rules does not matter. */
const larger = (best: Wish | undefined, next: Wish): Wish =>
  best === undefined ||
  next.capacity > best.capacity ||
  (next.capacity === best.capacity && next.rule < best.rule)
    ? next
    : best;

const proposalOf = ({ capacity, rule, detail }: Wish) => ({ capacity, rule, detail });

const stay = (current: number, reason: Reason, detail: string): Proposal => ({
  capacity: current,
  reason,
  detail,
});
