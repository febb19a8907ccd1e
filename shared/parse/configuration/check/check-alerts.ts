import { quote } from '../describe-value.ts';
import type { AlertDraft, GroupDraft } from '../draft.ts';
import type { Fault } from '../fault.ts';
import { didYouMean, nearest } from '../nearest.ts';
import { checkCondition } from './check-condition.ts';

/** Alerts are about groups that exist, and about their metrics. */
export const checkAlerts = (
  alerts: readonly AlertDraft[],
  groups: readonly GroupDraft[],
): readonly Fault[] => alerts.flatMap((alert) => checkAlert(alert, groups));

const checkAlert = (
  { path, given: { group: name, when } }: AlertDraft,
  groups: readonly GroupDraft[],
): readonly Fault[] => {
  if (name === undefined) return [];

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
      ...didYouMean(nearest(name, names)),
    },
  ];
};

const MOST_NAMES = 20;
