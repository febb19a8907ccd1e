import {
  DeleteTagsCommand,
  DescribeAutoScalingGroupsCommand,
  DetachLoadBalancerTargetGroupsCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  AuthorizeSecurityGroupIngressCommand,
  DeleteRouteCommand,
  DeleteVpcEndpointsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcEndpointsCommand,
  EC2Client,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import {
  DeleteListenerCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  ModifyLoadBalancerAttributesCommand,
  ModifyTargetGroupAttributesCommand,
  RemoveTagsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { REGION } from '#test/e2e/harness/clients.ts';
import { unhealthyTargets } from '#test/e2e/harness/faults.ts';
import {
  addRivalPolicy,
  addScheduledAction,
  suspendLaunches,
} from '#test/e2e/harness/group-faults.ts';
import type { System } from '#test/e2e/harness/system.ts';
import { FLEET_STACK } from './fleet-run.ts';

/** A fault in the reference fleet, the code that the doctor must find it by, and a word of its remedy. */
export type FleetFault = Readonly<{
  what: string;
  code: string;
  remedy: RegExp;
  plant: (system: System) => Promise<unknown>;
}>;

const GROUP = { AutoScalingGroupName: `${FLEET_STACK}-web` };

const ec2Of = ({ motoEndpoint }: System): EC2Client =>
  new EC2Client({
    endpoint: motoEndpoint,
    region: REGION,
    credentials: { accessKeyId: 'harness', secretAccessKey: 'harness' },
  });

const balancerOf = async ({ clients }: System): Promise<string> => {
  const { LoadBalancers = [] } = await clients.elb.send(
    new DescribeLoadBalancersCommand({ Names: [FLEET_STACK] }),
  );
  return LoadBalancers[0]?.LoadBalancerArn ?? '';
};

const targetsOf = async ({ clients }: System): Promise<string> => {
  const { TargetGroups = [] } = await clients.elb.send(
    new DescribeTargetGroupsCommand({ Names: [`${FLEET_STACK}-web`] }),
  );
  return TargetGroups[0]?.TargetGroupArn ?? '';
};

/** A security group of the stack, by the beginning of its description. */
const securityGroup = async (system: System, beginning: string) => {
  const { SecurityGroups = [] } = await ec2Of(system).send(new DescribeSecurityGroupsCommand({}));
  const found = SecurityGroups.find(({ Description }) => Description?.startsWith(beginning));
  if (found === undefined) throw new Error(`no security group is described as ${beginning}`);
  return found;
};

const setTargetGroup = async (system: System, Key: string, Value: string): Promise<unknown> =>
  system.clients.elb.send(
    new ModifyTargetGroupAttributesCommand({
      TargetGroupArn: await targetsOf(system),
      Attributes: [{ Key, Value }],
    }),
  );

const updateGroup = (
  { clients }: System,
  change: Readonly<Record<string, string | number>>,
): Promise<unknown> =>
  clients.autoScaling.send(new UpdateAutoScalingGroupCommand({ ...GROUP, ...change }));

const failTargets = async (system: System, reason: string): Promise<void> => {
  const { AutoScalingGroups: [group] = [] } = await system.clients.autoScaling.send(
    new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [GROUP.AutoScalingGroupName] }),
  );
  const [id = ''] = (group?.Instances ?? []).map(({ InstanceId = '' }) => InstanceId);
  system.proxy.inject(unhealthyTargets(await targetsOf(system), [id], reason));
};

/** Faults of the way in: the network and the load balancer. */
const WAY_IN: readonly FleetFault[] = [
  {
    what: 'the application is open to every address',
    code: 'open-to-all',
    remedy: /revoke-security-group-ingress/,
    plant: async (system) =>
      ec2Of(system).send(
        new AuthorizeSecurityGroupIngressCommand({
          GroupId: (await securityGroup(system, 'Instances')).GroupId,
          IpPermissions: [
            {
              IpProtocol: 'tcp',
              FromPort: 8_080,
              ToPort: 8_080,
              IpRanges: [{ CidrIp: '0.0.0.0/0' }],
            },
          ],
        }),
      ),
  },
  {
    what: 'the port of the application is closed',
    code: 'port-closed',
    remedy: /authorize-security-group-ingress/,
    plant: async (system) => {
      const { GroupId, IpPermissions } = await securityGroup(system, 'Instances');
      const client = ec2Of(system);
      await client.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
    },
  },
  {
    what: 'the load balancer may not speak to instances',
    code: 'balancer-exit-closed',
    remedy: /authorize-security-group-egress/,
    plant: async (system) => {
      const { GroupId, IpPermissionsEgress } = await securityGroup(system, 'The load balancer');
      const change = { GroupId, IpPermissions: IpPermissionsEgress };
      await ec2Of(system).send(new RevokeSecurityGroupEgressCommand(change));
    },
  },
  {
    what: 'nobody is let in to the load balancer',
    code: 'listener-closed',
    remedy: /authorize-security-group-ingress/,
    plant: async (system) => {
      const { GroupId, IpPermissions } = await securityGroup(system, 'The load balancer');
      const client = ec2Of(system);
      await client.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
    },
  },
  {
    what: 'the public subnets have no route to the Internet',
    code: 'balancer-unrouted',
    remedy: /create-route/,
    plant: async (system) => {
      const client = ec2Of(system);
      const { RouteTables = [] } = await client.send(new DescribeRouteTablesCommand({}));
      const open = RouteTables.filter(({ Routes = [] }) =>
        Routes.some(({ GatewayId }) => GatewayId?.startsWith('igw-')),
      );
      for (const { RouteTableId } of open) {
        const route = { RouteTableId, DestinationCidrBlock: '0.0.0.0/0' };
        await client.send(new DeleteRouteCommand(route));
      }
    },
  },
  {
    what: 'the private subnets have no way out',
    code: 'subnet-unrouted',
    remedy: /NAT gateway/,
    plant: async (system) => {
      const client = ec2Of(system);
      const { VpcEndpoints = [] } = await client.send(new DescribeVpcEndpointsCommand({}));
      const ids = VpcEndpoints.map(({ VpcEndpointId = '' }) => VpcEndpointId);
      await client.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: ids }));
    },
  },
  {
    what: 'there are no access logs',
    code: 'access-logs-off',
    remedy: /access_logs\.s3\.enabled/,
    plant: async (system) =>
      system.clients.elb.send(
        new ModifyLoadBalancerAttributesCommand({
          LoadBalancerArn: await balancerOf(system),
          Attributes: [{ Key: 'access_logs.s3.enabled', Value: 'false' }],
        }),
      ),
  },
];

/** Faults of targets: how they are checked, and how they answer. */
const TARGETS: readonly FleetFault[] = [
  {
    what: 'sessions stick to targets',
    code: 'sticky-sessions',
    remedy: /signed cookie/,
    plant: (system) => setTargetGroup(system, 'stickiness.enabled', 'true'),
  },
  {
    what: 'the deregistration delay is 0',
    code: 'no-draining',
    remedy: /deregistration_delay/,
    plant: (system) => setTargetGroup(system, 'deregistration_delay.timeout_seconds', '0'),
  },
  {
    what: 'the grace period is shorter than boot',
    code: 'checked-before-boot',
    remedy: /--health-check-grace-period 180/,
    plant: (system) => updateGroup(system, { HealthCheckType: 'ELB', HealthCheckGracePeriod: 60 }),
  },
  {
    what: 'both AWS and Tidegate replace',
    code: 'replaced-twice',
    remedy: /health check type EC2/,
    plant: (system) => updateGroup(system, { HealthCheckType: 'ELB', HealthCheckGracePeriod: 600 }),
  },
  {
    what: 'the path of the health check is wrong',
    code: 'targets-failing',
    remedy: /--health-check-path/,
    plant: (system) => failTargets(system, 'Target.ResponseCodeMismatch'),
  },
  {
    what: 'the application listens on 127.0.0.1',
    code: 'targets-failing',
    remedy: /not on 127\.0\.0\.1 only/,
    plant: (system) => failTargets(system, 'Target.FailedHealthChecks'),
  },
  {
    what: 'the application does not answer in time',
    code: 'targets-failing',
    remedy: /answer in time/,
    plant: (system) => failTargets(system, 'Target.Timeout'),
  },
  {
    what: 'the target group is not handed over',
    code: 'target-group-untagged',
    remedy: /add-tags/,
    plant: async (system) =>
      system.clients.elb.send(
        new RemoveTagsCommand({
          ResourceArns: [await targetsOf(system)],
          TagKeys: ['tidegate:managed'],
        }),
      ),
  },
];

/** Faults of the group. */
const GROUPS: readonly FleetFault[] = [
  {
    what: 'launches are suspended',
    code: 'processes-suspended',
    remedy: /resume-processes/,
    plant: ({ clients }) => suspendLaunches(clients.autoScaling, GROUP.AutoScalingGroupName),
  },
  {
    what: 'a policy of AWS scales the group, too',
    code: 'aws-policies',
    remedy: /delete-policy/,
    plant: ({ clients }) => addRivalPolicy(clients.autoScaling, GROUP.AutoScalingGroupName),
  },
  {
    what: 'a scheduled action of AWS changes the group',
    code: 'scheduled-actions',
    remedy: /schedule rules/,
    plant: ({ clients }) => addScheduledAction(clients.autoScaling, GROUP.AutoScalingGroupName, 2),
  },
  {
    what: 'MaxSize is below the bound of the rules',
    code: 'bounds-apart',
    remedy: /MinSize and MaxSize agree/,
    plant: (system) => updateGroup(system, { MaxSize: 4 }),
  },
  {
    what: 'the group is not handed over',
    code: 'group-untagged',
    remedy: /create-or-update-tags/,
    plant: ({ clients }) =>
      clients.autoScaling.send(
        new DeleteTagsCommand({
          Tags: [
            {
              ResourceId: GROUP.AutoScalingGroupName,
              ResourceType: 'auto-scaling-group',
              Key: 'tidegate:managed',
            },
          ],
        }),
      ),
  },
  {
    what: 'the target group is not attached',
    code: 'target-group-detached',
    remedy: /attach-load-balancer-target-groups/,
    plant: async (system) =>
      system.clients.autoScaling.send(
        new DetachLoadBalancerTargetGroupsCommand({
          ...GROUP,
          TargetGroupARNs: [await targetsOf(system)],
        }),
      ),
  },
  {
    what: 'the load balancer has no listener',
    code: 'listener-missing',
    remedy: /create-listener/,
    plant: async (system) => {
      const { elb } = system.clients;
      const of = { LoadBalancerArn: await balancerOf(system) };
      const { Listeners = [] } = await elb.send(new DescribeListenersCommand(of));
      for (const { ListenerArn } of Listeners) {
        await elb.send(new DeleteListenerCommand({ ListenerArn }));
      }
    },
  },
];

/** Each stays when the next is planted: those that hide others come last. */
export const FLEET_FAULTS: readonly FleetFault[] = [...TARGETS, ...WAY_IN, ...GROUPS];
