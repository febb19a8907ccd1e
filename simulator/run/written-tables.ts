import { CHECKERS } from '#simulator/check/all-checkers.ts';
import { FAULTS } from '#simulator/faults/catalogue.ts';
import type { Figures } from './figures.ts';

/** The two comments between which a command writes a table into a page. */
export type Marks = Readonly<{ begin: string; end: string }>;

const PROMISES: Marks = {
  begin: '<!-- promises: written by `npm run simulate -- --write` -->',
  end: '<!-- end of promises -->',
};
const KINDS: Marks = {
  begin: '<!-- faults: written by `npm run simulate -- --write` -->',
  end: '<!-- end of faults -->',
};

/** The page with the lines between the two marks made anew; it throws when a mark is missing. */
export const withTableBetween = (
  { begin, end }: Marks,
  page: string,
  lines: readonly string[],
): string => {
  const [before, rest] = page.split(begin);
  const [, after] = (rest ?? '').split(end);
  if (before === undefined || after === undefined) {
    throw new Error(`expected the marks "${begin}" and "${end}" around the table, found none`);
  }
  return [before, begin, '\n\n', lines.join('\n'), '\n\n', end, after].join('');
};

/** The page with its tables of promises and of faults as this run found them. */
export const withFigures = (page: string, { seeds, counts }: Figures): string => {
  const of = (key: string): string => (counts.get(key) ?? 0).toLocaleString('en');
  const promises = CHECKERS.map(
    ({ id, promise }) => `| ${id} | ${promise} | ${of(`tested ${id}`)} |`,
  );
  const faults = FAULTS.map(({ id, sentence }) => `| ${id} | ${sentence} | ${of(`fault ${id}`)} |`);

  return withTableBetween(
    KINDS,
    withTableBetween(PROMISES, page, [
      `| Promise | What it says | Tested in ${seeds} seeds |`,
      '| --- | --- | --- |',
      ...promises,
    ]),
    [`| Fault | What happens | Struck in ${seeds} seeds |`, '| --- | --- | --- |', ...faults],
  );
};
