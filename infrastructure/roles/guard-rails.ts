import type { Configuration } from '#domain/configuration/configuration.ts';
import { groupsAndTemplates } from '#domain/configuration/fleet.ts';
import type { Resources } from '../template.ts';
import { hasWarmPool } from './scale-role.ts';
import type { Statement } from './statement.ts';

/**
 * Denies what no function may ever do, even if somebody widens its role later: terminate machines, change or
 * delete groups and load balancers, hand over groups by tagging them, or touch keys and permissions.
 */
export const guardRails = (configuration: Configuration): Resources => ({
  GuardRails: {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: {
      Description: 'What no function of Tidegate may ever do',
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [never(groupsAndTemplates(configuration).some(hasWarmPool))],
      },
    },
  },
});

const never = (hasPools: boolean): Statement => ({
  Sid: 'Never',
  Effect: 'Deny',
  Action: [
    'autoscaling:Attach*',
    'autoscaling:Create*',
    'autoscaling:Delete*',
    'autoscaling:Detach*',
    ...(hasPools ? PUTS_BUT_POOLS : ['autoscaling:Put*']),
    'autoscaling:Update*',
    'dynamodb:CreateTable',
    'dynamodb:DeleteTable',
    'dynamodb:UpdateTable',
    'ec2:ModifyInstanceAttribute',
    'ec2:RebootInstances',
    'ec2:RunInstances',
    'ec2:StopInstances',
    'ec2:TerminateInstances',
    'elasticloadbalancing:AddTags',
    'elasticloadbalancing:Create*',
    'elasticloadbalancing:Delete*',
    'elasticloadbalancing:Modify*',
    'elasticloadbalancing:RemoveTags',
    'iam:*',
    'kms:DisableKey',
    'kms:PutKeyPolicy',
    'kms:ScheduleKeyDeletion',
    'lambda:*',
    'sts:AssumeRole',
  ],
  Resource: '*',
});

/**
 * Every action of Auto Scaling that begins with Put, but PutWarmPool
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html).
 */
const PUTS_BUT_POOLS = [
  'autoscaling:PutLifecycleHook',
  'autoscaling:PutNotificationConfiguration',
  'autoscaling:PutScalingPolicy',
  'autoscaling:PutScheduledUpdateGroupAction',
];
