import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import type { Membership } from '#domain/sweep/next-memberships.ts';
import type { HistoryEvent, Invocation } from '../history.ts';
import { type FleetScenario, simulatedMember } from './fleet-scenario.ts';

/** Follows which members each invocation read: to it these are groups as those that the file names. */
export const createReadMembers = (scenario: FleetScenario) => {
  const members = new Map<string, Map<string, Group>>();
  const memberIn = ([name, membership]: readonly [string, Membership]): readonly Group[] => {
    const [only, ...others] = scenario.fleets.filter((fleet) =>
      membership.fleets.includes(fleet.name),
    );
    return only !== undefined && others.length === 0 ? [simulatedMember(scenario, only, name)] : [];
  };

  return {
    follow: (event: HistoryEvent): void => {
      if (event.kind !== 'answered' || event.error !== undefined) return;
      const { action, invocation } = event.trip;
      if (action !== 'BatchGetItem of members') return;
      const known = members.get(invocation.id) ?? new Map<string, Group>();
      members.set(invocation.id, known);
      const read = [...(event.answer as ReadonlyMap<string, Membership>)];
      for (const member of read.flatMap(memberIn)) known.set(member.name, member);
    },
    beside: (configuration: Configuration, { id }: Invocation): Configuration => {
      const known = members.get(id);
      return known === undefined
        ? configuration
        : { ...configuration, groups: [...configuration.groups, ...known.values()] };
    },
  };
};
