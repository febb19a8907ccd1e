import type { Ledger } from '#app/lane/ports.ts';
import { waitForAll } from '#domain/basics/wait-for-all.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { alarmsOf } from '#domain/configuration/rule.ts';
import type { TakeNote } from '#domain/lane/note.ts';
import { isDueWhileDamaged } from '#domain/lane/unreadable-group.ts';
import { type HealHead, newHealHead, newScaleHead, type ScaleHead } from '#domain/ledger/head.ts';
import { recall } from '#domain/ledger/memory.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import {
  healCause,
  looksBetween,
  lookWhenDue,
  missedAlarms,
  type SweepCause,
  type SweepView,
  type SweptAlarm,
  scaleCause,
} from '#domain/sweep/decide-sweep.ts';
import type { EvaluationRequest, SentRequest } from '#domain/sweep/evaluation-message.ts';
import { targetLook } from '#domain/sweep/target-look.ts';
import { type Instant, secondsBetween } from '#domain/time/instant.ts';

/** All that a look at groups needs. */
export type LookPorts = Readonly<{
  /**
   * The alarms among these that are in ALARM, by name, alarms of every type alike; also those that lost the action
   * which should reach us.
   */
  readFiringAlarms: (names: readonly string[]) => Promise<ReadonlyMap<string, SweptAlarm>>;
  /** By Auto Scaling group name; groups that do not exist are absent. */
  readGroups: (names: readonly string[]) => Promise<ReadonlyMap<string, GroupState>>;
  /** Heads with overrides. They may be a second old: an evaluation reads them afresh. */
  scaleLedger: Pick<Ledger<ScaleHead>, 'read'>;
  /** Heads without overrides, which may be as old. */
  healLedger: Pick<Ledger<HealHead>, 'read'>;
  requestScaling: (requests: readonly SentRequest[]) => Promise<void>;
  requestHealing: (requests: readonly EvaluationRequest[]) => Promise<void>;
  note: TakeNote;
  now: () => Instant;
}>;

/** The evaluations that a look asks for. */
export type Requests = Readonly<{
  scaling: readonly SentRequest[];
  healing: readonly EvaluationRequest[];
}>;

/** Groups to look at, and the names that are read for it. */
export type Swept = Readonly<{
  groups: readonly Group[];
  names: readonly string[];
  healedGroups: readonly string[];
  autoScalingGroups: readonly string[];
  alarms: readonly string[];
  /** The targets of a member are looked at in one of so many minutes. */
  turns: number;
}>;

/** Collects the names that are read for groups: once for those that stay the same. */
export const sweptOf = (groups: readonly Group[], turns = 1): Swept => ({
  groups,
  names: groups.map(({ name }) => name),
  healedGroups: groups.flatMap(({ name, health }) => (health === undefined ? [] : [name])),
  autoScalingGroups: groups.map(({ autoScalingGroup }) => autoScalingGroup),
  alarms: [...new Set(groups.flatMap((group) => alarmNames(group)))],
  turns,
});

/** The names of the alarms that a group is bound to. */
export const alarmNames = ({ rules, health }: Group): readonly string[] => [
  ...alarmsOf(rules),
  ...(health ? health.watched.map(({ alarm }) => alarm) : []),
];

/**
 * Looks at groups, and finds the evaluations that no message asked for. It decides nothing itself: both roads lead to
 * the same evaluation of the same fresh state.
 */
export const lookAtGroups = async (ports: LookPorts, swept: Swept): Promise<Requests> => {
  if (swept.groups.length === 0) return { scaling: [], healing: [] };
  const seen = await observe(ports, swept);
  for (const { view, damage } of seen) {
    if (damage.scaling === undefined) noteMissed(ports, view);
  }

  return {
    scaling: [
      ...seen.flatMap((each) => requestFor(each.view, causeToScale(each))),
      ...seen.flatMap(laterLooks),
    ],
    healing: seen.flatMap((each) => requestToHeal(each, swept.turns)),
  };
};

/** Requests together what one or more looks ask for. */
export const requestAll = async (
  { note, requestScaling, requestHealing }: LookPorts,
  looks: readonly Promise<Requests>[],
): Promise<void> => {
  const requests = await waitForAll(looks);
  const scaling = requests.flatMap((each) => each.scaling);
  const healing = requests.flatMap((each) => each.healing);
  for (const { group, cause } of [...scaling, ...healing]) {
    note({ kind: 'evaluation-requested', group, cause });
  }
  await waitForAll([requestScaling(scaling), requestHealing(healing)]);
};

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

/** A member whose targets nothing tells of is looked at when it is its turn. */
const requestToHeal = (each: SweptGroup, turns: number): readonly EvaluationRequest[] => {
  const { view, damage } = each;
  const cause = causeToHeal(each);
  if (cause !== undefined || damage.healing !== undefined) return requestFor(view, cause);
  const due = targetLook(view, turns);
  return due === undefined ? [] : [laterLook(view, 'targets-due', due)];
};

const causeToHeal = ({ view, damage, isAhead }: SweptGroup): SweepCause | undefined => {
  if (view.group.health === undefined) return undefined;
  if (damage.healing !== undefined) return whileDamaged(view);
  return isAhead.healing ? 'times-ahead' : healCause(view);
};

/** The evaluation tells people of it. */
const whileDamaged = ({ now }: SweepView): SweepCause | undefined =>
  isDueWhileDamaged(now) ? 'ledger-unreadable' : undefined;

const observe = async (ports: LookPorts, swept: Swept): Promise<readonly SweptGroup[]> => {
  const [alarms, states, scaling, healing] = await waitForAll([
    ports.readFiringAlarms(swept.alarms),
    ports.readGroups(swept.autoScalingGroups),
    ports.scaleLedger.read(swept.names),
    ports.healLedger.read(swept.healedGroups),
  ]);
  const now = ports.now();

  return swept.groups.map((group) => {
    const state = states.get(group.autoScalingGroup);
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

const noteMissed = ({ note }: LookPorts, view: SweepView): void => {
  for (const { name, since } of missedAlarms(view)) {
    const forSeconds = secondsBetween(since, view.now);
    note({ kind: 'missed-notification', group: view.group.name, alarm: name, forSeconds });
  }
};
