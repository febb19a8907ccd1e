import {
  PutScalingPolicyCommand,
  PutScheduledUpdateGroupActionCommand,
  SuspendProcessesCommand,
} from '@aws-sdk/client-auto-scaling';
import type { System } from './system.ts';

type AutoScaling = System['clients']['autoScaling'];

/** Suspends launches of an Auto Scaling group. */
export const suspendLaunches = (client: AutoScaling, group: string): Promise<unknown> =>
  client.send(
    new SuspendProcessesCommand({ AutoScalingGroupName: group, ScalingProcesses: ['Launch'] }),
  );

/** Puts a scaling policy of AWS on a group, which changes it as well. */
export const addRivalPolicy = (client: AutoScaling, group: string): Promise<unknown> =>
  client.send(
    new PutScalingPolicyCommand({
      AutoScalingGroupName: group,
      PolicyName: 'rival',
      PolicyType: 'SimpleScaling',
      AdjustmentType: 'ChangeInCapacity',
      ScalingAdjustment: 1,
    }),
  );

/** Puts a scheduled action of AWS on a group, which sets its capacity each night. */
export const addScheduledAction = (
  client: AutoScaling,
  group: string,
  capacity: number,
): Promise<unknown> =>
  client.send(
    new PutScheduledUpdateGroupActionCommand({
      AutoScalingGroupName: group,
      ScheduledActionName: 'night',
      Recurrence: '0 22 * * *',
      DesiredCapacity: capacity,
    }),
  );
