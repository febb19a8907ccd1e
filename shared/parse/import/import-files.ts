import { err, ok, type Result } from '#domain/basics/result.ts';
import { translateAws } from './aws/translate-aws.ts';
import { type Fragment, fragmentOf } from './fragment.ts';
import type { ImportProblem } from './import-problem.ts';
import { type ImportFile, readDocuments } from './read-documents.ts';
import { type Gathered, readSource } from './sources.ts';
import type { Translation } from './translation.ts';
import { writeFragment } from './write-fragment.ts';

export type ImportOptions = Readonly<{
  /** The name of the group in the file that is written. */
  group?: string | undefined;
  /** Of policies of Auto Scaling groups: the group that is wanted. Of others: the group that the rules are for. */
  asg?: string | undefined;
}>;

export type Imported = Fragment &
  Readonly<{
    /** The file; nothing when no rule came out. */
    yaml: string | undefined;
  }>;

/**
 * Makes a `tidegate.yml` of the files of other autoscalers, and a note of each thing that it does not say as they
 * do. The answer is the file, or every reason why there is none; no text makes it throw.
 */
export const importFiles = (
  files: readonly ImportFile[],
  { group, asg }: ImportOptions = {},
): Result<Imported, readonly ImportProblem[]> => {
  const read = translationsIn(files);
  if (!read.ok) return read;

  const chosen = chooseGroups(read.value, { group, asg });
  if (!chosen.ok)
    return err([{ file: files.map(({ file }) => file).join(', '), ...chosen.problem }]);
  const fragment = fragmentOf(chosen.value, group);
  const isEmpty = fragment.groups.length === 0;
  return ok({ ...fragment, yaml: isEmpty ? undefined : writeFragment(fragment) });
};

const readFile = (file: ImportFile): readonly Result<Gathered, readonly ImportProblem[]>[] => {
  const documents = readDocuments(file);
  return documents.ok ? documents.value.map(readSource) : [err([documents.problem])];
};

/** Translates each group that files describe, or tells every reason why a file cannot be read. */
export const translationsIn = (
  files: readonly ImportFile[],
): Result<readonly Translation[], readonly ImportProblem[]> => {
  const read = files.flatMap(readFile);
  const problems = read.flatMap((each) => (each.ok ? [] : each.problem));
  const gathered = read.flatMap((each) => (each.ok ? [each.value] : []));
  return problems.length > 0 ? err(problems) : ok(translationsOf(gathered));
};

const translationsOf = (gathered: readonly Gathered[]): readonly Translation[] => [
  ...translateAws({
    policies: gathered.flatMap(({ policies = [] }) => policies),
    actions: gathered.flatMap(({ actions = [] }) => actions),
    groups: gathered.flatMap(({ groups = [] }) => groups),
    alarms: gathered.flatMap(({ alarms = [] }) => alarms),
    servicePolicies: gathered.flatMap(({ servicePolicies = [] }) => servicePolicies),
    serviceActions: gathered.flatMap(({ serviceActions = [] }) => serviceActions),
  }),
  ...gathered.flatMap(({ translations = [] }) => translations),
];

type Chosen = Result<readonly Translation[], Pick<ImportProblem, 'message' | 'help'>>;

/** The Auto Scaling groups that are asked for; what scales something else becomes rules of the one that is named. */
const chooseGroups = (all: readonly Translation[], { group, asg }: ImportOptions): Chosen => {
  const named = asg === undefined ? all : all.map((each) => renamed(each, asg));
  const chosen =
    asg === undefined ? all : named.filter(({ target }) => target.autoScalingGroup === asg);
  const guessed = new Set(all.flatMap(({ target }) => (target.assumed ? [target.name] : [])));
  if (asg !== undefined && guessed.size > 1) {
    const message = `--asg names one Auto Scaling group, and these are policies of ${guessed.size}: ${list(guessed)}`;
    return err({ message, help: 'import them one after the other' });
  }
  if (all.length > 0 && chosen.length === 0) {
    const message = `nothing in it is about the Auto Scaling group ${asg}`;
    return err({ message, help: `name one that is there: ${list(groupsOf(all))}` });
  }
  const groups = groupsOf(chosen);
  if (group !== undefined && groups.size > 1) {
    const message = `--group names one group, and there are ${groups.size}: ${list(groups)}`;
    return err({ message, help: 'say which one is meant: --asg NAME' });
  }
  return ok(chosen);
};

const renamed = (each: Translation, asg: string): Translation =>
  each.target.assumed === undefined
    ? each
    : { ...each, target: { name: each.target.name, autoScalingGroup: asg } };

const groupsOf = (all: readonly Translation[]): ReadonlySet<string> =>
  new Set(all.map(({ target }) => target.autoScalingGroup));

const MOST_NAMES = 20;

const list = (names: ReadonlySet<string>): string => [...names].slice(0, MOST_NAMES).join(', ');
