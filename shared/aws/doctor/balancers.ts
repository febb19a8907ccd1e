import { DescribeSecurityGroupsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import {
  DescribeListenerCertificatesCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  type ElasticLoadBalancingV2Client,
  type Listener,
  type LoadBalancer,
  paginateDescribeListeners,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { BalancerDetails, ListenerFacts } from '#domain/doctor/checkup.ts';
import { unlessMissing } from './asking.ts';
import { openingOf } from './network.ts';
import { readSubnets } from './subnets.ts';

export type BalancerClients = Readonly<{
  ec2: EC2Client;
  loadBalancing: ElasticLoadBalancingV2Client;
}>;

/** Reads one load balancer with its listeners, security groups and subnets; nothing when there is none. */
export const readBalancerDetails =
  ({ ec2, loadBalancing }: BalancerClients) =>
  async (name: string, arn: string): Promise<readonly BalancerDetails[]> => {
    const answer = await unlessMissing(
      ['LoadBalancerNotFoundException', 'LoadBalancerNotFound'],
      () => loadBalancing.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] })),
    );
    const [found] = answer?.LoadBalancers ?? [];
    if (found === undefined) return [];

    const securityGroups = found.SecurityGroups ?? [];
    const [doors, hasAccessLogs, listeners, subnets] = await Promise.all([
      readDoors(ec2, securityGroups),
      logsAccesses(loadBalancing, arn),
      readListeners(loadBalancing, arn),
      readSubnets(ec2, subnetsOf(found)),
    ]);
    return [
      {
        name,
        isInternetFacing: found.Scheme === 'internet-facing',
        securityGroups,
        ...doors,
        hasAccessLogs,
        listeners,
        subnets,
      },
    ];
  };

const subnetsOf = ({ AvailabilityZones = [] }: LoadBalancer): readonly string[] =>
  AvailabilityZones.flatMap(({ SubnetId }) => (SubnetId === undefined ? [] : [SubnetId]));

const readDoors = async (
  client: EC2Client,
  ids: readonly string[],
): Promise<Pick<BalancerDetails, 'entrances' | 'exits'>> => {
  if (ids.length === 0) return { entrances: [], exits: [] };
  const { SecurityGroups = [] } = await client.send(
    new DescribeSecurityGroupsCommand({ GroupIds: [...ids] }),
  );
  return {
    entrances: SecurityGroups.flatMap(({ IpPermissions = [] }) => IpPermissions.map(openingOf)),
    exits: SecurityGroups.flatMap(({ IpPermissionsEgress = [] }) =>
      IpPermissionsEgress.map(openingOf),
    ),
  };
};

const logsAccesses = async (
  client: ElasticLoadBalancingV2Client,
  arn: string,
): Promise<boolean> => {
  const { Attributes = [] } = await client.send(
    new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn }),
  );
  return Attributes.some(({ Key, Value }) => Key === 'access_logs.s3.enabled' && Value === 'true');
};

const readListeners = async (
  client: ElasticLoadBalancingV2Client,
  arn: string,
): Promise<readonly ListenerFacts[]> => {
  const listeners: Listener[] = [];
  for await (const page of paginateDescribeListeners({ client }, { LoadBalancerArn: arn })) {
    listeners.push(...(page.Listeners ?? []));
  }
  return Promise.all(
    listeners.map(async (listener) => ({
      protocol: listener.Protocol ?? '',
      port: listener.Port ?? 0,
      isRedirecting: (listener.DefaultActions ?? []).some(({ Type }) => Type === 'redirect'),
      certificates: await readCertificatesOf(client, listener),
    })),
  );
};

const ENCRYPTED: readonly (string | undefined)[] = ['HTTPS', 'TLS', 'QUIC', 'TCP_QUIC'];

/** The one that a listener serves by default, and those for other names. */
const readCertificatesOf = async (
  client: ElasticLoadBalancingV2Client,
  { ListenerArn, Protocol }: Listener,
): Promise<readonly string[]> => {
  if (!ENCRYPTED.includes(Protocol)) return [];
  const { Certificates = [] } = await client.send(
    new DescribeListenerCertificatesCommand({ ListenerArn }),
  );
  return Certificates.map(({ CertificateArn = '' }) => CertificateArn);
};
