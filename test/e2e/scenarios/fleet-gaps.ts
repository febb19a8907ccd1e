import { AssociateRouteTableCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  AddTagsCommand,
  ModifyLoadBalancerAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { REGION } from '#test/e2e/harness/clients.ts';
import { readStack, type Stack, type TemplateResource } from '#test/e2e/harness/stack.ts';
import type { System } from '#test/e2e/harness/system.ts';

/**
 * Makes by the services' own API what moto's CloudFormation leaves out of the deployed template: route tables of
 * subnets, tags of target groups, attributes of load balancers. What it answers names them.
 */
export const fillFleetGaps = async (system: System, name: string): Promise<string> => {
  const stack = await readStack(system.motoEndpoint, name);
  const made: readonly (readonly [string, Promise<unknown>])[] = [
    ...of(stack, 'AWS::EC2::SubnetRouteTableAssociation').map(
      ([, { RouteTableId, SubnetId }]) =>
        [
          'route tables of subnets',
          ec2At(system).send(
            new AssociateRouteTableCommand({
              RouteTableId: String(RouteTableId),
              SubnetId: String(SubnetId),
            }),
          ),
        ] as const,
    ),
    ...of(stack, 'AWS::ElasticLoadBalancingV2::TargetGroup').map(
      ([arn, { Tags }]) =>
        [
          'tags of target groups',
          system.clients.elb.send(
            new AddTagsCommand({ ResourceArns: [arn], Tags: Tags as { Key: string }[] }),
          ),
        ] as const,
    ),
    ...of(stack, 'AWS::ElasticLoadBalancingV2::LoadBalancer').map(
      ([arn, { LoadBalancerAttributes }]) =>
        [
          'attributes of load balancers',
          system.clients.elb.send(
            new ModifyLoadBalancerAttributesCommand({
              LoadBalancerArn: arn,
              Attributes: LoadBalancerAttributes as { Key: string }[],
            }),
          ),
        ] as const,
    ),
  ];
  await Promise.all(made.map(([, call]) => call));
  return `moto left out ${[...new Set(made.map(([what]) => what))].join(', ')}`;
};

const ec2At = ({ motoEndpoint }: System): EC2Client =>
  new EC2Client({
    endpoint: motoEndpoint,
    region: REGION,
    credentials: { accessKeyId: 'harness', secretAccessKey: 'harness' },
  });

type Made = readonly [physicalId: string, properties: Readonly<Record<string, unknown>>];

/** The resources of a type that were made by default; the others are a choice. */
const of = ({ resources, physicalIds, resolve }: Stack, type: string): readonly Made[] =>
  Object.entries(resources as Readonly<Record<string, TemplateResource & { Condition?: string }>>)
    .filter(([, { Type, Condition }]) => Type === type && Condition === undefined)
    .map(([id, { Properties = {} }]) => {
      const wanted = Object.fromEntries(
        Object.entries(Properties).filter(([key]) => READ.includes(key)),
      );
      return [
        physicalIds.get(id) ?? '',
        resolve(wanted) as Readonly<Record<string, unknown>>,
      ] as const;
    });

const READ: readonly string[] = ['RouteTableId', 'SubnetId', 'Tags', 'LoadBalancerAttributes'];
