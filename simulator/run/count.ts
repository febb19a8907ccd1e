import type { HistoryEvent } from '../history.ts';

/** Counts what happens: `event noted`, `fault F9`, `call Publish`, `outcome scaled`. */
export const count = (counts: Map<string, number>, event: HistoryEvent): void => {
  const add = (key: string): void => {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  add(`event ${event.kind}`);
  if (event.kind === 'fault') add(`fault ${event.fault}`);
  if (event.kind === 'applying') add(`call ${event.trip.action}`);
  if (event.kind === 'noted' && event.note.kind === 'settled') {
    add(`outcome ${event.note.outcome.kind}`);
  }
};
