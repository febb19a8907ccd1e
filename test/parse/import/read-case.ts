import type { ImportOptions } from '#parse/import/import-files.ts';
import type { ImportFile } from '#parse/import/read-documents.ts';

export type ImportCase = Readonly<{
  files: readonly ImportFile[];
  options: ImportOptions;
  /** The file that is expected; empty when nothing becomes a rule. */
  yaml: string;
  notes: readonly string[];
}>;

/**
 * A case in one text: sections that begin with a line `=== NAME`. `options` is JSON, `tidegate.yml` and `notes` are
 * expected, all others are the files that are imported.
 */
export const readCase = (text: string): ImportCase => {
  const sections = [...text.matchAll(/^=== (\S+)\n([\s\S]*?)(?=^=== |$(?![\s\S]))/gm)].map(
    ([, name = '', body = '']) => ({ file: name, text: body }),
  );
  const section = (name: string): string => sections.find(({ file }) => file === name)?.text ?? '';
  return {
    files: sections.filter(({ file }) => !EXPECTED.includes(file)),
    options: JSON.parse(section('options') || '{}') as ImportOptions,
    yaml: section('tidegate.yml'),
    notes: section('notes')
      .split('\n')
      .filter((line) => line !== ''),
  };
};

const EXPECTED = ['options', 'tidegate.yml', 'notes'];
