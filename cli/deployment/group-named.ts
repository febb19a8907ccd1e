import { failure } from '#cli/output/failure.ts';
import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import { didYouMean, nearest } from '#parse/configuration/nearest.ts';

/** The group of that name; throws what was probably meant. */
export const groupNamed = (configuration: Configuration, name: string): Group => {
  const group = configuration.groups.find((each) => each.name === name);
  if (group) return group;
  throw unknownGroup(configuration, name);
};

/** The failure of a name that no group, no fleet and no member has. */
export const unknownGroup = (
  { groups, fleets = [] }: Pick<Configuration, 'groups' | 'fleets'>,
  name: string,
): Error => {
  const names = [...groups, ...fleets].map((each) => each.name);
  const { suggestion = `there are ${names.join(', ')}` } = didYouMean(nearest(name, names));
  return failure(
    'unknown-name',
    fleets.length === 0
      ? `there is no group named "${name}" in the configuration`
      : `there is no group named "${name}" in the configuration, and no member of a fleet`,
    suggestion,
  );
};
