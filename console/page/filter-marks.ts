import type { Mark } from './data.ts';
import { kindOfMark, MARK_KINDS, type MarkKind } from './mark-kinds.ts';

/** The decisions that somebody wants to see. */
export type MarkFilter = Readonly<{
  /** Kinds that are left out. */
  without: readonly MarkKind[];
  /** Each of these words must be in the sentence, the reason or the id, in any case. */
  words: string;
}>;

export const EVERYTHING: MarkFilter = { without: [], words: '' };

/** The decisions that a filter lets through, in their order. */
export const filterMarks = (
  marks: readonly Mark[],
  { without, words }: MarkFilter,
): readonly Mark[] => {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return marks.filter((mark) => {
    if (without.includes(kindOfMark(mark))) return false;
    const text = `${mark.summary} ${mark.reason} ${mark.id}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
};

/** The kinds that these decisions have, with their numbers, in the order of the filter. */
export const countKinds = (
  marks: readonly Mark[],
): readonly Readonly<{ kind: MarkKind; count: number }>[] => {
  const counts = new Map<MarkKind, number>();
  for (const mark of marks) {
    const kind = kindOfMark(mark);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return (Object.keys(MARK_KINDS) as MarkKind[]).flatMap((kind) => {
    const count = counts.get(kind);
    return count === undefined ? [] : [{ kind, count }];
  });
};

/** The filter with a kind left out, or let through again. */
export const toggleKind = (filter: MarkFilter, kind: MarkKind): MarkFilter => ({
  ...filter,
  without: filter.without.includes(kind)
    ? filter.without.filter((each) => each !== kind)
    : [...filter.without, kind],
});
