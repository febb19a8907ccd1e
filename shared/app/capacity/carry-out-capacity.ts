import type { Step } from '#app/lane/attempt.ts';
import { lookAgainSoon } from '#app/lane/busy.ts';
import { type Planned, settle } from '#app/lane/settle.ts';
import { settledHead } from '#domain/capacity/next-scale-head.ts';
import { done } from '#domain/lane/disposition.ts';
import type { CapacityDecision } from '#domain/ledger/decision.ts';
import type { ScaleHead } from '#domain/ledger/head.ts';
import type { ScalePorts } from './ports.ts';

type CapacityPlan = Omit<Planned<ScaleHead, CapacityDecision>, 'settled'>;

/** Carries a planned decision out and settles it. It may be done again: the value is absolute. */
export const carryOutCapacity = async (ports: ScalePorts, plan: CapacityPlan): Promise<Step> => {
  const { autoScalingGroup, to } = plan.decision;
  const answer = await ports.setCapacity(autoScalingGroup, to);
  await settle(ports, { ...plan, settled: settledHead }, answer);

  if (answer.kind === 'applied') return done;
  const error = new Error(answer.detail);
  switch (answer.reason) {
    case 'OutOfBounds':
      return 'again';
    case 'Throttled':
      return { kind: 'retry', error };
    case 'GroupBusy':
      return lookAgainSoon(error);
    case 'AccessDenied':
    case 'GroupNotFound':
    case 'TargetGone':
      return done;
  }
};
