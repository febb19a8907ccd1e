import type { Quarantine } from '#domain/configuration/configuration.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Reason } from './reason.ts';

/** The gates that a change of capacity passes; `GATES` in apply-gates.ts has them in their order. */
export type GateStage =
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
  | 'bounds';

/** The guards that a removal of targets passes; `GUARDS` in guards.ts has them in their order. */
export type GuardStage =
  | 'opt-in'
  | 'override'
  | 'suspended-processes'
  | 'obstacles'
  | 'ceiling'
  | 'floor'
  | 'sightings'
  | 'pace';

/** The stages of an evaluation: those of capacity, and of targets. */
export type Stage =
  | 'observe'
  | 'rule'
  | 'combine'
  | GateStage
  | GuardStage
  | 'quarantine'
  | 'probation';

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

/** Fields of every decision, whatever it decides about. */
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
    /** The combined recommendation of the rules, within the bounds and before any gate. */
    wanted: number;
    /** The rule that was followed, if any was. */
    rule?: string;
    /** Between which capacities the decision was free. */
    bounds?: Readonly<{ min: number; max: number }>;
    /** The type of all instances; absent when there are several, or weights. */
    instanceType?: string;
    /** Absent when the group's warm pool is not ours to size, or when it could not be read. */
    pool?: PoolDecision;
  }>;

/** A limit of a warm pool (MaxGroupPreparedCapacity): of running and pooled instances together. */
export type PoolDecision = Readonly<{
  /** The limit that the pool has; absent when it has none, or other settings than ours. */
  from?: number;
  to: number;
  /** The capacity that should be prepared by what is known now, without what is kept of earlier times. */
  prepared: number;
  /** Instances that leave on the way in are stopped and kept. */
  isReused: boolean;
}>;

/** A decision on targets. With nothing to do, it is a decision not to act. */
export type HealthDecision = DecisionBase &
  Readonly<{
    kind: 'health';
    autoScalingGroup: string;
    /** These should leave service. */
    removals: readonly Removal[];
    /** It was out for long enough, and is registered again. */
    returned?: Registration;
    /** The others that are registered again with it. */
    alsoReturned?: readonly Registration[];
    /** The instance whose quarantine is over: it is ended. */
    released?: string;
  }>;

export type Decision = CapacityDecision | HealthDecision;

/** A target as it is, or was, registered. */
export type Registration = Readonly<{
  targetGroupArn: string;
  targetId: string;
  port: number;
  /** Targets by address may have one, such as `all`; it must be given again. */
  availabilityZone?: string;
}>;

/** One target to take out of service. */
export type Removal = Registration &
  Readonly<{
    /** Set when the target is a member of the group that should replace it. */
    instanceId?: string;
    /** Set when the member should stand by instead, to be looked at. */
    standby?: Quarantine;
    /** Set when it should be tried again after so long. */
    probationSeconds?: number;
    /** The load balancer's reason code and words. */
    cause: string;
  }>;

/** A member to put aside. */
export type StandBy = Readonly<{
  autoScalingGroup: string;
  instanceId: string;
  /** False: the desired capacity becomes smaller by it. */
  isReplaced: boolean;
}>;

export const isAction = (decision: Decision): boolean =>
  decision.kind === 'capacity'
    ? decision.from !== decision.to || changesPool(decision)
    : decision.removals.length > 0 ||
      decision.returned !== undefined ||
      decision.released !== undefined;

/** True when the decision sets the limit of a warm pool. */
export const changesPool = ({ pool }: Pick<CapacityDecision, 'pool'>): boolean =>
  pool !== undefined && pool.from !== pool.to;

/** Protected instances keep the group above its maximum: only a person can lift their protection. */
export const isKeptAboveMaximum = (decision: Decision): boolean =>
  decision.kind === 'capacity' &&
  decision.reason === 'InstancesProtected' &&
  decision.bounds !== undefined &&
  decision.from > decision.bounds.max;

/** Names what a decision on targets is about, as people read it. */
export const subjectsOf = (decision: HealthDecision): readonly string[] => {
  const { removals, released } = decision;
  const targets = [...removals, ...returnsOf(decision)].map(
    ({ targetId, port }) => `${targetId}:${port}`,
  );
  return [...targets, ...(released === undefined ? [] : [released])];
};

/** The registrations that a decision makes again, the one that was due first at the head. */
export const returnsOf = ({
  returned,
  alsoReturned = [],
}: HealthDecision): readonly Registration[] =>
  returned === undefined ? [] : [returned, ...alsoReturned];

/** The fields of a decision that makes these registrations again. */
export const returning = ([returned, ...others]: readonly Registration[]): Pick<
  HealthDecision,
  'returned' | 'alsoReturned'
> => ({
  ...(returned === undefined ? {} : { returned }),
  ...(others.length === 0 ? {} : { alsoReturned: others }),
});
