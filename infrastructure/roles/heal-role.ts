import type { Configuration } from '#domain/configuration/configuration.ts';
import { groupsAndTemplates, hasHealedFleet } from '#domain/configuration/fleet.ts';
import { type HealedGroup, isHealed } from '#domain/health/health-observation.ts';
import type { Deployment, Resources } from '../template.ts';
import { KNOW_MEMBERS, keepDrills, keepLedger } from './ledger.ts';
import { consume, publishOutcomes } from './messaging.ts';
import { groupArns, onManagedGroups, onManagedTargetGroups, targetGroupArns } from './opt-in.ts';
import { READ_ON_DEMAND } from './read-on-demand.ts';
import { role } from './role.ts';
import { allow, allowOn } from './statement.ts';
import { leaveTraces } from './tracing.ts';

/**
 * Takes targets out of target groups that were handed over to the deployment, and has their groups replace them. A group
 * or fleet without `health`, or one that only notifies, gives no permission to change anything.
 */
export const healRole = (configuration: Configuration, deployment: Deployment): Resources => {
  const healed = groupsAndTemplates(configuration).filter(isHealed);
  const acting = healed.filter(({ health }) => health.action !== 'notify');
  const replacing = acting.filter(({ health }) => health.action !== 'deregister');
  const keepingAside = acting.filter(({ health }) => health.action === 'quarantine');

  return role('Heal', [
    ...consume('HealQueue', 'HealDeadLetters'),
    keepLedger,
    ...(hasHealedFleet(configuration) ? [KNOW_MEMBERS] : []),
    keepDrills,
    ...publishOutcomes,
    ...leaveTraces(configuration),
    allow({
      Sid: 'Observe',
      Action: [
        'autoscaling:DescribeAutoScalingGroups',
        ...READ_ON_DEMAND,
        'autoscaling:DescribeScalingActivities',
        'elasticloadbalancing:DescribeTags',
        'elasticloadbalancing:DescribeTargetGroupAttributes',
      ],
      Resource: '*',
    }),
    ...allowOn(targetGroupArns(acting.flatMap(targetGroupsOf), configuration), {
      // Whoever may take a target out may put it back: a removal that cannot be finished is undone.
      Sid: 'TakeTargetsOutAndPutThemBack',
      Action: ['elasticloadbalancing:DeregisterTargets', 'elasticloadbalancing:RegisterTargets'],
      Condition: onManagedTargetGroups(deployment),
    }),
    ...allowOn(groupArns(replacing.map(nameOf), configuration), {
      Sid: 'HaveInstancesReplaced',
      Action: ['autoscaling:SetInstanceHealth'],
      Condition: onManagedGroups(deployment),
    }),
    ...allowOn(groupArns(keepingAside.map(nameOf), configuration), {
      Sid: 'KeepInstancesAside',
      Action: ['autoscaling:EnterStandby', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
      Condition: onManagedGroups(deployment),
    }),
  ]);
};

const nameOf = ({ autoScalingGroup }: HealedGroup): string => autoScalingGroup;

/** Nobody names the target groups of members: the tag says which are meant. */
const targetGroupsOf = ({ health }: HealedGroup): readonly string[] =>
  health.watched.length === 0 ? ['*'] : health.watched.map(({ targetGroup }) => targetGroup);
