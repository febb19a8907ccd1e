/** A target's weight when healing asks whether it may act. */
export type TargetCount = Readonly<{
  /** It is meant to serve: it is one of those that percentages are taken of. */
  isMember: boolean;
  /** It is known to serve: it counts towards the floor. */
  isHealthy: boolean;
  /** It is not known to be well: it counts towards the ceiling, above which the cause is common. */
  isSick: boolean;
  /** It fails for a reason of its own: once it has failed for long enough it may be taken out. */
  isOwnFault: boolean;
}>;

/** An unknown state counts against acting: it is asked for at the floor and fails at the ceiling. */
const UNKNOWN: TargetCount = {
  isMember: true,
  isHealthy: false,
  isSick: true,
  isOwnFault: false,
};
const HEALTHY: TargetCount = {
  isMember: true,
  isHealthy: true,
  isSick: false,
  isOwnFault: false,
};
const STARTING: TargetCount = {
  isMember: true,
  isHealthy: false,
  isSick: false,
  isOwnFault: false,
};
const FAILING: TargetCount = {
  isMember: true,
  isHealthy: false,
  isSick: true,
  isOwnFault: true,
};
const AWAY: TargetCount = {
  isMember: false,
  isHealthy: false,
  isSick: false,
  isOwnFault: false,
};

/**
 * Each state of a target counts as this, by the names of `TargetHealthStateEnum`. `unhealthy.draining` is a
 * Network Load Balancer's: the target failed its checks, and its connections are still being drained.
 * `unavailable` says that nobody checks it.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html
 */
const STATES: ReadonlyMap<string, TargetCount> = new Map([
  ['healthy', HEALTHY],
  ['initial', STARTING],
  ['unhealthy', FAILING],
  ['unhealthy.draining', FAILING],
  ['draining', AWAY],
  ['unused', AWAY],
  ['unavailable', STARTING],
]);

/**
 * A failing target is at fault itself, or is not, by the names of `TargetHealthReasonEnum`. The others come with
 * states in which a target does not fail, or, as `Elb.*`, are the load balancer's own faults.
 */
const OWN_FAULTS: ReadonlyMap<string, boolean> = new Map([
  ['Target.FailedHealthChecks', true],
  ['Target.ResponseCodeMismatch', true],
  ['Target.Timeout', true],
  ['Target.DeregistrationInProgress', false],
  ['Target.HealthCheckDisabled', false],
  ['Target.InvalidState', false],
  ['Target.IpUnusable', false],
  ['Target.NotInUse', false],
  ['Target.NotRegistered', false],
  ['Elb.InitialHealthChecking', false],
  ['Elb.InternalError', false],
  ['Elb.RegistrationInProgress', false],
]);

/** Looks up what a target counts as. A state or a reason that is new counts against acting. */
export const countOf = ({
  state,
  reason,
}: Readonly<{ state: string; reason: string }>): TargetCount => {
  const count = STATES.get(state) ?? UNKNOWN;
  return { ...count, isOwnFault: count.isOwnFault && OWN_FAULTS.get(reason) === true };
};

/** The states and reasons that the tables know, for the test that compares them with the SDK's. */
export const KNOWN_STATES: readonly string[] = [...STATES.keys()];
export const KNOWN_REASONS: readonly string[] = [...OWN_FAULTS.keys()];
