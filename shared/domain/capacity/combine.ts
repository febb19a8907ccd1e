import type { TraceLine } from '#domain/ledger/decision.ts';
import type { Reason } from '#domain/ledger/reason.ts';
import type { Recommendation } from './recommendation.ts';

/** The combined recommendation of the rules: a capacity, the rule that it comes from, and why. */
export type Proposal = Readonly<{
  capacity: number;
  reason: Reason;
  detail: string;
  rule?: string;
}>;

/**
 * Joins the recommendations. On the way out the largest wins. On the way in every rule that has a
 * recommendation must agree, no rule may be blind, and the largest of their capacities wins. Shadows have no
 * vote, and a rule that fails lets nothing move. A rule whose metric CloudWatch refuses is blind, and a
 * person must know as long as nothing more urgent is done.
 */
export const combine = (recommendations: readonly Recommendation[], current: number): Proposal => {
  const voting = recommendations.filter(({ isShadow }) => !isShadow);
  const failed = voting.find(({ kind }) => kind === 'fails');
  if (failed) return stay(current, 'MetricsFailed', `${failed.rule} cannot see: ${failed.detail}`);

  const asking = withoutStayers(
    voting.filter((each) => each.kind === 'recommends'),
    current,
  );
  const largest = asking.reduce<Recommending | undefined>(larger, undefined);
  const refused = voting.find(({ reason }) => reason === 'MetricRefused');
  if (refused && (largest === undefined || largest.capacity <= current)) {
    return stay(current, 'MetricRefused', `${refused.rule} is blind: ${refused.detail}`);
  }
  if (largest === undefined) return stay(current, 'Steady', 'no rule asks for a change');
  if (largest.capacity > current) return { ...proposalOf(largest), reason: 'ScaledOut' };

  const blind = voting.find((each) => each.kind === 'blind' && each.blocksScaleIn);
  return goIn({ asking, largest, blind, current });
};

type Inward = Readonly<{
  asking: readonly Recommending[];
  largest: Recommending;
  blind: Recommendation | undefined;
  current: number;
}>;

const goIn = ({ asking, largest, blind, current }: Inward): Proposal => {
  const wouldScaleIn = asking.some(({ capacity }) => capacity < current);
  if (!wouldScaleIn) return stay(current, 'Steady', largest.detail);

  const objection = asking.find(({ capacity }) => capacity === current);
  if (objection) {
    return stay(current, 'RulesDisagree', `${objection.rule} wants to keep ${current}`);
  }

  if (blind) return stay(current, 'MissingData', `${blind.rule} is blind: ${blind.detail}`);
  return { ...proposalOf(largest), reason: 'ScaledIn' };
};

/** Within a ballot, recommendations to stay are dropped, unless nobody in it recommends anything else. */
const withoutStayers = (
  asking: readonly Recommending[],
  current: number,
): readonly Recommending[] => {
  const moving = new Set(
    asking.filter(({ capacity }) => capacity !== current).map(({ ballot }) => ballot),
  );
  return asking.filter(
    ({ ballot, capacity }) => ballot === undefined || capacity !== current || !moving.has(ballot),
  );
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

type Recommending = Extract<Recommendation, { kind: 'recommends' }>;

/** Of equal recommendations the first by name stands, so that the order of the rules does not matter. */
const larger = (best: Recommending | undefined, next: Recommending): Recommending =>
  best === undefined ||
  next.capacity > best.capacity ||
  (next.capacity === best.capacity && next.rule < best.rule)
    ? next
    : best;

const proposalOf = ({ capacity, rule, detail }: Recommending) => ({ capacity, rule, detail });

const stay = (current: number, reason: Reason, detail: string): Proposal => ({
  capacity: current,
  reason,
  detail,
});
