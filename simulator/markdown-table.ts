export type Cell = string | number;

/** A table of Markdown: its head, and its rows. */
export const markdownTable = (
  head: readonly Cell[],
  rows: readonly (readonly Cell[])[],
): string => {
  const line = (cells: readonly Cell[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
};
