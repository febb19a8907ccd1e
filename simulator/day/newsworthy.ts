import type { Mark } from './mark.ts';

/**
 * Decisions that say something new: all that changed or could not change something, and a hold when its
 * reason was not told before. Each change is followed by the same few holds, while instances start and
 * cooldowns run; the report has them all.
 */
export const newsworthy = (marks: readonly Mark[]): readonly Mark[] => {
  const told = new Set<string>();
  return marks.filter(({ kind, reason }) => {
    const isNew = kind !== 'held' || !told.has(reason);
    if (kind === 'held') told.add(reason);
    return isNew;
  });
};
