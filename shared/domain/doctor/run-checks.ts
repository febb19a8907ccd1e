import { ALARM_CHECKS } from './check-alarms.ts';
import { BALANCER_CHECKS } from './check-balancers.ts';
import { DEPLOYMENT_CHECKS, SECRETS_CHECK } from './check-deployment.ts';
import { FLEET_CHECKS } from './check-fleets.ts';
import { GROUP_CHECKS, GROUP_IS_THERE } from './check-group.ts';
import { LEARNED_CHECK } from './check-learned.ts';
import { needsShards, SHARD_CHECKS } from './check-shards.ts';
import { SUBNET_CHECKS } from './check-subnets.ts';
import { MEMBER_CHECK, TARGET_CHECKS } from './check-targets.ts';
import type { Checkup, DeploymentFacts, GroupFacts, PresentGroup, Unread } from './checkup.ts';
import type { Check, DoctorFinding, Obstruction } from './finding.ts';

/** Each check of one place: what is sound, what is not, and what was not looked at. */
export type CheckReport = Readonly<{
  /** The stack, a fleet or a group. */
  subject: string;
  sound: readonly string[];
  findings: readonly DoctorFinding[];
  notLookedAt: readonly Unlooked[];
}>;

/** A check that says neither that something is so nor that it is not. */
export type Unlooked = Obstruction & Readonly<{ check: string }>;

/** Everything that is wrong with a deployment and its groups. */
export const runChecks = ({ deployment, groups, fleets = [] }: Checkup): readonly CheckReport[] => [
  checkDeployment(deployment),
  ...fleets.map((facts) => ({
    ...judge(FLEET_CHECKS, facts, []),
    subject: `fleet ${facts.fleet.name}`,
  })),
  ...groups.map((facts) => checkGroup(facts, deployment)),
];

const checkDeployment = (deployment: DeploymentFacts): CheckReport => {
  const { unread } = deployment;
  const hasSecrets = deployment.secrets.length > 0;
  const checks = [
    ...DEPLOYMENT_CHECKS,
    ...(hasSecrets ? [SECRETS_CHECK] : []),
    ...(needsShards(deployment) ? SHARD_CHECKS : []),
  ];
  const judged = judge(checks, deployment, unread);
  return {
    ...judged,
    subject: `stack ${deployment.stack}`,
    findings: [...judged.findings, ...unread.map(asFinding)],
  };
};

const checkGroup = (facts: GroupFacts, deployment: DeploymentFacts): CheckReport => {
  const { group, state, settings, unread } = facts;
  const isTopicUnread = deployment.unread.filter(({ what }) => what === 'the alarm topic');
  const there = judge([GROUP_IS_THERE], facts, unread);
  const checks = checksFor(facts);
  const rest =
    state === undefined || settings === undefined
      ? {
          sound: [],
          findings: [],
          notLookedAt: checks.map(unlookedFor('it does not exist', unread)),
        }
      : judge(checks, { ...facts, state, settings, topicArn: deployment.topic?.arn }, [
          ...unread,
          ...isTopicUnread,
        ]);
  return {
    subject: `group ${group.name}`,
    sound: [...there.sound, ...rest.sound],
    findings: [...there.findings, ...rest.findings, ...unread.map(asFinding)],
    notLookedAt: [...there.notLookedAt, ...rest.notLookedAt],
  };
};

/** The checks of a group; those of targets and of learned values only where there is something to look after. */
const checksFor = ({
  group: { health, fleet },
  learned,
}: GroupFacts): readonly Check<PresentGroup>[] => [
  ...GROUP_CHECKS,
  ...SUBNET_CHECKS,
  ...ALARM_CHECKS,
  ...(learned === undefined ? [] : [LEARNED_CHECK]),
  ...(health === undefined || fleet === undefined ? [] : [MEMBER_CHECK]),
  ...(health === undefined ? [] : [...TARGET_CHECKS, ...BALANCER_CHECKS]),
];

const judge = <T>(
  checks: readonly Check<T>[],
  facts: T,
  unread: readonly Unread[],
): Omit<CheckReport, 'subject'> => {
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
    findings: results.flatMap(({ found }) => found),
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

const asFinding = ({ what, why }: Unread): DoctorFinding => ({
  code: 'unread',
  verdict: 'warning',
  message: `${what} could not be looked at: ${why}`,
  fix: 'docs/doctor.md lists the permissions that it takes',
});
