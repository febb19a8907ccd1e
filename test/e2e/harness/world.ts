import {
  CreateAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { autoScalingGroupOf, type FleetName, type FleetSpec, fleetSpecs } from '../fleets.ts';
import type { Clients } from './clients.ts';
import { STACK } from './deploy.ts';
import { query, textsOf } from './raw-call.ts';

/** The things in the account before Tidegate came: a load balancer and groups behind it. */
export type World = Readonly<{
  loadBalancerArn: string;
  /** The target group of each fleet. */
  targetGroupArns: ReadonlyMap<FleetName, string>;
}>;

/** Creates the account's own resources; each group's first instances are in service at once. */
export const createWorld = async (endpoint: string, clients: Clients): Promise<World> => {
  const network = await defaultNetwork(endpoint);
  await ec2(endpoint, {
    Action: 'CreateLaunchTemplate',
    LaunchTemplateName: TEMPLATE,
    'LaunchTemplateData.ImageId': 'ami-12c6146b',
    'LaunchTemplateData.InstanceType': 't4g.nano',
    'LaunchTemplateData.Monitoring.Enabled': 'true',
  });
  const { LoadBalancers } = await clients.elb.send(
    new CreateLoadBalancerCommand({ Name: 'e2e', Subnets: network.subnets.slice(0, 2) }),
  );
  const loadBalancerArn = required(LoadBalancers?.[0]?.LoadBalancerArn);

  const targetGroupArns = new Map<FleetName, string>();
  for (const [index, [fleet, spec]] of fleetSpecs.entries()) {
    const place = { ...network, loadBalancerArn, port: 8_000 + index };
    targetGroupArns.set(fleet, await createTargetGroup(clients, fleet, place));
    await createGroup(clients, fleet, { spec, arn: required(targetGroupArns.get(fleet)), network });
  }
  return { loadBalancerArn, targetGroupArns };
};

/** The group as Auto Scaling shows it now. */
export const describeGroup = async ({ autoScaling }: Clients, fleet: FleetName) => {
  const { AutoScalingGroups } = await autoScaling.send(
    new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [autoScalingGroupOf(fleet)] }),
  );
  return required(AutoScalingGroups?.[0]);
};

/** The value of CloudWatch's dimension: `targetgroup/NAME/ID`, and a load balancer's `app/NAME/ID`. */
export const dimensionOf = (arn: string): string =>
  (arn.split(':').at(-1) ?? '').replace(/^loadbalancer\//, '');

type Network = Readonly<{ vpc: string; subnets: readonly string[] }>;

const TEMPLATE = 'e2e';
const OPT_IN = { Key: 'tidegate:managed', Value: STACK };

const defaultNetwork = async (endpoint: string): Promise<Network> => {
  const xml = await ec2(endpoint, { Action: 'DescribeSubnets' });
  return { vpc: required(textsOf(xml, 'vpcId')[0]), subnets: textsOf(xml, 'subnetId') };
};

const ec2 = (endpoint: string, parameters: Readonly<Record<string, string>>): Promise<string> =>
  query(endpoint, { service: 'ec2', version: '2016-11-15' }, parameters);

const createTargetGroup = async (
  { elb }: Clients,
  fleet: FleetName,
  place: Network & Readonly<{ loadBalancerArn: string; port: number }>,
): Promise<string> => {
  const tags = [OPT_IN];
  const { TargetGroups } = await elb.send(
    new CreateTargetGroupCommand({
      Name: autoScalingGroupOf(fleet),
      Protocol: 'HTTP',
      Port: 80,
      VpcId: place.vpc,
      Tags: tags,
    }),
  );
  const arn = required(TargetGroups?.[0]?.TargetGroupArn);
  await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: place.loadBalancerArn,
      Protocol: 'HTTP',
      Port: place.port,
      DefaultActions: [{ Type: 'forward', TargetGroupArn: arn }],
    }),
  );
  return arn;
};

type Settings = Readonly<{ spec: FleetSpec; arn: string; network: Network }>;

const createGroup = async (
  { autoScaling }: Clients,
  fleet: FleetName,
  { spec, arn, network }: Settings,
): Promise<void> => {
  await autoScaling.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: autoScalingGroupOf(fleet),
      LaunchTemplate: { LaunchTemplateName: TEMPLATE, Version: '$Latest' },
      MinSize: 1,
      MaxSize: spec.max,
      DesiredCapacity: spec.desired,
      VPCZoneIdentifier: network.subnets.join(','),
      TargetGroupARNs: [arn],
      DefaultInstanceWarmup: 60,
      Tags: spec.isTagged === false ? [] : [{ ...OPT_IN, PropagateAtLaunch: false }],
    }),
  );
};

const required = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('moto left out a value that AWS always gives');
  return value;
};
