import type { Ledger } from '#app/lane/ports.ts';
import { asError } from '#domain/basics/as-error.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { alarmsOf } from '#domain/configuration/rule.ts';
import { isDueWhileDamaged } from '#domain/lane/unseen.ts';
import { type HealHead, newHealHead, newScaleHead, type ScaleHead } from '#domain/ledger/head.ts';
import { recall } from '#domain/ledger/memory.ts';
import type { Alarm } from '#domain/observed/alarm.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import {
  healCause,
  looksBetween,
  lookWhenDue,
  missedAlarms,
  type SweepCause,
  type SweepView,
  scaleCause,
} from '#domain/sweep/decide-sweep.ts';
import type { EvaluationRequest, SentRequest } from '#domain/sweep/evaluation-message.ts';
import { type Instant, secondsBetween } from '#domain/time/instant.ts';
import { type FleetPorts, lookAtFleets } from './look-at-fleets.ts';

export type SweepPorts = FleetPorts &
  Readonly<{
    /**
     * The alarms among these that are in ALARM, by name, alarms of every type alike; also those that lost the action
     * which should reach us.
     */
    readFiringAlarms: (names: readonly string[]) => Promise<ReadonlyMap<string, Alarm>>;
    /** Heads with overrides. They may be a second old: an evaluation reads them afresh. */
    scaleLedger: Pick<Ledger<ScaleHead>, 'read'>;
    /** Heads without overrides, which may be as old. */
    healLedger: Pick<Ledger<HealHead>, 'read'>;
    /** The groups with whose targets something must still be done, in the configuration or not. */
    readOpenHeads: () => Promise<readonly string[]>;
    requestScaling: (requests: readonly SentRequest[]) => Promise<void>;
    requestHealing: (requests: readonly EvaluationRequest[]) => Promise<void>;
    /** Makes notify look what waits in its lines. */
    requestFlush: () => Promise<void>;
    /** Writes down that a look has succeeded, and when, for people who ask how old the last one is. */
    recordSweep: (at: Instant) => Promise<void>;
  }>;

/**
 * Looks at every group, once a minute, and requests the evaluations that no message asked for. It
 * decides nothing itself: both roads lead to the same evaluation of the same fresh state.
 */
export const sweep = (ports: SweepPorts): (() => Promise<void>) => {
  const named = sweptOf(ports.configuration.groups);

  /** Members of fleets hold up no group that the file names: they are found and looked at beside them. */
  const observeMembers = async (): Promise<readonly SweptGroup[]> => {
    const { members, states } = await lookAtFleets(ports);
    return members.length === 0 ? [] : observe(ports, sweptOf(members), states);
  };

  const request = async (): Promise<void> => {
    const [ofNamed, ofMembers, left] = await Promise.all([
      observe(ports, named),
      observeMembers(),
      leftBehind(ports),
    ]);
    const seen = [...ofNamed, ...ofMembers];
    for (const { view, damage } of seen) {
      if (damage.scaling === undefined) noteMissed(ports, view);
    }

    const scaling: readonly SentRequest[] = [
      ...seen.flatMap((each) => requestFor(each.view, causeToScale(each))),
      ...seen.flatMap(laterLooks),
    ];
    const healing = [...seen.flatMap((each) => requestFor(each.view, causeToHeal(each))), ...left];
    for (const { group, cause } of [...scaling, ...healing]) {
      ports.note({ kind: 'evaluation-requested', group, cause });
    }

    await Promise.all([ports.requestScaling(scaling), ports.requestHealing(healing)]);
  };

  return async () => {
    const hasChannels = ports.configuration.channels.length > 0;
    await Promise.all([request(), ...(hasChannels ? [ports.requestFlush()] : [])]);
    await record(ports);
  };
};

/** Requests stand, whether the time can be written down or not. */
const record = async ({ recordSweep, note, now }: SweepPorts): Promise<void> => {
  try {
    await recordSweep(now());
  } catch (thrown) {
    note({ kind: 'look-failed', group: 'the time of the sweep', error: asError(thrown) });
  }
};

/** Groups that took targets out and are healed no more: nobody else would put their targets back. */
const leftBehind = async ({
  configuration,
  readOpenHeads,
  note,
}: SweepPorts): Promise<readonly EvaluationRequest[]> => {
  try {
    const healed = configuration.groups.filter(({ health }) => health !== undefined);
    const open = await readOpenHeads();
    return open
      .filter((group) => !healed.some(({ name }) => name === group))
      .map((group) => ({ kind: 'evaluate', group, cause: 'left-behind' }));
  } catch (thrown) {
    // The index may be in the making; the groups of the configuration do not wait for it.
    note({ kind: 'look-failed', group: 'groups left behind', error: asError(thrown) });
    return [];
  }
};

/** Groups to look at, and the names that are read for it. */
type Swept = Readonly<{
  groups: readonly Group[];
  names: readonly string[];
  healedGroups: readonly string[];
  autoScalingGroups: readonly string[];
  alarms: readonly string[];
}>;

const sweptOf = (groups: readonly Group[]): Swept => ({
  groups,
  names: groups.map(({ name }) => name),
  healedGroups: groups.flatMap(({ name, health }) => (health === undefined ? [] : [name])),
  autoScalingGroups: groups.map(({ autoScalingGroup }) => autoScalingGroup),
  alarms: [...new Set(groups.flatMap((group) => alarmNames(group)))],
});

const alarmNames = ({ rules, health }: Group): readonly string[] => [
  ...alarmsOf(rules),
  ...(health ? health.watched.map(({ alarm }) => alarm) : []),
];

/** A group as the sweep sees it, and what is wrong with the memory of each lane. */
type SweptGroup = Readonly<{
  view: SweepView;
  damage: Readonly<{ scaling?: string | undefined; healing?: string | undefined }>;
  /** A wrong clock wrote times that are far ahead: an evaluation stores them anew. */
  isAhead: Readonly<{ scaling: boolean; healing: boolean }>;
}>;

const causeToScale = ({ view, damage, isAhead }: SweptGroup): SweepCause | undefined => {
  if (damage.scaling !== undefined) return whileDamaged(view);
  return isAhead.scaling ? 'times-ahead' : scaleCause(view);
};

const causeToHeal = ({ view, damage, isAhead }: SweptGroup): SweepCause | undefined => {
  if (view.group.health === undefined) return undefined;
  if (damage.healing !== undefined) return whileDamaged(view);
  return isAhead.healing ? 'times-ahead' : healCause(view);
};

/** The evaluation tells people of it. */
const whileDamaged = ({ now }: SweepView): SweepCause | undefined =>
  isDueWhileDamaged(now) ? 'ledger-unreadable' : undefined;

/** Looks at groups. Those whose state is known already are not asked for again. */
const observe = async (
  ports: SweepPorts,
  swept: Swept,
  known: ReadonlyMap<string, GroupState> = new Map(),
): Promise<readonly SweptGroup[]> => {
  const unknown = swept.autoScalingGroups.filter((name) => !known.has(name));
  const [alarms, states, scaling, healing] = await Promise.all([
    ports.readFiringAlarms(swept.alarms),
    known.size > 0 && unknown.length === 0 ? known : ports.readGroups(unknown),
    ports.scaleLedger.read(swept.names),
    ports.healLedger.read(swept.healedGroups),
  ]);
  const now = ports.now();

  return swept.groups.map((group) => {
    const state = known.get(group.autoScalingGroup) ?? states.get(group.autoScalingGroup);
    const scale = recall(newScaleHead, scaling.get(group.name), now);
    const heal = recall(newHealHead, healing.get(group.name), now);
    const { override } = scale;
    const view = {
      now,
      group,
      alarms,
      ...(state ? { state } : {}),
      ...(override === undefined ? {} : { override }),
      scaleHead: scale.head,
      healHead: heal.head,
    };
    return {
      view,
      damage: {
        scaling: scaling.get(group.name)?.damage,
        healing: healing.get(group.name)?.damage,
      },
      isAhead: { scaling: scale.isClockRepaired === true, healing: heal.isClockRepaired === true },
    };
  });
};

const requestFor = ({ group }: SweepView, cause?: string): readonly EvaluationRequest[] =>
  cause === undefined ? [] : [{ kind: 'evaluate', group: group.name, cause }];

/** The looks within the minute of a group, as messages that the queue holds back. */
const laterLooks = ({ view, damage }: SweptGroup): readonly SentRequest[] => {
  if (damage.scaling !== undefined || view.state === undefined) return [];
  const due = lookWhenDue(view);
  return [
    ...looksBetween(view).map((delaySeconds) => laterLook(view, 'between-minutes', delaySeconds)),
    ...(due === undefined ? [] : [laterLook(view, 'value-due', due)]),
  ];
};

const laterLook = ({ group }: SweepView, cause: SweepCause, delaySeconds: number): SentRequest => ({
  kind: 'evaluate',
  group: group.name,
  cause,
  delaySeconds,
});

const noteMissed = ({ note }: SweepPorts, view: SweepView): void => {
  for (const { name, since } of missedAlarms(view)) {
    const forSeconds = secondsBetween(since, view.now);
    note({ kind: 'missed-notification', group: view.group.name, alarm: name, forSeconds });
  }
};
