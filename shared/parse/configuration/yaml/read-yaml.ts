import { parseDocument } from 'yaml';
import { err, ok, type Result } from '#domain/basics/result.ts';
import type { Fault } from '../fault.ts';
import type { Mistake, Range } from './mistake.ts';
import { nestingDepth } from './nesting-depth.ts';
import { pathAt } from './path-at.ts';
import { placeIn } from './place-in.ts';
import { syntaxMistakes } from './syntax-mistake.ts';
import { contentOf } from './value-of.ts';

/** A file that is well-formed YAML, whatever it says. */
export type YamlFile = Readonly<{
  value: unknown;
  mistakes: readonly Mistake[];
  placeOf: (fault: Fault) => Range;
}>;

/** The content that was expected of an empty file, and the way to begin one. */
export type EmptyFile = Readonly<{ expected: string; suggestion: string }>;

/**
 * Reads YAML 1.2. What is too large, nests too deeply or grows too large by its aliases is refused
 * before it can exhaust anything. An empty file is told in words of its own kind of file.
 */
export const readYaml = (
  text: string,
  empty: EmptyFile = EMPTY_CONFIGURATION,
): Result<YamlFile, readonly Mistake[]> => {
  if (text.length > LARGEST_FILE) return tooLarge(`more than ${LARGEST_FILE} characters`);
  if (nestingDepth(text) > DEEPEST) return tooLarge(`more than ${DEEPEST} levels of nesting`);

  const document = parseDocument(text, OPTIONS);
  const errors = [...document.errors, ...document.warnings];
  if (errors.length > 0) return err(syntaxMistakes(errors, text));

  if (document.contents === null) return err([{ ...EMPTY, ...empty }]);

  if (document.directives.yaml.version !== '1.2') return err([OLD_YAML]);

  const { value, size, mistakes, targets } = contentOf(document);
  if (mistakes.some(({ code }) => code === 'yaml')) return err(withPaths(mistakes, text));
  if (size > MOST_VALUES) return tooLarge(`more than ${MOST_VALUES} values, aliases written out`);
  return ok({ value, mistakes, placeOf: placeIn({ document, targets, text }) });
};

const withPaths = (mistakes: readonly Mistake[], text: string): readonly Mistake[] =>
  mistakes.map((each) => ({ ...each, path: pathAt(text, each.range.start) }));

/** Keys are compared in `contentOf`, in linear time; the library would compare each with each. */
const OPTIONS = { prettyErrors: false, stringKeys: true, uniqueKeys: false } as const;

const LARGEST_FILE = 256 * 1_024;
const MOST_VALUES = 100_000;
/** A configuration nests eight levels deep. */
const DEEPEST = 32;

const EMPTY: Mistake = {
  range: { start: 0, end: 0 },
  code: 'missing-key',
  message: 'the file is empty',
};

const EMPTY_CONFIGURATION: EmptyFile = {
  expected: 'version: 1, and the groups to look after',
  suggestion: 'begin with a copy of one of the files in examples/',
};

/** In YAML 1.1 words such as `on` and `no` mean true and false. */
const OLD_YAML: Mistake = {
  range: { start: 0, end: 0 },
  code: 'yaml',
  message: 'the file asks for another version of YAML',
  expected: 'YAML 1.2',
  suggestion: 'remove the line that begins with %YAML',
};

const tooLarge = (what: string): Result<never, readonly Mistake[]> =>
  err([
    {
      range: { start: 0, end: 0 },
      code: 'too-large',
      message: `the file has ${what}`,
      expected: 'a file of a size that people write',
    },
  ]);
