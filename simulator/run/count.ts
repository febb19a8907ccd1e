import type { HistoryEvent } from '../history.ts';
import { createReversalCounter } from './reversals.ts';

/** A counter of what happens: `event noted`, `fault F9`, `call Publish`, `outcome scaled`, `reversals`. */
export const createCounter = (counts: Map<string, number>) => {
  const isReversal = createReversalCounter();
  const add = (key: string): void => {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };

  return (event: HistoryEvent): void => {
    add(`event ${event.kind}`);
    if (event.kind === 'fault') add(`fault ${event.fault}`);
    if (event.kind === 'applying') add(`call ${event.trip.action}`);
    if (event.kind === 'noted' && event.note.kind === 'settled') {
      add(`outcome ${event.note.outcome.kind}`);
      if (isReversal(event.note.decision, event.note.outcome)) add('reversals');
    }
  };
};
