import { parseAllDocuments } from 'yaml';
import { asError } from '#domain/basics/as-error.ts';
import { err, ok, type Result } from '#domain/basics/result.ts';
import { nestingDepth } from '#parse/configuration/yaml/nesting-depth.ts';
import { isObject } from '#parse/json.ts';
import { jsonDepth } from '#parse/text-depth.ts';
import type { ImportProblem } from './import-problem.ts';

/** A file that is to be imported. */
export type ImportFile = Readonly<{ file: string; text: string }>;

/** A whole JSON document, or one of the documents of a YAML file. */
export type ImportDocument = Readonly<{ file: string; value: unknown }>;

/** An account has thousands of alarms, of about 1.5 KB each. */
const LARGEST_JSON = 32 * 1_024 * 1_024;
const LARGEST_YAML = 1_024 * 1_024;
const DEEPEST = 64;

/** Reads JSON, or YAML of one or several documents; a List of Kubernetes is taken apart. */
export const readDocuments = ({
  file,
  text,
}: ImportFile): Result<readonly ImportDocument[], ImportProblem> => {
  const refuse = (message: string, help: string) => err({ file, message, help });
  if (/^\s*(?:job|scaling|policy|group)\b[^:\n]*\{/.test(text)) {
    return refuse('it looks like HCL, which is not read', HCL_HELP);
  }
  const isJson = /^\s*[[{]/.test(text);
  if (text.length > (isJson ? LARGEST_JSON : LARGEST_YAML)) {
    return refuse(
      `it has ${text.length} characters`,
      'import the policies of fewer groups at once',
    );
  }
  if ((isJson ? jsonDepth(text) : nestingDepth(text)) > DEEPEST) {
    return refuse(`it nests more than ${DEEPEST} levels deep`, 'no policy does');
  }

  try {
    const values = isJson ? [JSON.parse(text) as unknown] : valuesOfYaml(text);
    const documents = values
      .flatMap(itemsOf)
      .map((value) => ({ file, value: withoutNulls(value) }));
    return documents.length > 0
      ? ok(documents)
      : refuse('it is empty', 'name a file with policies');
  } catch (thrown) {
    return refuse(
      `it is neither JSON nor YAML: ${asError(thrown).message.split('\n')[0]}`,
      'give the output of the command as it is, with --output json',
    );
  }
};

const HCL_HELP =
  'print the job as JSON: nomad job run -output FILE.nomad.hcl, or nomad operator api /v1/scaling/policy/ID';

const valuesOfYaml = (text: string): readonly unknown[] => {
  // One document or several are a list all the same; only an empty text is none.
  const documents = Array.from(parseAllDocuments(text, { prettyErrors: false }));
  return documents.flatMap((document) => {
    const [mistake] = document.errors;
    if (mistake !== undefined) throw mistake;
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return value === null ? [] : [value];
  });
};

const itemsOf = (value: unknown): readonly unknown[] =>
  isObject(value) && value.kind === 'List' && Array.isArray(value.items) ? value.items : [value];

/** Peers that print every field write null for one that is not there. */
const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== null)
      .map(([key, each]) => [key, withoutNulls(each)]),
  );
};
