import { observeValues, type Values } from '#app/capacity/observe-values.ts';
import type { ScaleReads } from '#app/capacity/ports.ts';
import { type CapacityPreview, previewCapacity } from '#app/capacity/preview-capacity.ts';
import type { HealReads } from '#app/health/ports.ts';
import { type HealthPreview, previewHealth } from '#app/health/preview-health.ts';
import { asError } from '#domain/basics/as-error.ts';
import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import { type HealedGroup, isHealed } from '#domain/health/health-observation.ts';
import { isUnseen, type Unseen } from '#domain/lane/unreadable-group.ts';
import type { RecordedDecision } from '#domain/ledger/recorded-decision.ts';
import {
  type BrokenChannel,
  brokenChannelsIn,
  type ChannelStates,
  type LastSweep,
  openAlarmsIn,
} from '#domain/status/deployment-status.ts';
import { type GroupStatus, groupStatusOf, type UnseenStatus } from '#domain/status/group-status.ts';
import type { OpenIncident } from '#domain/status/last-decisions.ts';

/** All that a status reads; nothing here writes. */
export type StatusReads = Readonly<{
  scale: ScaleReads;
  heal: HealReads;
  /** The newest decisions of a group, no more than so many, the newest first. */
  listDecisions: (
    range: Readonly<{ group: string; most: number }>,
  ) => Promise<readonly RecordedDecision[]>;
  readChannelStates: (channels: readonly string[]) => Promise<ChannelStates>;
  readLastSweep: () => Promise<LastSweep | undefined>;
}>;

/** A deployment as it is now. */
export type Status = Readonly<{
  groups: readonly (GroupStatus | UnseenStatus)[];
  channels: readonly BrokenChannel[];
  /** The alarms that people were told of and that are open. */
  alarms: readonly OpenIncident[];
  sweep?: LastSweep;
}>;

/** The last change and the last error of a group are looked for among so many decisions. */
const RECENT = 50;

/** Looks at some groups of a configuration, and decides as the next look will. */
export const observeStatus = async (
  reads: StatusReads,
  configuration: Configuration,
  groups: readonly Group[],
): Promise<Status> => {
  const [capacity, health, values, recent, states, sweep] = await Promise.all([
    previewCapacity(reads.scale, groups),
    previewHealth(reads.heal, groups.filter(isHealed)),
    observeValues(reads.scale, groups).catch((thrown) => noValues(reads, thrown)),
    Promise.all(groups.map(({ name: group }) => reads.listDecisions({ group, most: RECENT }))),
    reads.readChannelStates(configuration.channels.map(({ name }) => name)),
    reads.readLastSweep(),
  ]);

  return {
    groups: groups.map((group, index) =>
      statusOf(group, {
        capacity: capacity[index],
        health: health.find((each) => nameIn(each) === group.name),
        values: values.get(group.name) ?? {},
        recent: recent[index] ?? [],
      }),
    ),
    channels: brokenChannelsIn(states),
    alarms: openAlarmsIn(states),
    ...(sweep === undefined ? {} : { sweep }),
  };
};

type GroupLooks = Readonly<{
  capacity: CapacityPreview | Unseen<Group> | undefined;
  health: HealthPreview | Unseen<HealedGroup> | undefined;
  values: Values;
  recent: readonly RecordedDecision[];
}>;

const statusOf = (
  { name, autoScalingGroup }: Group,
  { capacity, health, values, recent }: GroupLooks,
): GroupStatus | UnseenStatus => {
  if (capacity === undefined) return { group: name, autoScalingGroup, unseen: NOT_LOOKED_AT };
  if (isUnseen(capacity)) return { group: name, autoScalingGroup, unseen: capacity.error.message };
  return groupStatusOf({
    capacity,
    ...(health === undefined ? {} : { health: isUnseen(health) ? health.error.message : health }),
    values,
    recent,
  });
};

const NOT_LOOKED_AT = 'it was not looked at';

const nameIn = (each: HealthPreview | Unseen<HealedGroup>): string =>
  isUnseen(each) ? each.group.name : each.observation.group.name;

/** The values are for people alone; without them the rest is said all the same. */
const noValues = ({ scale }: StatusReads, thrown: unknown): ReadonlyMap<string, Values> => {
  scale.note({ kind: 'look-failed', group: 'the metrics', error: asError(thrown) });
  return new Map();
};
