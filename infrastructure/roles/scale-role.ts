import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import { groupsAndTemplates } from '#domain/configuration/fleet.ts';
import type { Deployment, Resources } from '../template.ts';
import { KNOW_MEMBERS, keepDrills, keepLedger, tableAccess } from './ledger.ts';
import { consume, publishOutcomes } from './messaging.ts';
import { groupArns, onManagedGroups } from './opt-in.ts';
import { READ_ON_DEMAND } from './read-on-demand.ts';
import { role } from './role.ts';
import { allow, allowOn } from './statement.ts';
import { leaveTraces } from './tracing.ts';

/** Sets the desired capacity, and the warm pools that are asked for, of groups that were handed over to the deployment, and nothing else. */
export const scaleRole = (configuration: Configuration, deployment: Deployment): Resources => {
  const groups = groupsAndTemplates(configuration);
  return role('Scale', [
    ...consume('ScaleQueue', 'ScaleDeadLetters'),
    keepLedger,
    KEEP_LOOKS,
    ...(configuration.fleets === undefined ? [] : [KNOW_MEMBERS]),
    keepDrills,
    ...publishOutcomes,
    ...leaveTraces(configuration),
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
    ...allowOn(groupArns(namesOf(groups), configuration), {
      Sid: 'SetCapacity',
      Action: ['autoscaling:SetDesiredCapacity'],
      Condition: onManagedGroups(deployment),
    }),
    ...allowOn(groups.some(hasWarmPool) ? ['*'] : [], {
      Sid: 'ObservePools',
      Action: ['autoscaling:DescribeWarmPool'],
    }),
    ...allowOn(groupArns(namesOf(groups.filter(hasWarmPool)), configuration), {
      Sid: 'SetPools',
      Action: ['autoscaling:PutWarmPool'],
      Condition: onManagedGroups(deployment),
    }),
  ]);
};

/** Remembers in a storm when it looked at groups, many of them in a call. */
const KEEP_LOOKS = tableAccess({
  Sid: 'KeepLooks',
  operations: ['BatchWriteItem'],
  keys: ['GROUP#*'],
});

/** True for a group that has its warm pool sized. */
export const hasWarmPool = ({ warmPool }: Group): boolean => warmPool !== undefined;

const namesOf = (groups: readonly Group[]): readonly string[] =>
  groups.map(({ autoScalingGroup }) => autoScalingGroup);
