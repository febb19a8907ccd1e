import { failure } from '#cli/output/failure.ts';
import { readsOf } from '#cli/status/reads-of.ts';
import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import { memberOf, partsOfMember } from '#domain/configuration/fleet.ts';
import { memberGroups } from '#domain/sweep/kept-membership.ts';
import type { Reads, Terminal } from '../terminal.ts';
import type { ReachedTable } from './find-deployment.ts';
import { groupNamed, unknownGroup } from './group-named.ts';

/** Groups that a command is about, and how many members of fleets are left out because there are so many. */
export type MeantGroups = Readonly<{ groups: readonly Group[]; left: number }>;

/** A command that is asked for everything shows so many members of fleets, the first by name. */
const MOST_MEMBERS = 100;

/**
 * The groups that a name means: a group of the file, a fleet with all its members, or one member by its own name or by
 * that of its Auto Scaling group. Without a name all are meant. Who the members are is read from the table, and only
 * where the file has fleets.
 */
export const groupsMeant = async (
  reads: Pick<Reads, 'readAllMemberships'>,
  configuration: Configuration,
  name: string | undefined,
): Promise<MeantGroups> => {
  const { groups, fleets = [] } = configuration;
  const named = groups.find((each) => each.name === name);
  if (named !== undefined) return { groups: [named], left: 0 };
  if (fleets.length === 0) {
    return { groups: name === undefined ? groups : [groupNamed(configuration, name)], left: 0 };
  }

  const members = memberGroups(configuration, await reads.readAllMemberships());
  if (name === undefined) return { ...some(members), groups: [...groups, ...some(members).groups] };
  if (fleets.some((fleet) => fleet.name === name)) {
    return some(members.filter((member) => member.fleet?.name === name));
  }
  const one = [...members, ...groups].find(
    (group) => group.name === name || group.autoScalingGroup === name,
  );
  if (one === undefined) throw unknownGroup(configuration, name);
  return { groups: [one], left: 0 };
};

/** The one group that a name means. */
export const groupMeant = async (
  reads: Pick<Reads, 'readAllMemberships'>,
  configuration: Configuration,
  name: string,
): Promise<Group> => {
  const { groups } = await groupsMeant(reads, configuration, name);
  const [only, ...others] = groups;
  if (only !== undefined && others.length === 0) return only;
  throw failure(
    'unknown-name',
    `"${name}" is a fleet with ${groups.length} members, and one group is asked for`,
    groups.length === 0
      ? 'tag a group, and wait for a minute'
      : `name one: ${groups
          .slice(0, 3)
          .map((each) => each.name)
          .join(', ')}${groups.length > 3 ? ', …' : ''}`,
  );
};

/** A configuration with a group among its groups, whether the file names it or a fleet has it. */
export const withGroup = (configuration: Configuration, group: Group): Configuration => ({
  ...configuration,
  groups: [...configuration.groups.filter(({ name }) => name !== group.name), group],
});

/** Throws where a name can mean nothing at all, which needs no AWS to be told. */
export const checkGroupName = (configuration: Configuration, name: string | undefined): void => {
  if (name === undefined || (configuration.fleets ?? []).length > 0) return;
  groupNamed(configuration, name);
};

/** The group of that name, or the member that it would name; only the table knows whether there is such a member. */
export const groupOrMember = (configuration: Configuration, name: string): Group => {
  const { fleets = [] } = configuration;
  if (fleets.some((fleet) => fleet.name === name)) {
    throw failure(
      'unknown-name',
      `"${name}" is a fleet, and one group is asked for`,
      `name a member: ${name}/AUTO-SCALING-GROUP`,
    );
  }
  const parts = partsOfMember(name);
  const fleet = fleets.find((each) => each.name === parts?.fleet);
  return fleet === undefined || parts === undefined
    ? groupNamed(configuration, name)
    : memberOf(fleet, parts.autoScalingGroup);
};

/** Throws when a group is to be a member of a fleet and is none. */
export const ensureMember = async (
  reached: ReachedTable,
  configuration: Configuration,
  { terminal, group }: Readonly<{ terminal: Terminal; group: string }>,
): Promise<void> => {
  if (groupOrMember(configuration, group).fleet === undefined) return;
  await groupMeant(await readsOf(reached, terminal), configuration, group);
};

const some = (members: readonly Group[]): MeantGroups => ({
  groups: members.slice(0, MOST_MEMBERS),
  left: Math.max(0, members.length - MOST_MEMBERS),
});

/** The line that says what is left out; none where nothing is. */
export const describeLeft = ({ left }: MeantGroups): readonly string[] =>
  left === 0
    ? []
    : [`  ${left} more members of fleets are left out: name one, as FLEET/AUTO-SCALING-GROUP`];

/** The line that says whom a change of a member's rules concerns; none for a group that the file names. */
export const noteOfFleet = ({ fleet }: Group): readonly string[] =>
  fleet === undefined ? [] : [`tidegate: these are the rules of all members of ${fleet.name}`];
