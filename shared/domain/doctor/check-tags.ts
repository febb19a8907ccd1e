import type { Group } from '#domain/configuration/configuration.ts';
import {
  describeLack,
  FORMER_VALUE,
  hasFormerValue,
  OPT_IN_TAG,
  type OptIn,
} from '#domain/observed/opt-in.ts';
import type { FoundTargetGroup, PresentGroup } from './checkup.ts';
import type { Check, DoctorFinding } from './finding.ts';

/** Checks that a group was handed over, and to this deployment by its name. */
export const GROUP_TAG_CHECK: Check<PresentGroup> = {
  sound: 'it carries the tag that hands it over',
  needs: ['the Auto Scaling group'],
  find: ({ group, state: { isManaged, optIn } }) => {
    const { autoScalingGroup } = group;
    const fix = `aws autoscaling create-or-update-tags --tags ResourceId=${autoScalingGroup},ResourceType=auto-scaling-group,Key=${OPT_IN_TAG},Value=${wantedValue(optIn)},PropagateAtLaunch=false`;
    if (!isManaged) {
      const lack = `${autoScalingGroup} ${describeLack(optIn)}`;
      return [
        onlyLooks(group)
          ? {
              code: 'group-untagged',
              verdict: 'warning',
              message: `${lack}; its rules are in shadow and need none: tag it before one acts`,
              fix,
            }
          : {
              code: 'group-untagged',
              verdict: 'error',
              message: `${lack}, so nothing is changed`,
              fix,
            },
      ];
    }
    return hasFormerValue(optIn)
      ? [{ code: 'group-tagged-true', verdict: 'warning', message: former(autoScalingGroup), fix }]
      : [];
  },
};

/** True for a group of which people are told, and nothing is done. */
const onlyLooks = ({ rules, health }: Group): boolean =>
  rules.every(({ isShadow }) => isShadow) && (health === undefined || health.action === 'notify');

type NamedTargetGroup = Readonly<{ name: string; found: FoundTargetGroup }>;

/** Finds a target group that was not handed over, or not to this deployment by its name. */
export const targetGroupTag = ({ name, found }: NamedTargetGroup): readonly DoctorFinding[] => {
  const { arn, isManaged, optIn } = found;
  const fix = `aws elbv2 add-tags --resource-arns ${arn} --tags Key=${OPT_IN_TAG},Value=${wantedValue(optIn)}`;
  if (!isManaged) {
    const message = `${name} ${describeLack(optIn)}: AWS refuses to deregister its targets`;
    return [{ code: 'target-group-untagged', verdict: 'error', message, fix }];
  }
  return hasFormerValue(optIn)
    ? [{ code: 'target-group-tagged-true', verdict: 'warning', message: former(name), fix }]
    : [];
};

const wantedValue = (optIn: OptIn | undefined): string => optIn?.wanted ?? FORMER_VALUE;

const former = (name: string): string =>
  `${name} has the tag ${OPT_IN_TAG}=${FORMER_VALUE}, which hands it to every deployment of the account and is understood up to version 0.1 only`;
