import { IN_FLIGHT_MS } from '#domain/capacity/decide-recovery.ts';
import { missingUnits } from '#domain/capacity/missing-units.ts';
import { boundsOf, within } from '#domain/capacity/narrowed-bounds.ts';
import { MOST_ALARMS } from '#domain/capacity/observation.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { alarmsOf } from '#domain/configuration/rule.ts';
import { waitsForAlarm } from '#domain/configuration/watched.ts';
import type { HealHead, ScaleHead } from '#domain/ledger/head.ts';
import { inForce, type Override } from '#domain/ledger/override.ts';
import type { Alarm } from '#domain/observed/alarm.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import { isOnItsWay } from '#domain/observed/lifecycle.ts';
import { type Instant, secondsBetween } from '#domain/time/instant.ts';
import { dueLook } from './due-look.ts';

/** As much of an alarm as the sweep goes by. */
export type SweptAlarm = Pick<Alarm, 'name' | 'state' | 'since' | 'actionsEnabled'>;

/** The sweep's knowledge of one group, a minute apart. */
export type SweepView = Readonly<{
  now: Instant;
  group: Group;
  state?: GroupState;
  /** The alarms in ALARM that groups are bound to; others may be missing. */
  alarms: ReadonlyMap<string, SweptAlarm>;
  override?: Override;
  scaleHead: ScaleHead;
  healHead: HealHead;
}>;

/** The cause of an evaluation that no message asks for. */
export type SweepCause =
  | 'alarm-firing'
  | 'alarm-cleared'
  | 'out-of-bounds'
  | 'minute-passed'
  | 'between-minutes'
  | 'value-due'
  | 'override'
  | 'changed-by-others'
  | 'units-missing'
  | 'instances-pending'
  | 'decision-unsettled'
  | 'outcome-untold'
  | 'ledger-unreadable'
  | 'times-ahead'
  | 'targets-unhealthy'
  | 'targets-out'
  | 'targets-due'
  | 'left-behind';

/** Finds why the group's capacity should be evaluated now, or nothing when it need not be. */
export const scaleCause = (view: SweepView): SweepCause | undefined => {
  const { group, state, scaleHead } = view;
  const fires = alarmsOf(group.rules).some((name) => isFiring(view.alarms.get(name)));

  if (isUnsettled(scaleHead, view.now)) return 'decision-unsettled';
  if (fires) return 'alarm-firing';
  if (scaleHead.openAlarms.length > 0) return 'alarm-cleared';
  if (state && isOutOfBounds(group, state)) return 'out-of-bounds';
  if (isOverridden(view)) return 'override';
  if (isForeign(view)) return 'changed-by-others';
  if (isSeenEachMinute(view)) return 'minute-passed';
  return arrivalCause(view) ?? (scaleHead.untold.length > 0 ? 'outcome-untold' : undefined);
};

/**
 * The further looks at a group in the minute that begins, in seconds from now: none at a group that is looked at once a
 * minute, has only rules that wait for alarms, or is paused. The sweep of the next minute begins anew, so a look
 * that is lost is one of a minute's.
 */
export const looksBetween = ({ group, override, now }: SweepView): readonly number[] => {
  const { everySeconds } = group;
  if (everySeconds === undefined || !isTimed(group)) return [];
  if (inForce(override, now)?.kind === 'pause') return [];
  return Array.from(
    { length: Math.ceil(MINUTE_SECONDS / everySeconds) - 1 },
    (_, index) => (index + 1) * everySeconds,
  );
};

const MINUTE_SECONDS = 60;

/**
 * The further look at a group that is asked when its newest value should be there, in seconds from now; nothing when the
 * sweep's own looks come soon enough, when no rule reads a metric, or while the group is paused. The sweep asks for its
 * own look as ever, so a look that is lost costs some seconds.
 */
export const lookWhenDue = ({ group, override, scaleHead, now }: SweepView): number | undefined =>
  inForce(override, now)?.kind === 'pause'
    ? undefined
    : dueLook({ group, delays: scaleHead.delays, now });

/** Finds why the group's targets should be evaluated now, or nothing when they need not be. */
export const healCause = (view: SweepView): SweepCause | undefined => {
  const { group, healHead } = view;
  if (group.health === undefined) return undefined;

  if (isUnsettled(healHead, view.now)) return 'decision-unsettled';
  const { watched } = group.health;
  if (watched.some(({ alarm }) => isFiring(view.alarms.get(alarm)))) return 'targets-unhealthy';
  if (Object.keys(healHead.sightings).length > 0) return 'targets-unhealthy';
  if (hasTargetsOut(healHead)) return 'targets-out';
  return healHead.untold.length > 0 ? 'outcome-untold' : undefined;
};

/**
 * Alarms that have been firing for longer than a message takes, and whose message never reached us.
 * One that fires for very long was perhaps bound to a rule while it fired: it says nothing.
 */
export const missedAlarms = (view: SweepView): readonly SweptAlarm[] =>
  alarmsOf(view.group.rules)
    .flatMap((name) => view.alarms.get(name) ?? [])
    .filter(
      (alarm) =>
        isFiring(alarm) &&
        secondsBetween(alarm.since, view.now) >= MISSED_AFTER_SECONDS &&
        secondsBetween(alarm.since, view.now) < MISSED_UNTIL_SECONDS &&
        !view.scaleHead.heardAlarms.includes(alarm.name) &&
        // Of more alarms than a head remembers nobody knows whose message came.
        view.scaleHead.openAlarms.length < MOST_ALARMS,
    );

/** Twice the sweep's interval: by then a message, and a retry of it, have had their time. */
const MISSED_AFTER_SECONDS = 120;
const MISSED_UNTIL_SECONDS = 900;

/** An alarm that its operators have muted does not count as firing. */
const isFiring = (alarm: SweptAlarm | undefined): boolean =>
  alarm?.state === 'ALARM' && alarm.actionsEnabled;

/** Something that the group wants has not arrived. */
const arrivalCause = (view: SweepView): SweepCause | undefined => {
  if (isShort(view)) return 'units-missing';
  return isWaiting(view) ? 'instances-pending' : undefined;
};

/** Units are missing, or were at the last look: the next one must know. */
const isShort = ({ state, scaleHead }: SweepView): boolean =>
  scaleHead.missingSince !== undefined || (state !== undefined && missingUnits(state) > 0);

/** Instances are on their way, or were at the last look: the next one must know for how long. */
const isWaiting = ({ state, scaleHead: { pendingSince, stuckTold } }: SweepView): boolean =>
  pendingSince !== undefined ||
  stuckTold !== undefined ||
  (state?.instances ?? []).some((instance) => isOnItsWay(instance));

/** Somebody waits to be tried again, or stands by. */
const hasTargetsOut = ({ probations, quarantined }: HealHead): boolean =>
  quarantined !== undefined || Object.keys(probations).length > 0;

/** It is not what we left it at. A read may lag, which the evaluation finds out. */
const isForeign = ({ state, scaleHead: { expected } }: SweepView): boolean =>
  expected !== undefined && state !== undefined && state.capacityDesired !== expected;

/** An override is in force and must be kept, or its end is still to be told. */
const isOverridden = ({ override, scaleHead, now }: SweepView): boolean =>
  inForce(override, now) !== undefined || scaleHead.announced !== undefined;

/** A group that stands in for another one looks after it once a minute; one that does no longer must still say so. */
const isSeenEachMinute = ({ group, scaleHead }: SweepView): boolean =>
  isTimed(group) || group.standby !== undefined || scaleHead.standby !== undefined;

/** Only rules that are bound to an alarm of CloudWatch are told when to look. */
const isTimed = ({ rules }: Group): boolean => rules.some((rule) => !waitsForAlarm(rule));

const isUnsettled = ({ inFlight }: ScaleHead | HealHead, now: Instant): boolean =>
  inFlight !== undefined && now - inFlight.claimedAt >= IN_FLIGHT_MS;

const isOutOfBounds = (group: Group, state: GroupState): boolean =>
  within(boundsOf(group, state), state.capacityDesired) !== state.capacityDesired;
