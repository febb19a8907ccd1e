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

/** The rows that the page has, by the names of mistakes: the first cell of each. */
export const rowsOn = (page: string): ReadonlyMap<string, string> => {
  const [, table = ''] = page.split(MARKS.begin);
  const lines = (table.split(MARKS.end)[0] ?? '').split('\n');
  return new Map(
    lines
      .filter((line) => line.startsWith('| ') && !HEAD.includes(line))
      .map((line) => [line.split(' | ')[0]?.slice(2) ?? '', line]),
  );
};

/** The seeds that the page names, by the names of mistakes: the last cell of each row. */
export const seedsOn = (page: string): ReadonlyMap<string, number> =>
  new Map(
    [...rowsOn(page)].flatMap(([name, row]): (readonly [string, number])[] => {
      const seed = Number.parseInt(row.split(' | ').at(-1) ?? '', 10);
      return Number.isNaN(seed) ? [] : [[name, seed]];
    }),
  );

/** The page with the table between its two marks made anew. */
export const withTable = (page: string, rows: readonly string[]): string =>
  withTableBetween(MARKS, page, [...HEAD, ...rows]);
