import type { Instant } from './instant.ts';
import type { Reason } from './reason.ts';

/** The stages that an evaluation passes, in their order. */
export type Stage =
  | 'observe'
  | 'rule'
  | 'combine'
  | 'opt-in'
  | 'override'
  | 'suspended-processes'
  | 'obstacles'
  | 'foreign-writer'
  | 'launches'
  | 'stabilisation'
  | 'limits'
  | 'cooldown'
  | 'warm-up'
  | 'protection'
  | 'roll-back'
  | 'bounds'
  | 'sightings'
  | 'ceiling'
  | 'floor';

/** One line of the explanation: what a stage saw, and what it did about it. */
export type TraceLine = Readonly<{
  stage: Stage;
  verdict: 'recommend' | 'shadow' | 'abstain' | 'pass' | 'bend' | 'hold';
  reason: Reason;
  /** One sentence with the numbers. */
  detail: string;
  /** The rule, gate or target that the line is about. */
  subject?: string;
  /** The capacity that the stage asks for or leaves. */
  capacity?: number;
}>;

/** What every decision has, whatever it decides about. */
type DecisionBase = Readonly<{
  /** `GROUP-N` with N from the ledger's version: unique, and the same when it is computed again. */
  id: string;
  group: string;
  at: Instant;
  reason: Reason;
  /** The one sentence that people read in the log, in the CLI and in messages. */
  summary: string;
  trace: readonly TraceLine[];
}>;

/** A group's capacity should be `to`. Equal to `from`, it is a decision not to act. */
export type CapacityDecision = DecisionBase &
  Readonly<{
    kind: 'capacity';
    autoScalingGroup: string;
    from: number;
    to: number;
    /** What the rules want together, within the bounds and before any gate. */
    wanted: number;
  }>;

/** These targets should leave service. With none, it is a decision not to act. */
export type HealthDecision = DecisionBase &
  Readonly<{ kind: 'health'; autoScalingGroup: string; removals: readonly Removal[] }>;

export type Decision = CapacityDecision | HealthDecision;

/** One target to take out of its load balancer and, as a member of a group, to have replaced. */
export type Removal = Readonly<{
  targetGroupArn: string;
  targetId: string;
  port: number;
  /** Set when the target is a member of the group that should replace it. */
  instanceId?: string;
  /** The load balancer's reason code and words. */
  cause: string;
}>;

export const isAction = (decision: Decision): boolean =>
  decision.kind === 'capacity' ? decision.from !== decision.to : decision.removals.length > 0;
