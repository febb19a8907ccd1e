import type { Node } from 'yaml';
import type { Fault, Path } from '../fault.ts';

/** A stretch of the file, from one offset up to, not including, another. */
export type Range = Readonly<{ start: number; end: number }>;

/** A fault that was found at a place in the text rather than under a path. */
export type Mistake = Omit<Fault, 'path' | 'at' | 'span'> & Readonly<{ range: Range; path?: Path }>;

export const mistakeAt = (node: Node, fault: Omit<Mistake, 'range'>): Mistake => ({
  ...fault,
  range: rangeOf(node),
});

/** Every node that a parser made knows where it stands. */
export const rangeOf = ({ range }: Node): Range => {
  const [start, end] = range as [number, number, number];
  return { start, end };
};
