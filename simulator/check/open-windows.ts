import type { Window } from '#domain/configuration/schedule.ts';
import type { Instant } from '#domain/time/instant.ts';

/** Says whether a window is open; of recurring ones this knows those of whole hours, day by day, in UTC. */
export const isOpen = (window: Window, now: Instant): boolean => {
  if (window.kind === 'once') return window.from <= now && now < window.to;

  const minute = Math.floor(now / 60_000) % 1_440;
  const [start, end] = [minuteOf(window.start), minuteOf(window.end)];
  return start <= end ? start <= minute && minute < end : minute >= start || minute < end;
};

const minuteOf = (line: string): number => {
  const [minute, hour, ...rest] = line.split(' ');
  if (rest.join(' ') !== '* * *') throw new Error(`the checkers cannot read "${line}"`);
  return 60 * Number(hour) + Number(minute);
};
