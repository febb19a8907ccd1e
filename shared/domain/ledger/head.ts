import type { Instant } from '#domain/time/instant.ts';
import type { CapacityDecision, Decision, HealthDecision, Registration } from './decision.ts';
import type { MetricDelays } from './metric-delay.ts';
import type { Outcome } from './outcome.ts';
import type { Override } from './override.ts';
import type { StandbyMemory } from './standby-memory.ts';

/**
 * The newest entry of a group's ledger, and all that an evaluation must remember. Scaling and
 * healing keep a head each, so that a healer that fails never holds up scaling.
 */
type HeadBase<D extends Decision> = Readonly<{
  /** Counts writes; each write is conditional on it. */
  version: number;
  /** Planned, and perhaps not done: found again after a crash. */
  inFlight?: InFlight<D>;
  /** The last recorded decision; the same signature again is not written again. */
  last?: LastDecision;
  /** The newest outcomes whose publication failed, to be published again; see `MOST_UNTOLD`. */
  untold: readonly Outcome[];
  /** So many more were given up; the next one that can be published says so. */
  droppedOutcomes?: number;
}>;

export type PoolRefusals = Readonly<{
  at: Instant;
  refusals: number;
  /** The reason that people were told; absent when only the sentence of a change said it. */
  told?: string;
}>;

/** The recorded decision before the next one. */
export type LastDecision = Readonly<{
  id: string;
  signature: string;
  /** The trouble of a hold that needs a person: while it goes on, people are not told of it again. */
  trouble?: string;
}>;

/** A planned decision, and when somebody last set out to carry it out. */
export type InFlight<D extends Decision> = Readonly<{
  decision: D;
  claimedAt: Instant;
  /** Count of attempts to finish what an earlier invocation had begun. */
  attempts?: number;
}>;

export type ScaleHead = HeadBase<CapacityDecision> &
  Readonly<{
    lastScaleOut?: Change;
    lastScaleIn?: Change;
    /** Our changes of the last half hour, the oldest first. */
    changes: readonly Change[];
    /** The flapping of rules that turn the group round again and again, as far as changes were reckoned in. */
    flapping?: Flapping;
    /** Recent recommendations, each from its time on, the oldest first; for stabilisation. */
    wishes: readonly Wanted[];
    /** The desired capacity as we left or accepted it; any other was set by somebody else. */
    expected?: number;
    /** The newest change by somebody else. */
    foreign?: ForeignChange;
    /** The override that operators were told of last. */
    announced?: Announced;
    /** Since when units have been missing at every look; absent while none is. */
    missingSince?: Instant;
    /** Since when instances have been on their way, by id, the oldest few; absent while none is. */
    pendingSince?: Readonly<Record<string, Instant>>;
    /** Time at which people were told that instances are stuck; absent while none is. */
    stuckTold?: Instant;
    /** Capacities that should be prepared, of which a warm pool keeps the largest for a while, the oldest first. */
    prepared?: readonly Wanted[];
    /** The newest limit of the warm pool that we set. */
    lastPool?: PoolChange;
    /** The time at which AWS refused a limit of the warm pool, and how often in a row; absent while it takes them. */
    poolRefused?: PoolRefusals;
    /** The delays of metrics, of a group that is asked when its values are due; absent until something is known. */
    delays?: MetricDelays;
    /** The memory of the group that this one stands in for; absent when there is none. */
    standby?: StandbyMemory;
    /** Alarms that were in ALARM when we last wrote. */
    openAlarms: readonly string[];
    /** Those of them whose own message reached us; any other was found by the sweep. */
    heardAlarms: readonly string[];
  }>;

export type HealHead = HeadBase<HealthDecision> &
  Readonly<{
    /** Times at which each target was first seen unhealthy without a healthy sighting since. */
    sightings: Readonly<Record<string, Instant>>;
    /** Times of recent removals, one entry for each target, the oldest first. */
    removals: readonly Instant[];
    /** The targets that are out and will be tried again, or are being tried. */
    probations: Readonly<Record<string, Probation>>;
    /** The instance that stands by to be looked at. */
    quarantined?: Quarantined;
    /** Since when a replacement has held up the next one at every look; absent while none does. */
    waitingSince?: Instant;
    /** The group has no `health` any more: when what it left behind is tried again, and how often it was. */
    letGo?: Readonly<{ until: Instant; attempts: number }>;
  }>;

/** A target that was only deregistered, and when it is tried again. */
export type Probation = Registration &
  Readonly<{
    /** Time that it stays out; twice as long each time that it fails again. */
    seconds: number;
    until: Instant;
    /** It was registered again then, and must prove itself. */
    returnedAt?: Instant;
    /** The reason why its removal could not be finished: it is put back, and left alone for `seconds`. */
    unfinished?: string;
    /** Count of refusals to register it again; `until` is put off each time. */
    refusals?: number;
    /** AWS knew no such target when it was to be registered again. */
    isGone?: true;
  }>;

export type Quarantined = Readonly<{
  instanceId: string;
  since: Instant;
  until: Instant;
  /** The group that it stands by in; absent in heads of older versions. */
  autoScalingGroup?: string;
  /** Count of refusals to end it; `until` is put off each time. */
  refusals?: number;
}>;

export type Head = ScaleHead | HealHead;

/** An override that was told, and whether its near end was told too. */
export type Announced = Readonly<{ override: Override; isEnding: boolean }>;

/** A capacity that we set. */
export type Change = Readonly<{
  at: Instant;
  from: number;
  to: number;
  /** It put back what somebody else had taken away. */
  isRestored?: true;
  /** The rule that was followed; absent when bounds, a person or a correction asked for it. */
  rule?: string;
}>;

/** A limit of a warm pool that we set; there was none before it, or other settings, when `from` is absent. */
export type PoolChange = Readonly<{ at: Instant; from?: number; to: number }>;

/** The sum of the changes by rules, up to the one at `at`. */
export type Flapping = Readonly<{
  /** The newest change that is reckoned in. */
  at: Instant;
  /** Its direction. */
  isOut: boolean;
  /** The rules that last added and removed. */
  outBy?: string;
  inBy?: string;
  /** The latest reversals, the oldest first: no more than it takes to call it flapping. */
  reversals: readonly Instant[];
  /** Since when it flaps; absent while it does not. */
  since?: Instant;
  /** Count of doublings of the scale-in cooldown, from 1; absent while it does not flap. */
  doublings?: number;
}>;

/** A capacity that somebody else set, and when we saw it. */
export type ForeignChange = Readonly<{ at: Instant; from: number; to: number }>;

/** A capacity that the rules wanted together, from then on. */
export type Wanted = Readonly<{ at: Instant; capacity: number }>;

export const newScaleHead: ScaleHead = {
  version: 0,
  untold: [],
  openAlarms: [],
  heardAlarms: [],
  changes: [],
  wishes: [],
};
export const newHealHead: HealHead = {
  version: 0,
  untold: [],
  sightings: {},
  removals: [],
  probations: {},
};
