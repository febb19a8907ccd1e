import type { Mark } from './data.ts';

/** The keys that lead from one mark to another. */
const STEPS: Readonly<Record<string, (place: number, last: number) => number>> = {
  ArrowLeft: (place) => place - 1,
  ArrowRight: (place) => place + 1,
  PageUp: (place) => Math.max(0, place - 10),
  PageDown: (place, last) => Math.min(last, place + 10),
  Home: () => 0,
  End: (_, last) => last,
};

/** The mark that a key leads to from the one with that id; nothing where it leads nowhere. Marks are in order of time. */
export const stepMarks = (
  marks: readonly Mark[],
  id: string | undefined,
  key: string,
): Mark | undefined => {
  const step = STEPS[key];
  const place = marks.findIndex((mark) => mark.id === id);
  return step === undefined ? undefined : marks[step(place, marks.length - 1)];
};

/** The mark that Tab leads to: the one that was visited last, else the newest. */
export const tabStopIn = (
  marks: readonly Mark[],
  visited: string | undefined,
): string | undefined => (marks.find(({ id }) => id === visited) ?? marks.at(-1))?.id;
