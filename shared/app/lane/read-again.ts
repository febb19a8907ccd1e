import { isUnseen, type Unseen } from '#domain/lane/unreadable-group.ts';

/** Reads one group anew; it throws when the group cannot be read. */
export type ReadAgain<G, O> = (group: G) => Promise<O>;

type Rounds<G, O> = Readonly<{
  readAgain: ReadAgain<G, O>;
  /** Says that an evaluation has come to its end. */
  ended: () => void;
}>;

/**
 * Reads groups anew for evaluations that run side by side: those that ask are read for together, as soon as every other
 * evaluation has ended or asks, too. In a storm many lose a race at once, and a read for each of them is more than AWS
 * allows. A lone evaluation waits for nobody.
 */
export const readAgainTogether = <
  G extends Readonly<{ name: string }>,
  O extends Readonly<{ group: Readonly<{ name: string }> }>,
>(
  observe: (groups: readonly G[]) => Promise<readonly (O | Unseen<G>)[]>,
  evaluations: number,
): Rounds<G, O> => {
  let underWay = evaluations;
  let asked: AwaitedRead<G, O>[] = [];

  const step = (): void => {
    underWay -= 1;
    if (underWay > 0 || asked.length === 0) return;
    const round = asked;
    asked = [];
    underWay = round.length;
    readRound(observe, round);
  };

  return {
    ended: step,
    readAgain: (group) =>
      new Promise((resolve, reject) => {
        asked.push({ group, resolve, reject });
        step();
      }),
  };
};

type AwaitedRead<G, O> = Readonly<{
  group: G;
  resolve: (observation: O) => void;
  reject: (reason: unknown) => void;
}>;

const readRound = <
  G extends Readonly<{ name: string }>,
  O extends Readonly<{ group: Readonly<{ name: string }> }>,
>(
  observe: (groups: readonly G[]) => Promise<readonly (O | Unseen<G>)[]>,
  round: readonly AwaitedRead<G, O>[],
): void => {
  observe(round.map(({ group }) => group)).then(
    (observations) => {
      const byName = new Map(observations.map((each) => [each.group.name, each]));
      for (const { group, resolve, reject } of round) {
        const seen = byName.get(group.name);
        if (seen === undefined) reject(new Error(`the group ${group.name} was not observed`));
        else if (isUnseen(seen)) reject(seen.error);
        else resolve(seen);
      }
    },
    (reason: unknown) => {
      for (const { reject } of round) reject(reason);
    },
  );
};
