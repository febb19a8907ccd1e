import { type Marks, withTableBetween } from '#simulator/run/written-tables.ts';
import type { Bug } from './bug.ts';

/** A seed that shows a planted mistake, and the promises that it breaks there. */
export type Noticed = Readonly<{
  seed: number;
  violations: readonly Readonly<{ checker: string }>[];
}>;

const MARKS: Marks = {
  begin: '<!-- planted: written by `npm run simulate:planted -- --write` -->',
  end: '<!-- end of planted -->',
};
const HEAD = ['| Mistake | File | Noticed by | Seed |', '| --- | --- | --- | --- |'];

/** The row of one mistake; nobody has noticed it when there is no seed. */
export const rowOf = ({ name, file }: Bug, noticed: Noticed | undefined): string => {
  const checkers = [...new Set(noticed?.violations.map(({ checker }) => checker))].join(', ');
  const [by, seed] = noticed ? [checkers, noticed.seed] : ['nobody', '–'];
  return `| ${name} | \`${file}\` | ${by} | ${seed} |`;
};

/** The seeds that the page names, by the names of mistakes: the last cell of a row, and the first. */
export const seedsOn = (page: string): ReadonlyMap<string, number> => {
  const [, table = ''] = page.split(MARKS.begin);
  const rows = (table.split(MARKS.end)[0] ?? '').split('\n').map((line) => line.split(' | '));
  return new Map(
    rows.flatMap((cells): (readonly [string, number])[] => {
      const [name, seed] = [cells[0]?.slice(2) ?? '', Number.parseInt(cells.at(-1) ?? '', 10)];
      return Number.isNaN(seed) ? [] : [[name, seed]];
    }),
  );
};

/** The page with the table between its two marks made anew. */
export const withTable = (page: string, rows: readonly string[]): string =>
  withTableBetween(MARKS, page, [...HEAD, ...rows]);
