type OfGroup<G> = Readonly<{ group: G }>;

/** Reads the group of an earlier observation anew. */
export const observeOne =
  <G extends Readonly<{ name: string }>, O extends OfGroup<G>>(
    observe: (groups: readonly G[]) => Promise<readonly O[]>,
  ) =>
  async ({ group }: OfGroup<G>): Promise<O> => {
    const [observation] = await observe([group]);
    if (observation === undefined) throw new Error(`the group ${group.name} was not observed`);
    return observation;
  };
