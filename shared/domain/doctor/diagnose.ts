import type { Ailment, Check, Obstruction } from './ailment.ts';
import { ALARM_CHECKS } from './check-alarms.ts';
import { DEPLOYMENT_CHECKS, SECRETS_CHECK } from './check-deployment.ts';
import { GROUP_CHECKS, GROUP_IS_THERE } from './check-group.ts';
import { TARGET_CHECKS } from './check-targets.ts';
import type { Checkup, DeploymentFacts, GroupFacts, PresentGroup, Unread } from './checkup.ts';

/** Each check of one place: what is sound, what is not, and what was not looked at. */
export type Diagnosis = Readonly<{
  /** The stack, or a group. */
  subject: string;
  sound: readonly string[];
  ailments: readonly Ailment[];
  notLookedAt: readonly Unlooked[];
}>;

/** A check that says neither that something is so nor that it is not. */
export type Unlooked = Obstruction & Readonly<{ check: string }>;

/** Everything that is wrong with a deployment and its groups. */
export const diagnose = ({ deployment, groups }: Checkup): readonly Diagnosis[] => [
  diagnoseDeployment(deployment),
  ...groups.map((facts) => diagnoseGroup(facts, deployment)),
];

const diagnoseDeployment = (deployment: DeploymentFacts): Diagnosis => {
  const { unread } = deployment;
  const hasSecrets = deployment.secrets.length > 0;
  const checks = [...DEPLOYMENT_CHECKS, ...(hasSecrets ? [SECRETS_CHECK] : [])];
  const judged = judge(checks, deployment, unread);
  return {
    ...judged,
    subject: `stack ${deployment.stack}`,
    ailments: [...judged.ailments, ...unread.map(asAilment)],
  };
};

const diagnoseGroup = (facts: GroupFacts, deployment: DeploymentFacts): Diagnosis => {
  const { group, state, settings, unread } = facts;
  const isTopicUnread = deployment.unread.filter(({ what }) => what === 'the alarm topic');
  const there = judge([GROUP_IS_THERE], facts, unread);
  const checks = checksFor(group);
  const rest =
    state === undefined || settings === undefined
      ? {
          sound: [],
          ailments: [],
          notLookedAt: checks.map(unlookedFor('it does not exist', unread)),
        }
      : judge(checks, { ...facts, state, settings, topicArn: deployment.topic?.arn }, [
          ...unread,
          ...isTopicUnread,
        ]);
  return {
    subject: `group ${group.name}`,
    sound: [...there.sound, ...rest.sound],
    ailments: [...there.ailments, ...rest.ailments, ...unread.map(asAilment)],
    notLookedAt: [...there.notLookedAt, ...rest.notLookedAt],
  };
};

/** The checks of a group; those of targets only where there is something to look after. */
const checksFor = ({ health }: GroupFacts['group']): readonly Check<PresentGroup>[] => [
  ...GROUP_CHECKS,
  ...ALARM_CHECKS,
  ...(health === undefined ? [] : TARGET_CHECKS),
];

const judge = <T>(
  checks: readonly Check<T>[],
  facts: T,
  unread: readonly Unread[],
): Omit<Diagnosis, 'subject'> => {
  const results = checks.map((check) => {
    const isUnread = unreadFor(check, unread);
    const obstruction = isUnread ?? check.unless?.(facts);
    const isIdle = isUnread !== undefined || obstruction?.isNeedless === true;
    return { check, obstruction, found: isIdle ? [] : check.find(facts) };
  });
  return {
    sound: results
      .filter(({ obstruction, found }) => obstruction === undefined && found.length === 0)
      .map(({ check }) => check.sound),
    ailments: results.flatMap(({ found }) => found),
    // Of several alarms or target groups those that can be seen may be ill all the same.
    notLookedAt: results.flatMap(({ check, obstruction, found }) =>
      obstruction === undefined || found.length > 0 ? [] : [{ check: check.sound, ...obstruction }],
    ),
  };
};

/** A check whose facts AWS did not give. */
const unreadFor = (
  { needs }: Pick<Check<never>, 'needs'>,
  unread: readonly Unread[],
): Obstruction | undefined => {
  const missing = unread.find(({ what }) => needs.includes(what));
  return missing && { why: `${missing.what} could not be read`, isNeedless: false };
};

const unlookedFor =
  (why: string, unread: readonly Unread[]) =>
  (check: Check<PresentGroup>): Unlooked => ({
    check: check.sound,
    ...(unreadFor({ needs: ['the Auto Scaling group'] }, unread) ?? { why, isNeedless: false }),
  });

const asAilment = ({ what, why }: Unread): Ailment => ({
  code: 'unread',
  verdict: 'warning',
  message: `${what} could not be looked at: ${why}`,
  fix: 'docs/doctor.md lists the permissions that it takes',
});
