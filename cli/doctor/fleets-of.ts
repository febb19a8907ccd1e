import type { Account } from '#cli/terminal.ts';
import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import type { FleetFacts } from '#domain/doctor/checkup.ts';
import { memberGroups } from '#domain/sweep/kept-membership.ts';
import { fleetOf, type Membership } from '#domain/sweep/next-memberships.ts';

/** Fleets for the doctor, and so many of their members as he examines, the first by name. */
export type FoundFleets = Readonly<{ fleets: readonly FleetFacts[]; members: readonly Group[] }>;

/** The doctor examines so many members, the first by name: each takes a dozen calls, and another one can be named. */
const MOST_MEMBERS = 10;

/** Reads what the last sweep wrote down of the fleets; nothing of it where nothing is deployed. */
export const fleetsOf = async (
  account: Account,
  configuration: Configuration,
  { stack, name }: Readonly<{ stack: string; name: string | undefined }>,
): Promise<FoundFleets> => {
  const { fleets = [] } = configuration;
  if (fleets.length === 0) return { fleets: [], members: [] };
  const memberships = await membershipsIn(account, stack);
  const members = memberGroups(configuration, memberships ?? []);
  const meant = members.filter(
    (member) =>
      name === undefined ||
      [member.name, member.autoScalingGroup, member.fleet?.name].includes(name),
  );
  return {
    fleets: fleets
      .filter((fleet) => name === undefined || fleet.name === name)
      .map((fleet) => ({ fleet, deployment: stack, ...factsOf(fleet.name, memberships) })),
    members: meant.slice(0, MOST_MEMBERS),
  };
};

const factsOf = (
  name: string,
  memberships: readonly Membership[] | undefined,
): Pick<FleetFacts, 'members' | 'contested'> => {
  if (memberships === undefined) return {};
  const namesOf = (some: readonly Membership[]) => some.map((each) => each.autoScalingGroup);
  return {
    members: namesOf(memberships.filter((each) => fleetOf(each) === name)),
    contested: namesOf(
      memberships.filter(({ fleets }) => fleets.length > 1 && fleets.includes(name)),
    ),
  };
};

const membershipsIn = async (
  account: Account,
  stack: string,
): Promise<readonly Membership[] | undefined> => {
  try {
    const table = await account.tableOf(stack);
    if (table === undefined) return undefined;
    const reads = await account.readsIn({ table, deployment: stack });
    return await reads.readAllMemberships();
  } catch {
    // Where nothing is deployed, or the table may not be read, the checks say that they were not made.
    return undefined;
  }
};
