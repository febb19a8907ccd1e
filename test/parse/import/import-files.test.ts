import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { lint } from '#domain/lint/lint.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { importFiles } from '#parse/import/import-files.ts';
import { readCase } from './read-case.ts';

const FOLDER = new URL('cases/', import.meta.url);
const CASES = readdirSync(FOLDER).map((name) => ({
  name,
  ...readCase(readFileSync(new URL(name, FOLDER), 'utf8')),
}));

/** Each note on one line. */
const notesOf = (notes: readonly Readonly<Record<string, string>>[]): readonly string[] =>
  notes.map(
    ({ kind, file, about, message, why }) => `${kind} ${file}, ${about}: ${message} | ${why}`,
  );

describe('import', () => {
  test('has many cases', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(40);
  });

  test.each(CASES)('makes of $name what is expected', ({ files, options, yaml, notes }) => {
    const imported = importFiles(files, options);

    expect(imported).toMatchObject({ ok: true });
    const value = imported.ok ? imported.value : undefined;
    expect(notesOf(value?.notes ?? [])).toEqual(notes);
    expect(value?.yaml ?? '').toBe(yaml);
  });

  test.each(CASES.filter(({ yaml }) => yaml !== ''))(
    'makes of $name a valid file in which lint finds nothing but hints',
    ({ yaml }) => {
      const parsed = parseConfiguration(yaml, { file: 'tidegate.yml', prefix: 'tidegate-dev' });

      expect(parsed).toMatchObject({ ok: true });
      expect(parsed.ok ? lint(parsed.value).filter(({ isHint }) => !isHint) : []).toEqual([]);
    },
  );
});
