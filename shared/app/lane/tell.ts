import { asError } from '#domain/basics/as-error.ts';
import type { Head } from '#domain/ledger/head.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import type { Untold } from '#domain/ledger/untold.ts';
import type { LanePorts } from './ports.ts';

/** Telling needs the outcome topic and a place for its notes. */
type TellPorts = Pick<LanePorts<Head>, 'publish' | 'note'>;

/** One look publishes at most so many, the oldest first, and so many side by side. */
const MOST_IN_A_LOOK = 15;
const SIDE_BY_SIDE = 3;

/**
 * Publishes outcomes and returns what could not be published. It stays in the head, and a later
 * evaluation publishes it: news must never hold up or repeat an action. While nothing gets through, no more
 * is tried. The first one says how many before it were given up.
 */
export const tell = async (
  ports: TellPorts,
  { untold, droppedOutcomes = 0 }: Untold,
): Promise<Untold> => {
  const [first, ...others] = untold;
  if (first === undefined) return droppedOutcomes === 0 ? { untold } : { untold, droppedOutcomes };

  const head = droppedOutcomes === 0 ? first : { ...first, droppedBefore: droppedOutcomes };
  const rest = await publishInTurn(ports, [head, ...others]);
  return rest[0] === head && droppedOutcomes > 0
    ? { untold: [first, ...rest.slice(1)], droppedOutcomes }
    : { untold: rest };
};

/** Those that could not be published, or were not tried. */
const publishInTurn = async (
  ports: TellPorts,
  outcomes: readonly Outcome[],
): Promise<readonly Outcome[]> => {
  const failed: Outcome[] = [];
  for (let at = 0; at < outcomes.length; at += SIDE_BY_SIDE) {
    const next = outcomes.slice(at, at + SIDE_BY_SIDE);
    const isTold = await Promise.all(next.map((outcome) => publishOne(ports, outcome)));
    failed.push(...next.filter((_, index) => !isTold[index]));
    const end = at + next.length;
    if (!isTold.includes(true) || end >= MOST_IN_A_LOOK) return [...failed, ...outcomes.slice(end)];
  }
  return failed;
};

/** True when it was published. */
const publishOne = async ({ publish, note }: TellPorts, outcome: Outcome): Promise<boolean> => {
  try {
    await publish(outcome);
    return true;
  } catch (thrown) {
    note({ kind: 'telling-failed', decisionId: outcome.decisionId, error: asError(thrown) });
    return false;
  }
};
