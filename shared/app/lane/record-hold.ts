import { isKnownTrouble, saysMore } from '#domain/capacity/says-more.ts';
import { done } from '#domain/lane/disposition.ts';
import type { Entry } from '#domain/lane/entry.ts';
import type { Decision } from '#domain/ledger/decision.ts';
import type { Head } from '#domain/ledger/head.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import { outcomeOfHold } from '#domain/ledger/outcome-of.ts';
import { withMoreUntold } from '#domain/ledger/untold.ts';
import type { LanePorts } from './ports.ts';
import type { Step } from './retry-lost-race.ts';
import { tellUntold } from './tell-untold.ts';

export type Holding<H extends Head> = Readonly<{
  observation: Extract<Entry, { kind: 'open' }>['observation'] & Readonly<{ head: H }>;
  decision: Decision;
  /** The head that remembers the hold. */
  next: H;
  /** True when the head must be written though the hold says nothing new. */
  mustWrite: boolean;
}>;

/**
 * Ends a decision not to act: it is recorded when it says something new, and told unless it is trouble that people know
 * of. What is to be told is written first, so that neither a crash nor a lost race tells it twice or not at all.
 */
export const hold = async <H extends Head>(
  ports: LanePorts<H>,
  { observation, decision, next, mustWrite }: Holding<H>,
): Promise<Step> => {
  const isRecorded = saysMore(observation.head.last, next.last?.signature ?? '');
  const { entry, news } = isRecorded ? recordOf(decision, observation) : NOTHING_NEW;
  const head = withMoreUntold(next, news);

  if (isRecorded || mustWrite) {
    const isWritten = await ports.ledger.write(decision.group, head, entry);
    if (!isWritten) return 'again';
  }

  ports.note({ kind: 'decided', decision, isRecorded });
  await tellUntold(ports, decision.group, isRecorded || mustWrite ? head : observation.head);
  return done;
};

/** The entry of the ledger, and what people are to be told. */
type Recorded = Readonly<{ entry?: Entry; news: readonly Outcome[] }>;

const NOTHING_NEW: Recorded = { news: [] };

const recordOf = (decision: Decision, observation: Holding<Head>['observation']): Recorded => {
  const entry = { kind: 'open', status: 'held', decision, observation } as const;
  return isKnownTrouble(observation.head.last, decision)
    ? { entry: { ...entry, goesOn: true }, news: [] }
    : { entry, news: [outcomeOfHold(decision)] };
};
