import type { Configuration } from '#domain/configuration/configuration.ts';
import { FORMER_VALUE, OPT_IN_TAG } from '#domain/observed/opt-in.ts';
import { arn, type Deployment, prefixOf, type Value } from '../template.ts';

/** Without the opt-in tag of this deployment, AWS refuses the call, whatever our code believes. */
export const onManagedGroups = (deployment: Deployment) => ({
  StringEquals: { [`autoscaling:ResourceTag/${OPT_IN_TAG}`]: valuesOf(deployment) },
});

export const onManagedTargetGroups = (deployment: Deployment) => ({
  StringEquals: { [`aws:ResourceTag/${OPT_IN_TAG}`]: valuesOf(deployment) },
});

/** The former value goes with the next minor version; {@link FORMER_VALUE} says why. */
const valuesOf = (deployment: Deployment): readonly string[] => [
  prefixOf(deployment),
  FORMER_VALUE,
];

type Permissions = Pick<Configuration, 'permissions'>;

/**
 * ARNs of Auto Scaling groups, of which only the name is known beforehand. One pattern stands for all of them, and the
 * tag says which are meant, unless `permissions: named` asks for both locks.
 */
export const groupArns = (
  names: readonly string[],
  { permissions }: Permissions,
): readonly Value[] =>
  (permissions === 'named' ? unique(names).map(verbatim) : anyOf(names)).map((name) =>
    arn('autoscaling', `autoScalingGroup:*:autoScalingGroupName/${name}`),
  );

/** ARNs of target groups given as `targetgroup/NAME/ID`, or the one pattern of all. */
export const targetGroupArns = (
  targetGroups: readonly string[],
  { permissions }: Permissions,
): readonly Value[] =>
  (permissions === 'named'
    ? unique(targetGroups)
    : anyOf(targetGroups).map((any) => `targetgroup/${any}/*`)
  ).map((targetGroup) => arn('elasticloadbalancing', targetGroup));

/** One pattern, or none where there is nothing to permit. */
const anyOf = (names: readonly string[]): readonly string[] => (names.length === 0 ? [] : ['*']);

/**
 * A name of an Auto Scaling group may hold what IAM reads as a pattern
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html).
 */
const verbatim = (name: string): string => name.replace(/[*?$]/g, (sign) => `\${${sign}}`);

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)];
