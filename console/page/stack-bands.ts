import type { Line } from './data.ts';

/** The lines as they are drawn: a band begins on the line before it, so its upper edge is at the sum of both. */
export const stackBands = (lines: readonly Line[]): readonly Line[] =>
  lines.map((line, index) => {
    const below = lines[index - 1];
    if (line.style !== 'band' || below === undefined) return line;
    return { ...line, values: line.values.map((value, place) => sum(value, below.values[place])) };
  });

const sum = (value: number | null, below: number | null | undefined): number | null =>
  value === null || below === null || below === undefined ? null : below + value;
