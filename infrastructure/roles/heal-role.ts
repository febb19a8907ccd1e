import type { Configuration } from '../../shared/domain/configuration.ts';
import { isHealed } from '../../shared/domain/health-observation.ts';
import type { Resources } from '../template.ts';
import { keepLedger } from './ledger.ts';
import { consume, publishOutcomes } from './messaging.ts';
import { groupArns, onManagedGroups, onManagedTargetGroups, targetGroupArns } from './opt-in.ts';
import { role } from './role.ts';
import { SECOND_LOOK } from './second-look.ts';
import { allow, allowOn } from './statement.ts';

/**
 * Takes targets out of the configured target groups, and has their groups replace them. A group
 * without `health`, or one that only notifies, gives no permission to change anything.
 */
export const healRole = ({ groups }: Configuration): Resources => {
  const healed = groups.filter(isHealed);
  const replacing = healed.filter(({ health }) => health.action === 'replace');
  const deregistering = healed.filter(({ health }) => health.action !== 'notify');

  return role('Heal', [
    ...consume('HealQueue', 'HealDeadLetters'),
    keepLedger,
    ...publishOutcomes,
    allow({
      Sid: 'Observe',
      Action: [
        'autoscaling:DescribeAutoScalingGroups',
        ...SECOND_LOOK,
        'autoscaling:DescribeScalingActivities',
      ],
      Resource: '*',
    }),
    ...allowOn(targetGroupArns(deregistering.map(({ health }) => health.targetGroup)), {
      Sid: 'DeregisterTargets',
      Action: ['elasticloadbalancing:DeregisterTargets'],
      Condition: onManagedTargetGroups,
    }),
    ...allowOn(groupArns(replacing.map(({ autoScalingGroup }) => autoScalingGroup)), {
      Sid: 'HaveInstancesReplaced',
      Action: ['autoscaling:SetInstanceHealth'],
      Condition: onManagedGroups,
    }),
  ]);
};
