import type { HistoryEvent } from '../history.ts';

/** Groups that a fault of these kinds has struck: a wrong clock that wrote their memory, or a memory that nobody could read. */
export const createStruckGroups = (...faults: readonly string[]) => {
  const groups = new Set<string>();
  return {
    has: (group: string): boolean => groups.has(group),
    follow: (event: HistoryEvent): void => {
      if (event.kind === 'fault' && faults.includes(event.fault)) {
        groups.add(event.detail.replace(/:.*/, ''));
      }
    },
  };
};
