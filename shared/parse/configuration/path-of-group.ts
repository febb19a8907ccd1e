import type { Group } from '#domain/configuration/configuration.ts';

/** The place in `tidegate.yml` that says what holds for a group: its own, or that of the fleet that it is a member of. */
export const pathOfGroup = ({
  name,
  fleet,
}: Pick<Group, 'name' | 'fleet'>): readonly ['groups' | 'fleets', string] =>
  fleet === undefined ? ['groups', name] : ['fleets', fleet.name];
