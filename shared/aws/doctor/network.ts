import {
  DescribeInstancesCommand,
  DescribeSecurityGroupsCommand,
  type EC2Client,
  type Instance,
  type IpPermission,
} from '@aws-sdk/client-ec2';
import { chunks } from '#aws/client/chunks.ts';
import type { InstanceFacts, PortOpening } from '#domain/doctor/checkup.ts';

/** A call may name more, and its answer grows with them. */
const IDS_PER_CALL = 500;

/** Reads how often instances report, and their security groups. */
export const readInstances = async (
  client: EC2Client,
  ids: readonly string[],
): Promise<readonly InstanceFacts[]> => {
  const found: InstanceFacts[] = [];
  for (const chunk of chunks(ids, IDS_PER_CALL)) {
    const { Reservations = [] } = await client.send(
      new DescribeInstancesCommand({ InstanceIds: [...chunk] }),
    );
    const instances = Reservations.flatMap(({ Instances = [] }) => Instances);
    found.push(...instances.map(factsOf));
  }
  return found;
};

const factsOf = (instance: Instance): InstanceFacts => ({
  id: instance.InstanceId ?? '',
  isMonitored: instance.Monitoring?.State === 'enabled',
  isMetadataOpen:
    instance.MetadataOptions?.HttpTokens === 'optional' &&
    instance.MetadataOptions.HttpEndpoint !== 'disabled',
  securityGroups: (instance.SecurityGroups ?? []).map(({ GroupId = '' }) => GroupId),
});

/** Reads what security groups let in. */
export const readOpenings = async (
  client: EC2Client,
  ids: readonly string[],
): Promise<Readonly<Record<string, readonly PortOpening[]>>> => {
  if (ids.length === 0) return {};

  const { SecurityGroups = [] } = await client.send(
    new DescribeSecurityGroupsCommand({ GroupIds: [...ids] }),
  );
  return Object.fromEntries(
    SecurityGroups.map(({ GroupId = '', IpPermissions = [] }) => [
      GroupId,
      IpPermissions.map(openingOf),
    ]),
  );
};

/** Translates a permission of a security group, inwards or outwards. */
export const openingOf = (permission: IpPermission): PortOpening => ({
  protocol: permission.IpProtocol ?? '-1',
  from: permission.FromPort ?? 0,
  to: permission.ToPort ?? 65_535,
  groups: (permission.UserIdGroupPairs ?? []).map(({ GroupId = '' }) => GroupId),
  hasRanges:
    (permission.IpRanges ?? []).length +
      (permission.Ipv6Ranges ?? []).length +
      (permission.PrefixListIds ?? []).length >
    0,
  isForAll:
    (permission.IpRanges ?? []).some(({ CidrIp }) => CidrIp === '0.0.0.0/0') ||
    (permission.Ipv6Ranges ?? []).some(({ CidrIpv6 }) => CidrIpv6 === '::/0'),
});
