import { OPT_IN_TAG } from '#domain/observed/group-state.ts';
import { arn, type Value } from '../template.ts';

/** Without the opt-in tag, AWS refuses the call, whatever our code believes. */
export const onManagedGroups = {
  StringEquals: { [`autoscaling:ResourceTag/${OPT_IN_TAG.key}`]: OPT_IN_TAG.value },
} as const;

export const onManagedTargetGroups = {
  StringEquals: { [`aws:ResourceTag/${OPT_IN_TAG.key}`]: OPT_IN_TAG.value },
} as const;

/** ARNs of Auto Scaling groups, of which only the name is known beforehand. */
export const groupArns = (names: readonly string[]): readonly Value[] =>
  unique(names).map((name) =>
    arn('autoscaling', `autoScalingGroup:*:autoScalingGroupName/${verbatim(name)}`),
  );

/** ARNs of target groups given as `targetgroup/NAME/ID`. */
export const targetGroupArns = (targetGroups: readonly string[]): readonly Value[] =>
  unique(targetGroups).map((targetGroup) => arn('elasticloadbalancing', targetGroup));

/**
 * A name of an Auto Scaling group may hold what IAM reads as a pattern
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html).
 */
const verbatim = (name: string): string => name.replace(/[*?$]/g, (sign) => `\${${sign}}`);

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)];
