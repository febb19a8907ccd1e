import type { Decision } from '../domain/decision.ts';
import { done } from '../domain/disposition.ts';
import type { Entry } from '../domain/entry.ts';
import type { Head } from '../domain/head.ts';
import { outcomeOfHold } from '../domain/outcome-of.ts';
import { isNews } from '../domain/signature.ts';
import type { Step } from './attempt.ts';
import { tell } from './ledger.ts';
import type { SettlePorts } from './settle.ts';

export type Holding<H extends Head> = Readonly<{
  observation: Extract<Entry, { kind: 'open' }>['observation'] & Readonly<{ head: H }>;
  decision: Decision;
  /** The head that remembers the hold. */
  next: H;
  /** True when the head must be written though the hold says nothing new. */
  mustWrite?: boolean;
}>;

/** Ends a decision not to act: it is recorded and told when it says something new. */
export const hold = async <H extends Head>(
  ports: SettlePorts<H>,
  { observation, decision, next, mustWrite = false }: Holding<H>,
): Promise<Step> => {
  const { last, untold: earlier } = observation.head;
  const isRecorded = isNews(last, next.last?.signature ?? '');
  ports.note({ kind: 'decided', decision, isRecorded });
  if (!isRecorded && !mustWrite && earlier.length === 0) return done;

  const news = isRecorded ? [outcomeOfHold(decision)] : [];
  const untold = await tell(ports, [...earlier, ...news]);
  const entry = { kind: 'open', status: 'held', decision, observation } as const;
  const head = { ...next, untold };
  const isWritten = await ports.ledger.write(decision.group, head, isRecorded ? entry : undefined);
  return isWritten ? done : 'again';
};
