import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import type { Resources } from '../template.ts';
import { keepDrills, keepLedger } from './ledger.ts';
import { consume, publishOutcomes } from './messaging.ts';
import { groupArns, onManagedGroups } from './opt-in.ts';
import { READ_ON_DEMAND } from './read-on-demand.ts';
import { role } from './role.ts';
import { allow, allowOn } from './statement.ts';

/** Sets the desired capacity of the configured groups and the warm pools that they ask for, and nothing else. */
export const scaleRole = ({ groups }: Configuration): Resources =>
  role('Scale', [
    ...consume('ScaleQueue', 'ScaleDeadLetters'),
    keepLedger,
    keepDrills,
    ...publishOutcomes,
    allow({
      Sid: 'Observe',
      Action: [
        'autoscaling:DescribeAutoScalingGroups',
        ...READ_ON_DEMAND,
        'autoscaling:DescribeScalingActivities',
        'cloudwatch:DescribeAlarms',
        'cloudwatch:GetMetricData',
      ],
      Resource: '*',
    }),
    ...allowOn(groupArns(groups.map(({ autoScalingGroup }) => autoScalingGroup)), {
      Sid: 'SetCapacity',
      Action: ['autoscaling:SetDesiredCapacity'],
      Condition: onManagedGroups,
    }),
    ...allowOn(groups.some(hasWarmPool) ? ['*'] : [], {
      Sid: 'ObservePools',
      Action: ['autoscaling:DescribeWarmPool'],
    }),
    ...allowOn(
      groupArns(groups.filter(hasWarmPool).map(({ autoScalingGroup }) => autoScalingGroup)),
      { Sid: 'SetPools', Action: ['autoscaling:PutWarmPool'], Condition: onManagedGroups },
    ),
  ]);

/** True for a group that has its warm pool sized. */
export const hasWarmPool = ({ warmPool }: Group): boolean => warmPool !== undefined;
