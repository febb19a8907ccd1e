import type { Finding } from '#domain/lint/finding.ts';
import { lint } from '#domain/lint/lint.ts';
import type { ConfigurationProblem } from '#parse/configuration/configuration-problem.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { freeName, plainName } from './names.ts';
import { paceOf, type WrittenPace } from './pace-of.ts';
import type {
  ImportedHealth,
  ImportedMetric,
  ImportedRule,
  ImportNote,
  ImportTarget,
  Translation,
  Written,
} from './translation.ts';

/** A line of the file, and the sentences above it. */
export type Line = Readonly<{ name: string; value: Written; comments: readonly string[] }>;

/** One group of the file that is written. */
export type FragmentGroup = Readonly<{
  name: string;
  target: ImportTarget;
  bounds: Written;
  metrics: readonly Line[];
  rules: readonly Line[];
  pace: WrittenPace;
  health?: ImportedHealth;
}>;

export type Fragment = Readonly<{ groups: readonly FragmentGroup[]; notes: readonly ImportNote[] }>;

/**
 * Joins what was made of the policies: one group for each Auto Scaling group, each name once, and no rule that the
 * file's own parser would refuse. A group whose rules lint finds something about gets them in shadow.
 */
export const fragmentOf = (
  translations: readonly Translation[],
  groupName: string | undefined,
): Fragment => {
  const notes = translations.flatMap(({ notes: own = [] }) => own);
  const taken = new Set<string>();
  const groups = [...byGroup(translations).values()].flatMap((parts) => {
    const { group, refused } = groupOf(parts, groupName, (name) => taken.has(name));
    notes.push(...refused);
    if (group.rules.length === 0) return [];
    const parsed = parse(group);
    if (!parsed.ok) {
      notes.push(tooMuch(group, mistakeOf(parsed.problem, group)));
      return [];
    }
    taken.add(group.name);
    const findings = lint(parsed.value)
      .filter(({ isHint }) => !isHint)
      .map((finding) => noteOf(group, finding));
    notes.push(...findings);
    return [findings.length === 0 ? group : inShadow(group, findings)];
  });
  return { groups, notes };
};

const byGroup = (
  translations: readonly Translation[],
): ReadonlyMap<string, readonly [Translation, ...Translation[]]> => {
  const groups = new Map<string, readonly [Translation, ...Translation[]]>();
  for (const each of translations) {
    const key = each.target.autoScalingGroup;
    groups.set(key, [...(groups.get(key) ?? []), each] as [Translation, ...Translation[]]);
  }
  return groups;
};

type Joined = Readonly<{ group: FragmentGroup; refused: readonly ImportNote[] }>;

const groupOf = (
  parts: readonly [Translation, ...Translation[]],
  groupName: string | undefined,
  isTaken: (name: string) => boolean,
): Joined => {
  const [{ target }] = parts;
  const bounds = boundsOf(parts);
  const name = freeName(plainName(groupName ?? target.name), isTaken);
  const empty: FragmentGroup = { name, target, bounds, metrics: [], rules: [], pace: NO_PACE };
  const refused: ImportNote[] = [];
  let group = empty;
  for (const rule of parts.flatMap(({ rules = [] }) => rules)) {
    const mistake = mistakeIn(withRule(empty, rule));
    if (mistake === undefined) group = withRule(group, rule);
    else refused.push(refusal(rule, mistake));
  }
  const pace = paceOf(parts.flatMap(({ paces = [] }) => paces));
  const [health] = parts.flatMap((part) => part.health ?? []);
  return {
    group: { ...group, pace, ...(health === undefined ? {} : { health }) },
    refused,
  };
};

const NO_PACE: WrittenPace = { value: {}, comments: {} };

const boundsOf = (parts: readonly Translation[]): Written => {
  const said = (key: 'min' | 'max') => parts.flatMap(({ bounds }) => bounds?.[key] ?? []);
  const [min, max] = [said('min'), said('max')];
  return {
    ...(min.length === 0 ? {} : { min: Math.min(...min) }),
    ...(max.length === 0 ? {} : { max: Math.max(...max) }),
  };
};

/** A group with one rule more, and with the metrics of it that are not there yet. */
const withRule = (group: FragmentGroup, rule: ImportedRule): FragmentGroup => {
  const metrics = [...group.metrics];
  const names = rule.metrics.map((metric) => nameIn(metrics, metric));
  const isTaken = (name: string): boolean => group.rules.some((each) => each.name === name);
  const shadow = rule.isShadow ? { mode: 'shadow' } : {};
  const line: Line = {
    name: freeName(plainName(rule.name), isTaken),
    value: { ...rule.write(names), ...shadow },
    comments: rule.comments,
  };
  return { ...group, metrics, rules: [...group.rules, line] };
};

/** The name of a metric in a group; it is added where the group has none that is the same. */
const nameIn = (metrics: Line[], { name, definition, comments = [] }: ImportedMetric): string => {
  const same = metrics.find(({ value }) => JSON.stringify(value) === JSON.stringify(definition));
  if (same !== undefined) return same.name;
  const free = freeName(name, (each) => metrics.some((metric) => metric.name === each));
  metrics.push({ name: free, value: definition, comments });
  return free;
};

/** A file with one group, as plain data. */
const fileOf = (group: FragmentGroup): Written => ({
  version: 1,
  groups: { [group.name]: writtenGroup(group) },
  notify: NOTIFY,
});

/** The channel that a fragment begins with: nobody would hear of what needs a person without one. */
export const NOTIFY: Written = { channels: { mail: { email: 'ops@example.com' } } };

/** A group as it stands in the file. */
export const writtenGroup = ({
  target,
  bounds,
  metrics,
  rules,
  pace,
  health,
}: FragmentGroup): Written => ({
  autoScalingGroup: target.autoScalingGroup,
  ...unlessEmpty('capacity', bounds),
  ...unlessEmpty('metrics', asMapping(metrics)),
  rules: asMapping(rules),
  ...unlessEmpty('behavior', pace.value),
  ...unlessEmpty('health', health?.value ?? {}),
});

const asMapping = (lines: readonly Line[]): Written =>
  Object.fromEntries(lines.map(({ name, value }) => [name, value]));

const unlessEmpty = (key: string, value: Written): Written =>
  Object.keys(value).length === 0 ? {} : { [key]: value };

const mistakeIn = (group: FragmentGroup): string | undefined => {
  const parsed = parse(group);
  return parsed.ok ? undefined : mistakeOf(parsed.problem, group);
};

/** The first of the mistakes, which are never none. */
const mistakeOf = (
  problems: readonly ConfigurationProblem[],
  { name }: Pick<FragmentGroup, 'name'>,
): string =>
  problems
    .slice(0, 1)
    .map(({ path, message, expected }) => {
      const place = path.replace(`groups.${name}.`, '');
      return `${place === '' ? '' : `${place}: `}${message}${expected === undefined ? '' : `; expected ${expected}`}`;
    })
    .join('');

const parse = (group: FragmentGroup) =>
  parseConfiguration(JSON.stringify(fileOf(group)), { file: 'tidegate.yml', prefix: 'tidegate' });

const refusal = ({ file, about }: ImportedRule, mistake: string): ImportNote => ({
  kind: 'left-out',
  file,
  about,
  message: 'the rule that it would become is not valid',
  why: mistake,
});

const tooMuch = ({ name, rules }: FragmentGroup, mistake: string): ImportNote => ({
  kind: 'left-out',
  file: 'tidegate.yml',
  about: name,
  message: `its ${rules.length} rules together are no valid group`,
  why: mistake,
});

/** A word of lint about the group, as a note. */
const noteOf = (
  { name }: FragmentGroup,
  { code, message, why, fix, rules }: Finding,
): ImportNote => ({
  kind: 'differs',
  file: 'tidegate.yml',
  about: [name, ...rules].join(', '),
  message: `${message} (${code}); the rules are in shadow until that is settled`,
  why: `${why}; ${fix}`,
});

const inShadow = (group: FragmentGroup, findings: readonly ImportNote[]): FragmentGroup => ({
  ...group,
  rules: group.rules.map((rule, index) => ({
    ...rule,
    value: { ...rule.value, mode: 'shadow' },
    comments: [
      ...(index === 0 ? findings.map(({ message }) => `Lint: ${message}.`) : []),
      ...rule.comments,
    ],
  })),
});
