import { DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { autoScalingGroupOf, type FleetName, fleetSpecs } from '../fleets.ts';
import { createGroups } from './account.ts';
import type { Clients } from './clients.ts';

/** The things in the account before Tidegate came: a load balancer and groups behind it. */
export type World = Readonly<{
  loadBalancerArn: string;
  /** The target group of each fleet. */
  targetGroupArns: ReadonlyMap<FleetName, string>;
}>;

/** Creates the account's own resources; each group's first instances are in service at once. */
export const createWorld = async (endpoint: string, clients: Clients): Promise<World> => {
  const groups = fleetSpecs.map(([fleet, { desired, max, isTagged = true }]) => ({
    name: autoScalingGroupOf(fleet),
    min: 1,
    max,
    desired,
    isTagged,
  }));
  const { loadBalancerArn, targetGroupArns } = await createGroups(endpoint, clients, {
    name: 'e2e',
    groups,
  });
  const ofFleets = fleetSpecs.map(
    ([fleet]) => [fleet, targetGroupArns.get(autoScalingGroupOf(fleet)) ?? ''] as const,
  );
  return { loadBalancerArn, targetGroupArns: new Map(ofFleets) };
};

/** The group as Auto Scaling shows it now. */
export const describeGroup = async ({ autoScaling }: Clients, fleet: FleetName) => {
  const { AutoScalingGroups } = await autoScaling.send(
    new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [autoScalingGroupOf(fleet)] }),
  );
  const group = AutoScalingGroups?.[0];
  if (group === undefined) throw new Error(`no group of ${fleet} is in the account`);
  return group;
};
