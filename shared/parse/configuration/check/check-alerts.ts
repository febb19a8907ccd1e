import { plainNames, validNames } from '#parse/configuration/words/names.ts';
import { quote } from '../describe-value.ts';
import type { AlertDraft, GroupDraft } from '../draft.ts';
import type { Fault } from '../fault.ts';
import { didYouMean, nearest } from '../nearest.ts';
import { checkCondition } from './check-condition.ts';

type AlertSubjects = Readonly<{ groups: readonly GroupDraft[]; fleets: readonly GroupDraft[] }>;

/** Alerts are about groups that exist, and about their metrics. */
export const checkAlerts = (
  alerts: readonly AlertDraft[],
  drafts: AlertSubjects,
): readonly Fault[] => alerts.flatMap((alert) => checkAlert(alert, drafts));

const checkAlert = (
  { path, given: { group: name, when } }: AlertDraft,
  { groups, fleets }: AlertSubjects,
): readonly Fault[] => {
  if (name === undefined) return [];
  if (fleets.some((fleet) => fleet.name === name)) return [aboutFleet(path, name)];

  const group = groups.find((each) => each.name === name);
  if (group) return when === undefined ? [] : checkCondition(when, [...path, 'when'], group);
  const names = groups.map((each) => each.name);
  return [
    {
      path: [...path, 'group'],
      code: 'unknown-name',
      message: `no group is named ${quote(name)}`,
      expected:
        names.length === 0
          ? 'a group that is defined under groups; there is none yet'
          : `one of ${names.slice(0, MOST_NAMES).join(', ')}`,
      ...didYouMean(nearest(name, validNames(names, plainNames('a group')))),
    },
  ];
};

const MOST_NAMES = 20;

/** An alert is an alarm of its own, which a deployment can make of a group that it knows. */
const aboutFleet = (path: AlertDraft['path'], name: string): Fault => ({
  path: [...path, 'group'],
  code: 'conflict',
  message: `${quote(name)} is a fleet, and an alert is about one group: no alarm can be made for members that the deployment does not know`,
  expected:
    'the name of a group under groups: name the member there that needs an alert, or make an alarm that tells people itself',
});
