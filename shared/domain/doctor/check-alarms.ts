import { shellWord } from '#domain/basics/whereabouts.ts';
import { alarmsOf, factsOf, type Rule } from '#domain/configuration/rule.ts';
import type { AlarmFacts, GroupFacts, PresentGroup } from './checkup.ts';
import {
  type Check,
  type DoctorFinding,
  list,
  needless,
  type Obstruction,
  unseen,
} from './finding.ts';

/** Checks that the alarms of a group's rules are heard, and are right. */
export const ALARM_CHECKS: readonly Check<PresentGroup>[] = [
  {
    sound: 'every alarm that rules and health are bound to exists',
    needs: ['its alarms'],
    unless: ({ group }) => (alarmNamesOf(group).length === 0 ? UNBOUND : undefined),
    find: ({ group, alarms }) => {
      const missing = alarmNamesOf(group).filter((name) =>
        alarms.every((alarm) => alarm.name !== name),
      );
      return missing.length === 0
        ? []
        : [
            {
              code: 'alarm-missing',
              verdict: 'error',
              message: `there is no alarm named ${list(missing)}: what is bound to it never happens`,
              fix: 'deploy again, if Tidegate makes it; else correct its name in tidegate.yml',
            },
          ];
    },
  },
  {
    sound: 'no alarm is muted',
    needs: ['its alarms'],
    unless: missingAmong,
    find: ({ alarms }) =>
      about(
        alarms.filter(({ actionsEnabled }) => !actionsEnabled),
        {
          code: 'alarm-muted',
          verdict: 'error',
          say: (names) =>
            `the actions of ${names} are disabled: a muted alarm counts as not firing`,
          fix: (names) =>
            `aws cloudwatch enable-alarm-actions --alarm-names ${names.map(shellWord).join(' ')}`,
        },
      ),
  },
  {
    sound: 'every alarm tells the alarm topic',
    needs: ['its alarms', 'the alarm topic'],
    unless: (facts) =>
      facts.topicArn === undefined ? unseen('there is no alarm topic') : missingAmong(facts),
    find: ({ alarms, topicArn }) =>
      topicArn === undefined
        ? []
        : about(
            alarms.filter((each) => !each.alarmActions.includes(topicArn)),
            {
              code: 'alarm-without-topic',
              verdict: 'warning',
              say: (names) =>
                `${names} does not have the alarm topic among its actions: only the sweep finds it, up to a minute later`,
              fix: `add ${topicArn} to its alarm actions and OK actions`,
            },
          ),
  },
  {
    sound: 'no alarm that removes takes missing data for a reason',
    needs: ['its alarms'],
    unless: (facts) =>
      facts.group.rules.some(isRemoving)
        ? missingAmong(facts)
        : needless('no rule removes by an alarm'),
    find: ({ group, alarms }) => {
      const removing = alarmsOf(group.rules.filter(isRemoving));
      return about(
        alarms.filter(({ name, missing }) => missing === 'breaching' && removing.includes(name)),
        {
          code: 'alarm-breaching',
          verdict: 'error',
          say: (names) =>
            `${names} treats missing data as breaching, and its rule removes: when metrics stop, capacity goes`,
          fix: 'let it treat missing data as missing',
        },
      );
    },
  },
  {
    sound: 'every alarm has data',
    needs: ['its alarms'],
    unless: missingAmong,
    find: ({ alarms }) =>
      about(
        alarms.filter(({ state }) => state === 'INSUFFICIENT_DATA'),
        {
          code: 'alarm-without-data',
          verdict: 'warning',
          say: (names) => `${names} has insufficient data`,
          fix: 'a new alarm needs some minutes; else look whether the metric has these dimensions: aws cloudwatch list-metrics',
        },
      ),
  },
];

const UNBOUND = needless('no rule and no health check is bound to an alarm');

/** Alarms that are not there cannot be looked at, so that nothing is so of all of them. */
function missingAmong({ group, alarms }: PresentGroup): Obstruction | undefined {
  const names = [...new Set(alarmNamesOf(group))];
  if (names.length === 0) return UNBOUND;
  const missing = names.filter((name) => alarms.every((alarm) => alarm.name !== name));
  if (missing.length === 0) return undefined;
  return unseen(
    missing.length === names.length
      ? 'none of its alarms exists'
      : `${missing.length} of its ${names.length} alarms ${missing.length === 1 ? 'does' : 'do'} not exist`,
  );
}

export const alarmNamesOf = ({ rules, health }: GroupFacts['group']): readonly string[] => [
  ...alarmsOf(rules),
  ...(health?.watched ?? []).map(({ alarm }) => alarm),
];

const isRemoving = (rule: Rule): boolean => {
  const { alarm, adjustments } = factsOf(rule);
  return alarm !== undefined && adjustments.some(({ kind }) => kind === 'remove');
};

type Saying = Pick<DoctorFinding, 'code' | 'verdict'> &
  Readonly<{
    say: (names: string) => string;
    /** A text, or one made of the alarms' names, for a command that can be pasted. */
    fix: string | ((names: readonly string[]) => string);
  }>;

/** One finding for all the alarms that have it in common. */
const about = (
  alarms: readonly AlarmFacts[],
  { say, fix, ...finding }: Saying,
): readonly DoctorFinding[] => {
  const names = alarms.map(({ name }) => name);
  if (names.length === 0) return [];
  const told = typeof fix === 'string' ? fix : fix(names);
  return [{ ...finding, message: say(list(names)), fix: told }];
};
