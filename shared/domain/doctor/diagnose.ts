import type { Ailment, Check } from './ailment.ts';
import { ALARM_CHECKS } from './check-alarms.ts';
import { DEPLOYMENT_CHECKS } from './check-deployment.ts';
import { GROUP_CHECKS, GROUP_IS_THERE } from './check-group.ts';
import { TARGET_CHECKS } from './check-targets.ts';
import type { Checkup, DeploymentFacts, GroupFacts, PresentGroup, Unread } from './checkup.ts';

/** What was looked at in one place, with what is sound and what is not. */
export type Diagnosis = Readonly<{
  /** The stack, or a group. */
  subject: string;
  sound: readonly string[];
  ailments: readonly Ailment[];
}>;

/** Everything that is wrong with a deployment and its groups. */
export const diagnose = ({ deployment, groups }: Checkup): readonly Diagnosis[] => [
  diagnoseDeployment(deployment),
  ...groups.map((facts) => diagnoseGroup(facts, deployment.topic?.arn)),
];

const diagnoseDeployment = (deployment: DeploymentFacts): Diagnosis => {
  const { sound, ailments } = judge(DEPLOYMENT_CHECKS, deployment, deployment.unread);
  return {
    ...{ subject: `stack ${deployment.stack}`, sound },
    ailments: [...ailments, ...deployment.unread.map(asAilment)],
  };
};

const diagnoseGroup = (facts: GroupFacts, topicArn: string | undefined): Diagnosis => {
  const { group, state, settings, unread } = facts;
  const subject = `group ${group.name}`;
  const there = judge([GROUP_IS_THERE], facts, unread);
  if (state === undefined || settings === undefined) {
    return { ...there, subject, ailments: [...there.ailments, ...unread.map(asAilment)] };
  }

  // Without a topic there is nothing that alarms could tell.
  const checks = checksFor(group).filter(
    ({ needs }) => topicArn !== undefined || !needs.includes('the alarm topic'),
  );
  const present = { ...facts, state, settings, topicArn: topicArn ?? '' };
  const rest = judge(checks, present, unread);
  return {
    subject,
    sound: [...there.sound, ...rest.sound],
    ailments: [...there.ailments, ...rest.ailments, ...unread.map(asAilment)],
  };
};

const checksFor = ({ health }: GroupFacts['group']): readonly Check<PresentGroup>[] => [
  ...[...GROUP_CHECKS, ...ALARM_CHECKS],
  ...(health === undefined ? [] : TARGET_CHECKS),
];

const judge = <T>(checks: readonly Check<T>[], facts: T, unread: readonly Unread[]) => {
  const results = checks
    .filter(({ needs }) => unread.every(({ what }) => !needs.includes(what)))
    .map(({ sound, find }) => ({ sound, found: find(facts) }));
  return {
    sound: results.filter(({ found }) => found.length === 0).map(({ sound }) => sound),
    ailments: results.flatMap(({ found }) => found),
  };
};

const asAilment = ({ what, why }: Unread): Ailment => ({
  ...{ code: 'unread', verdict: 'warning' },
  message: `${what} could not be looked at: ${why}`,
  fix: 'docs/doctor.md lists the permissions that it takes',
});
