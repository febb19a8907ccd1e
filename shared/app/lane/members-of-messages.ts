import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import { memberOf } from '#domain/configuration/fleet.ts';
import { type Disposition, done } from '#domain/lane/disposition.ts';
import type { EvaluationMessage } from '#domain/sweep/evaluation-message.ts';
import { type GroupIndex, subjectOf } from '#domain/sweep/group-index.ts';
import { type AskedAbout, membersAsked } from '#domain/sweep/members-asked.ts';
import { fleetOf, type Membership } from '#domain/sweep/next-memberships.ts';

/** The way to the members of fleets, which the configuration does not name. */
export type MemberPorts = Readonly<{
  configuration: Pick<Configuration, 'groups' | 'fleets'>;
  /** Reads, strongly consistent, which of these Auto Scaling groups belong to fleets; the others are absent. */
  readMemberships: (names: readonly string[]) => Promise<ReadonlyMap<string, Membership>>;
}>;

/**
 * Finds the members that messages are about: those that the table knows as members, and that `tidegate.yml` does not
 * name itself. Nothing is read when no message can be about a member.
 */
export const findMembers = async (
  { configuration: { groups, fleets = [] }, readMemberships }: MemberPorts,
  asked: readonly AskedAbout[],
): Promise<readonly Group[]> => {
  const named = fleets.length === 0 ? [] : groups.map((group) => group.autoScalingGroup);
  const isNamed = new Set(named);
  const wanted = asked
    .flatMap((about) => membersAsked(fleets, about))
    .filter(({ autoScalingGroup }) => !isNamed.has(autoScalingGroup));
  if (wanted.length === 0) return [];

  const memberships = await readMemberships([
    ...new Set(wanted.map(({ autoScalingGroup }) => autoScalingGroup)),
  ]);
  const members = wanted.flatMap(({ fleet: name, autoScalingGroup }) => {
    const membership = memberships.get(autoScalingGroup);
    const fleet = fleets.find((each) => each.name === name);
    const isMember = membership !== undefined && fleetOf(membership) === name;
    return isMember && fleet !== undefined ? [memberOf(fleet, autoScalingGroup)] : [];
  });
  return [...new Map(members.map((member) => [member.name, member])).values()];
};

/** An index of groups, and of members beside them. */
export const beside = <G>(groups: GroupIndex<G>, members: GroupIndex<G>): GroupIndex<G> => ({
  named: (name) => groups.named(name) ?? members.named(name),
  boundTo: (alarm) => [...groups.boundTo(alarm), ...members.boundTo(alarm)],
});

type Fallback = Readonly<{
  evaluate: (messages: readonly EvaluationMessage[]) => Promise<readonly Disposition[]>;
  error: Error;
}>;

/** While nobody can say who the members are, groups that the file names go on, and messages about members come back. */
export const withoutMembers = async (
  { fleets = [] }: Pick<Configuration, 'fleets'>,
  messages: readonly EvaluationMessage[],
  { evaluate, error }: Fallback,
): Promise<readonly Disposition[]> => {
  const isOfMember = (message: EvaluationMessage): boolean =>
    membersAsked(fleets, subjectOf(message)).length > 0;
  const others = (await evaluate(messages.filter((each) => !isOfMember(each)))).values();
  return messages.map((message) =>
    isOfMember(message) ? { kind: 'retry', error } : (others.next().value ?? done),
  );
};
