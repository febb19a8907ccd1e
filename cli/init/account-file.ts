import type { SurveyedGroup } from '#aws/survey/survey.ts';
import type { RecordPorts } from '#cli/history/record-history.ts';
import { failure } from '#cli/output/failure.ts';
import type { Instant } from '#domain/time/instant.ts';
import { type Fragment, fragmentOf } from '#parse/import/fragment.ts';
import { translationsIn } from '#parse/import/import-files.ts';
import type { Translation } from '#parse/import/translation.ts';
import { writeFragment } from '#parse/import/write-fragment.ts';
import { SCHEMA_LINE } from './example-file.ts';
import { kindOf, reasonToLeave } from './group-kind.ts';
import { measure } from './measure.ts';
import { propose } from './propose.ts';

/** A group that gets no rules, and why. */
export type LeftGroup = Readonly<{ autoScalingGroup: string; why: string }>;

/** The groups of an account: those that rules are written for, and those that are left alone. */
export const divide = (
  groups: readonly SurveyedGroup[],
): Readonly<{ wanted: readonly SurveyedGroup[]; left: readonly LeftGroup[] }> => ({
  wanted: groups.filter((group) => reasonToLeave(group) === undefined),
  left: groups.flatMap((group) => {
    const why = reasonToLeave(group);
    return why === undefined ? [] : [{ autoScalingGroup: group.autoScalingGroup, why }];
  }),
});

/** The groups that are named, in the order of the account. Throws when one is not there. */
export const named = (
  groups: readonly SurveyedGroup[],
  names: readonly string[] | undefined,
): readonly SurveyedGroup[] => {
  const all = groups.map(({ autoScalingGroup }) => autoScalingGroup);
  const missing = (names ?? []).filter((name) => !all.includes(name));
  if (missing.length > 0) {
    throw failure(
      'unknown-name',
      `there is no Auto Scaling group ${missing.join(', ')} here`,
      all.length === 0 ? 'there is none at all in this Region' : `there are ${all.join(', ')}`,
    );
  }
  return groups.filter(
    ({ autoScalingGroup }) => names === undefined || names.includes(autoScalingGroup),
  );
};

type Circumstances = Readonly<{
  ports: Pick<RecordPorts, 'readRanges' | 'readLaunchHistory'>;
  now: Instant;
  onGroup: (done: number, all: number, name: string) => void;
}>;

/** Measures each group and joins the rules for it with those of its policies in AWS. */
export const fragmentFor = async (
  groups: readonly SurveyedGroup[],
  { ports, now, onGroup }: Circumstances,
): Promise<Fragment> => {
  const translations: Translation[] = [];
  for (const [place, group] of groups.entries()) {
    onGroup(place, groups.length, group.autoScalingGroup);
    translations.push(propose(group, await measure(group, ports, now)));
    translations.push(...ofPolicies(group));
  }
  return fragmentOf(translations, undefined);
};

/** Rules of AWS's own policies, in shadow beside ours; bounds and pace are those that were measured. */
const ofPolicies = ({ documents }: SurveyedGroup): readonly Translation[] => {
  const read = translationsIn(documents);
  if (!read.ok) return [];
  return read.value.map(({ target, rules = [], notes = [] }) => ({
    target,
    rules: rules.map((rule) => ({ ...rule, name: `aws-${rule.name}`, isShadow: true })),
    notes,
  }));
};

/** The text of tidegate.yml: what stands in it and why, and which groups do not. */
export const accountFile = (
  fragment: Fragment,
  {
    left,
    email,
    now,
  }: Readonly<{ left: readonly LeftGroup[]; email?: string | undefined; now: Instant }>,
): string =>
  writeFragment(fragment, {
    email,
    head: [
      ` ${SCHEMA_LINE}`,
      '',
      ` Made by tidegate init from what the account had on ${dayOf(now)}. Every rule is in shadow: it is evaluated and`,
      ' recorded, and never acts. Deploy it, look at npx tidegate status for some days, then take mode: shadow away',
      ' rule by rule. A rule named aws-… says what a policy of AWS says; delete it when the policy is gone.',
      ...left.map(
        ({ autoScalingGroup, why }) => ` Left out: ${autoScalingGroup}. ${sentence(why)}`,
      ),
    ],
  });

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;

const dayOf = (now: Instant): string => new Date(now).toISOString().slice(0, 'YYYY-MM-DD'.length);

/** A group in a few words, for whoever chooses. */
export const hintFor = (group: SurveyedGroup): string => {
  const by = {
    requests: 'behind an Application Load Balancer',
    flows: 'behind a Network Load Balancer',
    queue: `works on ${group.queues.join(', ')}`,
    cpu: 'by its CPU',
  }[kindOf(group)];
  return `${group.min} to ${group.max}, ${by}`;
};
