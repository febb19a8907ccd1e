import type { Step } from '#app/lane/retry-lost-race.ts';
import { type Planned, settle } from '#app/lane/settle.ts';
import { settledHead, settledHeadWithPool } from '#domain/capacity/next-scale-head.ts';
import { poolIsBack } from '#domain/capacity/pool-news.ts';
import { done } from '#domain/lane/disposition.ts';
import { type CapacityDecision, changesPool } from '#domain/ledger/decision.ts';
import type { ScaleHead } from '#domain/ledger/head.ts';
import { type Answer, applied } from '#domain/ledger/outcome.ts';
import type { ScalePorts } from './ports.ts';
import { stepAfter } from './retry-after-refusal.ts';

type CapacityPlan = Omit<Planned<ScaleHead, CapacityDecision>, 'settled'>;

/** Carries a planned decision out and settles it. It may be done again: the values are absolute. */
export const carryOutCapacity = async (ports: ScalePorts, plan: CapacityPlan): Promise<Step> => {
  const { decision } = plan;
  const { answer, ofPool } = await act(ports, decision);
  const told = { ...decision, summary: `${decision.summary}${describeRefusal(answer, ofPool)}` };
  await settle(
    ports,
    {
      ...plan,
      decision: told,
      settled: ofPool === undefined ? settledHead : settledHeadWithPool(ofPool),
      ...newsOfPool(plan.planned, decision, ofPool),
    },
    answer,
  );

  // A pool that was refused is tried again by a later look; nobody waits for stopped instances.
  return decision.from === decision.to ? done : stepAfter(answer);
};

/** A refused pool is tried again and again; that it is refused is told once, and so is the end of it. */
const newsOfPool = (
  { poolRefused }: ScaleHead,
  decision: CapacityDecision,
  ofPool: Answer | undefined,
): Pick<CapacityPlan, 'isKnown' | 'alsoEnded'> => {
  if (poolRefused?.told === undefined) return {};
  if (ofPool?.kind === 'applied') return { alsoEnded: (at) => [poolIsBack(decision, at)] };
  return decision.from === decision.to
    ? { isKnown: ({ reason }) => reason === poolRefused.told }
    : {};
};

type Answers = Readonly<{
  /** The answer that the decision stands or falls with. */
  answer: Answer;
  /** The answer about the warm pool, if it was asked for. */
  ofPool?: Answer;
}>;

/**
 * Sets what the decision changes. Out, the capacity comes first and waits for nothing; in, the limit of the pool comes
 * first, so that AWS fills no pool for the sake of a capacity that is about to go. A refused pool holds back no capacity.
 */
const act = async (ports: ScalePorts, decision: CapacityDecision): Promise<Answers> => {
  const { from, to } = decision;
  if (!changesPool(decision)) return { answer: await setCapacity(ports, decision) };
  if (from === to) {
    const ofPool = await setPool(ports, decision);
    return { answer: ofPool, ofPool };
  }
  if (to < from) {
    const ofPool = await setPool(ports, decision);
    return { answer: await setCapacity(ports, decision), ofPool };
  }
  const answer = await setCapacity(ports, decision);
  return answer.kind === 'applied'
    ? { answer, ofPool: await setPool(ports, decision) }
    : { answer };
};

const setCapacity = (ports: ScalePorts, { autoScalingGroup, to }: CapacityDecision) =>
  ports.setCapacity(autoScalingGroup, to);

const setPool = async (
  ports: ScalePorts,
  { autoScalingGroup, pool }: CapacityDecision,
): Promise<Answer> =>
  pool === undefined
    ? applied
    : ports.setPool(autoScalingGroup, { prepared: pool.to, isReused: pool.isReused });

const describeRefusal = (answer: Answer, ofPool: Answer | undefined): string =>
  ofPool?.kind === 'refused' && answer.kind === 'applied'
    ? `. The warm pool stays as it is: ${ofPool.detail}`
    : '';
