import { isUnseen, type Unseen } from '#domain/lane/unseen.ts';

type ObservationOf<G> = Readonly<{ group: G; now: number }>;

/** Reads one group anew; it throws when the group cannot be read. */
export const observeOne = async <G extends Readonly<{ name: string }>, O extends ObservationOf<G>>(
  observe: (groups: readonly G[]) => Promise<readonly (O | Unseen<G>)[]>,
  group: G,
): Promise<O> => {
  const [observation] = await observe([group]);
  if (observation === undefined) throw new Error(`the group ${group.name} was not observed`);
  if (isUnseen(observation)) throw observation.error;
  return observation;
};
