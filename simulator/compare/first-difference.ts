import type { Decision } from '#domain/ledger/decision.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import { backtest } from '#simulator/backtest/run.ts';
import { tidegate } from '#simulator/backtest/tidegate/policy.ts';
import type { World } from '#simulator/backtest/world.ts';
import type { Contender } from './compare.ts';

/** The first moment at which two files want another capacity, and what each decided then. */
export type Difference = Readonly<{
  at: Instant;
  /** When the run began. */
  begin: Instant;
  decisions: readonly [Side, Side];
}>;

type Side = Readonly<{
  name: string;
  /** The newest decision by then. */
  decision: Decision;
}>;

/** Runs two files through the same world, and finds where they part; nothing when they never do. */
export const firstDifference = (
  [one, other]: readonly [Contender, Contender],
  worldOf: (contender: Contender) => World,
): Difference | undefined => {
  const [left, right] = [
    decisionsOf(one, worldOf(one)),
    decisionsOf(other, worldOf(other)),
  ] as const;
  const times = [...new Set([...left, ...right].map(({ at }) => at))].sort((a, b) => a - b);
  const [followLeft, followRight] = [follower(left), follower(right)];
  for (const at of times) {
    const [mine, theirs] = [followLeft(at), followRight(at)];
    if (mine !== undefined && theirs !== undefined && mine.to !== theirs.to) {
      return {
        at,
        begin: worldOf(one).trace.start * SECOND_MS,
        decisions: [
          { name: one.name, decision: mine },
          { name: other.name, decision: theirs },
        ],
      };
    }
  }
  return undefined;
};

type CapacityDecision = Extract<Decision, { kind: 'capacity' }>;

const decisionsOf = ({ group }: Contender, world: World): readonly CapacityDecision[] => {
  const decisions: CapacityDecision[] = [];
  backtest(world, tidegate({ group, listen: ({ decision }) => decisions.push(decision) }));
  return decisions;
};

/** Answers with the newest decision by a time; asked in the order of time. */
const follower = (decisions: readonly CapacityDecision[]) => {
  let next = 0;
  return (at: number): CapacityDecision | undefined => {
    while ((decisions[next]?.at ?? Number.POSITIVE_INFINITY) <= at) next += 1;
    return decisions[next - 1];
  };
};
