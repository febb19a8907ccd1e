/** Cells of a bar. */
const WIDTH = 16;

/**
 * A value as a bar, with a mark at each threshold: `█████│░░░` reaches past no threshold yet. The bar ends a fifth
 * beyond the largest of them.
 */
export const barOf = (value: number | undefined, marks: readonly number[]): string => {
  const largest = Math.max(...marks, value ?? 0, 0);
  const scale = largest === 0 ? 1 : largest * 1.2;
  const cellOf = (of: number): number =>
    Math.min(WIDTH - 1, Math.max(0, Math.floor((of / scale) * WIDTH)));
  const filled = value === undefined ? 0 : Math.min(WIDTH, Math.round((value / scale) * WIDTH));
  const marked = new Set(marks.map((mark) => cellOf(mark)));

  return Array.from({ length: WIDTH }, (_, cell) => {
    if (marked.has(cell)) return '│';
    return cell < filled ? '█' : '░';
  }).join('');
};
