import { asError } from '#domain/basics/as-error.ts';
import type { Observation } from '#domain/capacity/observation.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { ScaleReads } from './ports.ts';

type SeenPool = Pick<Observation, 'pool'>;

/**
 * Reads the warm pools of the groups that ask for one, a call each, by the groups' names. A pool that cannot be read
 * is not seen: its group is scaled as if nothing were stopped, and its pool stays as it is.
 */
export const observePools = async (
  { readPool, note }: Pick<ScaleReads, 'readPool' | 'note'>,
  groups: readonly Group[],
): Promise<ReadonlyMap<string, SeenPool>> => {
  const asking = groups.filter(({ warmPool }) => warmPool !== undefined);
  const seen = asking.map(async ({ name, autoScalingGroup }) => {
    const pool = await readPool(autoScalingGroup).catch((thrown: unknown) => {
      note({ kind: 'look-failed', group: name, error: asError(thrown) });
      return undefined;
    });
    return [name, pool === undefined ? {} : { pool }] as const;
  });
  return new Map(await Promise.all(seen));
};
