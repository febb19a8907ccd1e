import type { Group } from '#domain/configuration/configuration.ts';
import type { Reading } from '#domain/configuration/metric.ts';
import type { Opening } from '#domain/configuration/schedule.ts';
import type { SeenAlarm } from '#domain/ledger/group-look.ts';
import type { Change, ScaleHead } from '#domain/ledger/head.ts';
import type { Override } from '#domain/ledger/override.ts';
import type { Alarm } from '#domain/observed/alarm.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import type { Activity, Obstacle } from '#domain/observed/obstacle.ts';
import type { SeenPeer } from '#domain/observed/peer.ts';
import type { WarmPool } from '#domain/observed/warm-pool.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import type { SeenDemand } from './rules/demand.ts';

/** Everything that one evaluation of a group's capacity looks at. Nothing else may decide. */
export type Observation = Readonly<{
  now: Instant;
  group: Group;
  /** Absent when AWS knows no Auto Scaling group of that name. */
  state?: GroupState;
  /** The alarms of the group's rules, as far as they exist. */
  alarms: readonly Alarm[];
  /** The newest values of the metrics that rules read, by name; those without data are absent. */
  readings: Readonly<Record<string, Reading>>;
  /**
   * Of metrics that only grow while their data arrive, by name, the largest value of the periods after that of
   * `readings`: a lower bound. Absent while there is none.
   */
  arriving?: Readonly<Record<string, Reading>>;
  /** The past of the metrics that are forecast, by name; absent while no rule forecasts. */
  demands?: Readonly<Record<string, SeenDemand>>;
  /**
   * Demand that has arrived of the minutes after those of `demands`, by name, where it is more than the newest of
   * those had: lower bounds, and null between them. Absent while there is none.
   */
  arrivingDemands?: Readonly<Record<string, readonly (number | null)[]>>;
  /**
   * The begins of the newest whole periods that CloudWatch had, by metric; only of a group that is asked when its values
   * are due.
   */
  newest?: Readonly<Record<string, Instant>>;
  /** CloudWatch's reasons to refuse metrics, by name; absent while it refuses none. */
  refused?: Readonly<Record<string, string>>;
  /** Openings of the schedules' windows, by rule. */
  openings: Readonly<Record<string, Opening>>;
  /** The changes to ALARM whose messages prompted this evaluation; none when the sweep did. */
  heard: readonly NotifiedAlarm[];
  /** An override that a person put above the rules, in force or already over. */
  override?: Override;
  /** Obstacles forbid removals; absent when nobody looked, since nothing would be removed. */
  obstacles?: readonly Obstacle[];
  /** The group's latest activities, the newest first; absent when nobody looked. */
  activities?: readonly Activity[];
  /** The group's warm pool; absent when its size is not ours to decide, or when it could not be read. */
  pool?: WarmPool;
  /** The group that this one stands in for; absent when there is none. */
  peer?: SeenPeer;
  head: ScaleHead;
  /** Set when the head's times were far ahead: it is stored with those that it has here, and looked at again. */
  isClockRepaired?: true;
}>;

export type NotifiedAlarm = Readonly<{ alarm: string; at: Instant }>;

/** An observation of a group that exists. */
export type GroupObservation = Observation & Readonly<{ state: GroupState }>;

export const isFound = (observation: Observation): observation is GroupObservation =>
  observation.state !== undefined;

/** Reads of a group may lag behind our own write for about this long. */
export const STALE_READ_SECONDS = 60;

/**
 * The capacity to reckon from: the group's desired capacity, never the instances in service, and our
 * own last value while a read that still shows the one before it may be stale.
 */
export const currentCapacity = ({ state, head, now }: GroupObservation): number => {
  const last = lastChange(head);
  const isFresh = last !== undefined && now - last.at < STALE_READ_SECONDS * SECOND_MS;

  return isFresh && state.capacityDesired === last.from ? last.to : state.capacityDesired;
};

/** The last capacity that we set, in either direction. */
export const lastChange = ({ lastScaleOut, lastScaleIn }: ScaleHead): Change | undefined =>
  (lastScaleOut?.at ?? -1) >= (lastScaleIn?.at ?? -1) ? lastScaleOut : lastScaleIn;

/** The firing alarms that have told us so themselves, in this evaluation or in one before it. */
export const heardAlarms = (observation: Observation): readonly string[] =>
  openAlarms(observation).filter(
    (name) =>
      observation.head.heardAlarms.includes(name) ||
      observation.heard.some(({ alarm }) => alarm === name),
  );

/** True when a firing alarm has told us so for the first time, which the sweep must know of. */
export const isNewlyHeard = (observation: Observation): boolean =>
  heardAlarms(observation).some((name) => !observation.head.heardAlarms.includes(name));

/** The alarms of an observation, as messages that come later need to know them. */
export const seenAlarms = (observation: Observation): readonly SeenAlarm[] => {
  const heard = heardAlarms(observation);
  const unheard = openAlarms(observation).filter((name) => !heard.includes(name));
  return observation.alarms.map(({ name, since }) =>
    unheard.includes(name) ? { name, since, isUnheard: true } : { name, since },
  );
};

/** A head remembers at most so many alarms of a group, for it is one item. */
export const MOST_ALARMS = 50;

/** The alarms that are firing now and that nobody has muted, the first by name; for the head, not to decide by. */
export const openAlarms = ({ alarms }: Observation): readonly string[] =>
  alarms
    .filter(({ state, actionsEnabled }) => state === 'ALARM' && actionsEnabled)
    .map(({ name }) => name)
    .sort()
    .slice(0, MOST_ALARMS);
