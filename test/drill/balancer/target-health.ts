export type HealthState = 'initial' | 'healthy' | 'unhealthy';

/** The health of a target, and the checks in a row that ended alike. */
export type TargetHealth = Readonly<{ state: HealthState; passed: number; failed: number }>;

/** Checks in a row that change a state. */
export type Counts = Readonly<{ healthyAfter: number; unhealthyAfter: number }>;

export const REGISTERED: TargetHealth = { state: 'initial', passed: 0, failed: 0 };

/**
 * The health after one more check. A target that was just registered needs one passed check; one that was unhealthy needs
 * as many as the target group says
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html).
 */
export const afterCheck = (
  { state, passed, failed }: TargetHealth,
  isPassed: boolean,
  { healthyAfter, unhealthyAfter }: Counts,
): TargetHealth => {
  if (isPassed) {
    const needed = state === 'initial' ? 1 : healthyAfter;
    return { state: passed + 1 >= needed ? 'healthy' : state, passed: passed + 1, failed: 0 };
  }
  return {
    state: failed + 1 >= unhealthyAfter ? 'unhealthy' : state,
    passed: 0,
    failed: failed + 1,
  };
};
