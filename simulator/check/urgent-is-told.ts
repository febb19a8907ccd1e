import type { Outcome } from '#domain/ledger/outcome.ts';
import type { HistoryEvent } from '../history.ts';
import type { Checker } from './check-world.ts';
import { publishedIn } from './news.ts';

/** Kinds that need a person, and that the routes of every scenario lead to a channel. */
const URGENT: readonly Outcome['kind'][] = ['at-max', 'blocked', 'failed'];

/**
 * Names what an event shows to be told, or to be past telling: the channel itself refused the words, or the
 * message lies in the dead-letter queue, which calls a person by an alarm of its own.
 */
const toldBy = (event: HistoryEvent): readonly string[] => {
  if (event.kind === 'dead-lettered') {
    return [...event.body.matchAll(/decisionId\\*":\\*"([\w/-]+)/g)].map(([, id = '']) => id);
  }
  if (event.kind === 'received') return event.received.message.reference.split(', ');
  if (event.kind !== 'noted' || event.note.kind !== 'notice') return [];
  return event.note.ending === 'refused' ? [event.note.reference] : [];
};

export const urgentIsTold: Checker = {
  id: 'L9',
  promise: 'once it is quiet somebody has been told of whatever needs a person',
  watch: () => {
    const untold = new Map<string, string>();
    const told = new Set<string>();

    return {
      onEvent: (event) => {
        const outcome = publishedIn(event);
        if (outcome !== undefined) {
          const { kind, decisionId, summary } = outcome;
          if (URGENT.includes(kind) && !told.has(decisionId)) untold.set(decisionId, summary);
        }
        for (const id of toldBy(event)) {
          told.add(id);
          untold.delete(id);
        }
        return [];
      },
      atEnd: () => [
        ...[...told].map(() => true as const),
        ...[...untold].map(([id, summary]) => `nobody was told of ${id}: ${summary}`),
      ],
    };
  },
};
