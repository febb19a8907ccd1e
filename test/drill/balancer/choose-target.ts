import type { HealthState } from './target-health.ts';

/** A target, as the choice needs it. */
export type Choice = Readonly<{ id: string; state: HealthState; inFlight: number }>;

/**
 * Chooses the target of the next request: the one with the fewest requests in flight, and among equals the next in turn.
 * Only healthy targets get any, unless none is: then all do, as an Application Load Balancer fails open
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html).
 */
export const chooseTarget = (targets: readonly Choice[], turn: number): string | undefined => {
  const healthy = targets.filter(({ state }) => state === 'healthy');
  const candidates = healthy.length > 0 ? healthy : targets;
  const fewest = Math.min(...candidates.map(({ inFlight }) => inFlight));
  const equals = candidates.filter(({ inFlight }) => inFlight === fewest);
  return equals[turn % equals.length]?.id;
};
