import { CreateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Clients } from './clients.ts';
import { STACK } from './deploy.ts';
import { query, textsOf } from './raw-call.ts';

/** An Auto Scaling group to make, behind a target group of the same name. */
export type GroupSpec = Readonly<{
  name: string;
  min: number;
  max: number;
  desired: number;
  /** False: its owner has not tagged it for Tidegate. */
  isTagged?: boolean;
  /** The HealthCheckGracePeriod in seconds; that of AWS when absent. */
  graceSeconds?: number;
  /** Tags beside the one that hands it over. */
  tags?: readonly Readonly<{ Key: string; Value: string }>[];
}>;

/** A load balancer, and the target group of each group by the group's name. */
export type Behind = Readonly<{
  loadBalancerArn: string;
  targetGroupArns: ReadonlyMap<string, string>;
}>;

/** Creates a load balancer and groups behind it; each group's first instances are in service at once. */
export const createGroups = async (
  endpoint: string,
  clients: Clients,
  { name, groups }: Readonly<{ name: string; groups: readonly GroupSpec[] }>,
): Promise<Behind> => {
  const network = await defaultNetwork(endpoint);
  await ec2(endpoint, {
    Action: 'CreateLaunchTemplate',
    LaunchTemplateName: name,
    'LaunchTemplateData.ImageId': 'ami-12c6146b',
    'LaunchTemplateData.InstanceType': 't4g.nano',
    'LaunchTemplateData.Monitoring.Enabled': 'true',
  });
  const { LoadBalancers } = await clients.elb.send(
    new CreateLoadBalancerCommand({ Name: name, Subnets: network.subnets.slice(0, 2) }),
  );
  const loadBalancerArn = required(LoadBalancers?.[0]?.LoadBalancerArn);

  const targetGroupArns = new Map<string, string>();
  for (const [index, group] of groups.entries()) {
    const place = { ...network, loadBalancerArn, port: 8_000 + index };
    const arn = await createTargetGroup(clients, group.name, place);
    targetGroupArns.set(group.name, arn);
    await createGroup(clients, group, { arn, network, template: name });
  }
  return { loadBalancerArn, targetGroupArns };
};

/** Ends an instance as EC2 does when its machine fails; its group launches another one. */
export const terminateInstance = (endpoint: string, id: string): Promise<string> =>
  ec2(endpoint, { Action: 'TerminateInstances', 'InstanceId.1': id });

/** The value of CloudWatch's dimension: `targetgroup/NAME/ID`, and a load balancer's `app/NAME/ID`. */
export const dimensionOf = (arn: string): string =>
  (arn.split(':').at(-1) ?? '').replace(/^loadbalancer\//, '');

type Network = Readonly<{ vpc: string; subnets: readonly string[] }>;

const OPT_IN = { Key: 'tidegate:managed', Value: STACK };

const defaultNetwork = async (endpoint: string): Promise<Network> => {
  const xml = await ec2(endpoint, { Action: 'DescribeSubnets' });
  return { vpc: required(textsOf(xml, 'vpcId')[0]), subnets: textsOf(xml, 'subnetId') };
};

const ec2 = (endpoint: string, parameters: Readonly<Record<string, string>>): Promise<string> =>
  query(endpoint, { service: 'ec2', version: '2016-11-15' }, parameters);

const createTargetGroup = async (
  { elb }: Clients,
  name: string,
  place: Network & Readonly<{ loadBalancerArn: string; port: number }>,
): Promise<string> => {
  const { TargetGroups } = await elb.send(
    new CreateTargetGroupCommand({
      Name: name,
      Protocol: 'HTTP',
      Port: 80,
      VpcId: place.vpc,
      Tags: [OPT_IN],
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

type Settings = Readonly<{ arn: string; network: Network; template: string }>;

const createGroup = async (
  { autoScaling }: Clients,
  { name, min, max, desired, isTagged, graceSeconds, tags = [] }: GroupSpec,
  { arn, network, template }: Settings,
): Promise<void> => {
  await autoScaling.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: name,
      LaunchTemplate: { LaunchTemplateName: template, Version: '$Latest' },
      MinSize: min,
      MaxSize: max,
      DesiredCapacity: desired,
      VPCZoneIdentifier: network.subnets.join(','),
      TargetGroupARNs: [arn],
      DefaultInstanceWarmup: 60,
      HealthCheckGracePeriod: graceSeconds,
      Tags: [...(isTagged === false ? [] : [OPT_IN]), ...tags].map((tag) => ({
        ...tag,
        PropagateAtLaunch: false,
      })),
    }),
  );
};

const required = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('moto left out a value that AWS always gives');
  return value;
};
