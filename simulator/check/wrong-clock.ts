import type { HistoryEvent } from '../history.ts';

/** Groups whose memory a wrong clock wrote: what is remembered counts from when that was noticed. */
export const createWrongClocks = () => {
  const groups = new Set<string>();
  return {
    has: (group: string): boolean => groups.has(group),
    follow: (event: HistoryEvent): void => {
      if (event.kind === 'fault' && event.fault === 'F39') {
        groups.add(event.detail.replace(/:.*/, ''));
      }
    },
  };
};
