import type { Adjustment } from '#domain/configuration/rule-parts.ts';
import type { Fault, Path } from '../fault.ts';
import type { GroupParts } from '../group-parts.ts';

/** A capacity to set lies within the bounds of the group. */
export const checkAdjustment = (
  adjustment: Adjustment | undefined,
  path: Path,
  { bounds }: Pick<GroupParts, 'bounds'>,
): readonly Fault[] => {
  if (adjustment?.kind !== 'set') return [];

  const { min = 0, max = Number.POSITIVE_INFINITY } = bounds;
  const { capacity: wanted } = adjustment;
  if (wanted >= min && wanted <= max) return [];
  const limit = wanted < min ? `below the minimum of ${min}` : `above the maximum of ${max}`;
  return [
    {
      path,
      code: 'conflict',
      message: `set ${wanted} is ${limit} of this group`,
      expected: 'a capacity within capacity.min and capacity.max',
    },
  ];
};
