import { failure } from '#cli/output/failure.ts';
import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import { didYouMean, nearest } from '#parse/configuration/nearest.ts';

/** The group of that name; throws what was probably meant. */
export const groupNamed = ({ groups }: Configuration, name: string): Group => {
  const group = groups.find((each) => each.name === name);
  if (group) return group;

  const names = groups.map((each) => each.name);
  const { suggestion = `there are ${names.join(', ')}` } = didYouMean(nearest(name, names));
  throw failure(
    'unknown-name',
    `there is no group named "${name}" in the configuration`,
    suggestion,
  );
};
