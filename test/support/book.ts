import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A text beside the tests that people have read and found right. */
export const readBook = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../domain/books', `${name}.txt`), 'utf8');

/** A chapter for each case: its title, and its lines. */
export const bookOf = (
  chapters: readonly Readonly<{ title: string; lines: readonly string[] }>[],
): string =>
  chapters
    .map(({ title, lines }) => [`# ${title}`, ...lines.map((line) => `  ${line}`)].join('\n'))
    .join('\n\n')
    .concat('\n');
