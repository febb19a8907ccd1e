import {
  DescribeSubnetsCommand,
  type EC2Client,
  paginateDescribeRouteTables,
  type Route,
  type RouteTable,
} from '@aws-sdk/client-ec2';
import type { SubnetExit, SubnetFacts } from '#domain/doctor/checkup.ts';

/** Reads subnets, and where each of them sends what is for the Internet. */
export const readSubnets = async (
  client: EC2Client,
  ids: readonly string[],
): Promise<readonly SubnetFacts[]> => {
  if (ids.length === 0) return [];
  const { Subnets = [] } = await client.send(
    new DescribeSubnetsCommand({ SubnetIds: [...new Set(ids)] }),
  );
  const networks = [...new Set(Subnets.map(({ VpcId = '' }) => VpcId))];
  const tables = await readRouteTables(client, networks);

  return Subnets.map((subnet) => ({
    id: subnet.SubnetId ?? '',
    zone: subnet.AvailabilityZone ?? '',
    freeAddresses: subnet.AvailableIpAddressCount ?? 0,
    exit: exitOf(tableOf(tables, subnet)?.Routes ?? []),
  }));
};

const readRouteTables = async (
  client: EC2Client,
  networks: readonly string[],
): Promise<readonly RouteTable[]> => {
  const tables: RouteTable[] = [];
  const Filters = [{ Name: 'vpc-id', Values: [...networks] }];
  for await (const page of paginateDescribeRouteTables({ client }, { Filters })) {
    tables.push(...(page.RouteTables ?? []));
  }
  return tables;
};

type SubnetPlace = Readonly<{ SubnetId?: string | undefined; VpcId?: string | undefined }>;

/** A subnet without a route table of its own has the main one of its VPC. */
const tableOf = (
  tables: readonly RouteTable[],
  { SubnetId, VpcId }: SubnetPlace,
): RouteTable | undefined =>
  tables.find(({ Associations = [] }) =>
    Associations.some((each) => SubnetId !== undefined && each.SubnetId === SubnetId),
  ) ??
  tables.find(
    (table) => table.VpcId === VpcId && (table.Associations ?? []).some(({ Main }) => Main),
  );

const EVERYWHERE: readonly (string | undefined)[] = ['0.0.0.0/0', '::/0'];

const exitOf = (routes: readonly Route[]): SubnetExit => {
  const defaults = routes.filter(
    ({ DestinationCidrBlock, DestinationIpv6CidrBlock }) =>
      EVERYWHERE.includes(DestinationCidrBlock) || EVERYWHERE.includes(DestinationIpv6CidrBlock),
  );
  const alive = defaults.filter(({ State }) => State !== 'blackhole');
  if (alive.some(({ GatewayId }) => GatewayId?.startsWith('igw-'))) return 'internet';
  if (alive.length > 0) return 'other';
  if (defaults.length > 0) return 'blackhole';
  return routes.some(({ GatewayId }) => GatewayId?.startsWith('vpce-')) ? 'endpoints' : 'none';
};
