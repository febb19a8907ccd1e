import type { HopPorts } from '#app/lane/acknowledge-drills.ts';
import { beside, findMembers, type MemberPorts } from '#app/lane/members-of-messages.ts';
import { asError } from '#domain/basics/as-error.ts';
import { asIfFiring } from '#domain/capacity/as-if-firing.ts';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import type { Observation } from '#domain/capacity/observation.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { type Disposition, done } from '#domain/lane/disposition.ts';
import { isUnseen, type Unseen } from '#domain/lane/unreadable-group.ts';
import { type DrillMessage, type DrillNews, rehearsalOf } from '#domain/ledger/drill.ts';
import { type GroupIndex, indexByRules } from '#domain/sweep/group-index.ts';
import type { Instant } from '#domain/time/instant.ts';
import { observeGroups } from './observe-groups.ts';
import type { ScaleReads } from './ports.ts';
import { readOnDemand } from './read-on-demand.ts';

/** The reads of an evaluation, and two ways to say what came of it. There is no port here that could change a group. */
export type ScaleDrillPorts = Omit<ScaleReads, 'now'> &
  HopPorts &
  Readonly<{
    groups: GroupIndex<Group>;
    members: MemberPorts;
    /** Publishes the news of a drill on the outcome topic. */
    publishDrill: (news: DrillNews) => Promise<void>;
  }>;

/**
 * Decides in full what the messages of drills would lead to, and carries nothing out. Each decision is written down
 * beside the drill, and that of an alarm is told. The groups of a batch are read together, and a group that cannot be
 * seen holds up its own drills and no other.
 */
export const drillGroups =
  (ports: ScaleDrillPorts) =>
  async (messages: readonly DrillMessage[]): Promise<readonly Disposition[]> => {
    const receivedAt = ports.now();
    const members = await findMembers(
      ports.members,
      messages.map(({ about }) => about),
    );
    const index = beside(ports.groups, indexByRules(members));
    const drills = messages.map((message) => ({
      message,
      receivedAt,
      groups: groupsOf(index, message.about),
    }));
    const seen = observeAll(ports, [...new Set(drills.flatMap(({ groups }) => groups))]);

    return Promise.all(
      drills.map((drill) =>
        drillOne(ports, drill, seen).catch(
          (thrown: unknown): Disposition => ({ kind: 'retry', error: asError(thrown) }),
        ),
      ),
    );
  };

type Drill = Readonly<{
  message: DrillMessage;
  receivedAt: Instant;
  /** The groups that it is about. */
  groups: readonly Group[];
}>;

/** The observations of all groups of the batch, by the names of groups. */
type Observed = ReadonlyMap<string, Observation | Unseen<Group>>;

const observeAll = async (ports: ScaleDrillPorts, groups: readonly Group[]): Promise<Observed> => {
  const observed = groups.length === 0 ? [] : await observeGroups(ports, groups);
  return new Map(observed.map((each) => [each.group.name, each]));
};

const drillOne = async (
  ports: ScaleDrillPorts,
  drill: Drill,
  seen: Promise<Observed>,
): Promise<Disposition> => {
  const { message, receivedAt, groups } = drill;
  if (groups.length === 0) {
    const detail = nothingBoundTo(message.about);
    await ports.keepHop({
      drill: message.drill,
      hop: 'scale',
      receivedAt,
      at: ports.now(),
      detail,
    });
    return done;
  }

  const byName = await seen;
  const observed = groups.flatMap(({ name }) => byName.get(name) ?? []);
  for (const each of observed) {
    if (!isUnseen(each)) await rehearse(ports, drill, each);
  }
  const unseen = observed.find((each) => isUnseen(each));
  return unseen === undefined ? done : { kind: 'retry', error: unseen.error };
};

const rehearse = async (
  ports: ScaleDrillPorts,
  { message: { drill, about }, receivedAt }: Drill,
  seen: Observation,
): Promise<void> => {
  const supposed = 'alarm' in about ? asIfFiring(seen, about.alarm) : seen;
  const observation = await readOnDemand(ports, supposed, decideCapacity(supposed));
  const would = rehearsalOf(decideCapacity(observation));
  const at = ports.now();
  await ports.keepHop({ drill, hop: 'scale', group: would.group, receivedAt, at, would });
  if ('alarm' in about) await ports.publishDrill({ kind: 'drill', drill, at, would });
};

const groupsOf = (index: GroupIndex<Group>, about: DrillMessage['about']): readonly Group[] => {
  if ('alarm' in about) return index.boundTo(about.alarm);
  const named = index.named(about.group);
  return named === undefined ? [] : [named];
};

const nothingBoundTo = (about: DrillMessage['about']): string =>
  'group' in about
    ? `no group named ${about.group} is deployed`
    : `no deployed rule is bound to the alarm ${about.alarm}`;
