import { DescribeCertificateCommand } from '@aws-sdk/client-acm';
import {
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  type Route,
} from '@aws-sdk/client-ec2';
import {
  DescribeListenerCertificatesCommand,
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { connect } from '#aws/account.ts';
import { BALANCER, CERTIFICATE, soundGroup } from '#test/support/checkup.ts';
import {
  answerSoundly,
  balancers,
  certificates,
  ec2,
  groups,
} from '#test/support/sound-account.ts';

process.env.AWS_REGION = 'us-east-1';
const configuration = { groups: [soundGroup.group], alerts: [], channels: [], routes: [] };

const facts = async () => {
  const examination = { stack: 's', configuration, groups: configuration.groups, now: 7 };
  const [group] = (await connect().examine(examination)).groups;
  return group!;
};

beforeEach(answerSoundly);

describe('what stands between clients and instances', () => {
  test('is read with the subnets, the load balancer, its listeners and its certificates', async () => {
    const everywhere = {
      protocol: '-1',
      from: 0,
      to: 65_535,
      groups: [],
      hasRanges: true,
      isForAll: true,
    };
    const { at, subnets, balancers: found, certificates: served, unread } = await facts();

    expect({ at, unread }).toEqual({ at: 7, unread: [] });
    expect(subnets).toEqual([
      { id: 'subnet-a', zone: 'us-east-1a', freeAddresses: 200, exit: 'other' },
      { id: 'subnet-b', zone: 'us-east-1b', freeAddresses: 200, exit: 'other' },
    ]);
    expect(found).toEqual([
      {
        name: BALANCER,
        isInternetFacing: true,
        securityGroups: ['sg-lb'],
        entrances: [everywhere],
        exits: [everywhere],
        hasAccessLogs: true,
        listeners: [
          { protocol: 'HTTP', port: 80, isRedirecting: true, certificates: [] },
          { protocol: 'HTTPS', port: 443, isRedirecting: false, certificates: [CERTIFICATE] },
        ],
        subnets: [
          { id: 'subnet-public', zone: 'us-east-1a', freeAddresses: 200, exit: 'internet' },
        ],
      },
    ]);
    expect(served).toEqual([
      {
        arn: CERTIFICATE,
        domain: 'example.com',
        isRenewed: true,
        expiresAt: Date.parse('2026-12-29T12:00:00Z'),
      },
    ]);
  });

  const routed = (...Routes: readonly Route[]) =>
    ec2.on(DescribeRouteTablesCommand).resolves({
      RouteTables: [
        { VpcId: 'vpc-2', Associations: [{ Main: true }], Routes: [] },
        { VpcId: 'vpc-1' },
        { VpcId: 'vpc-1', Associations: [{ Main: true }], Routes: [...Routes] },
      ],
    });
  const nat: Route = { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1' };

  test.each([
    { exit: 'none', routes: [{ DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local' }] },
    { exit: 'endpoints', routes: [{ DestinationPrefixListId: 'pl-1', GatewayId: 'vpce-1' }] },
    { exit: 'blackhole', routes: [{ ...nat, State: 'blackhole' as const }] },
    { exit: 'other', routes: [nat] },
    {
      exit: 'other',
      routes: [{ DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1' }],
    },
    { exit: 'internet', routes: [{ DestinationIpv6CidrBlock: '::/0', GatewayId: 'igw-1' }] },
  ])('has the exit $exit by $routes', async ({ exit, routes }) => {
    routed(...routes);

    expect((await facts()).subnets.map((subnet) => subnet.exit)).toEqual([exit, exit]);
  });

  test('has no exit where a subnet has no route table at all', async () => {
    ec2.on(DescribeRouteTablesCommand).resolves({});

    expect((await facts()).subnets[0]?.exit).toBe('none');
  });

  test('is taken for nothing that is sound where AWS leaves something out', async () => {
    balancers.on(DescribeLoadBalancersCommand).resolves({ LoadBalancers: [{}] });
    balancers.on(DescribeLoadBalancerAttributesCommand).resolves({});
    balancers.on(DescribeListenersCommand).resolves({ Listeners: [{}] });
    balancers.on(DescribeTargetGroupAttributesCommand).resolves({});
    ec2.on(DescribeSubnetsCommand).resolves({ Subnets: [{}] });
    const { balancers: found, subnets, targetGroups } = await facts();

    expect(subnets).toEqual([{ id: '', zone: '', freeAddresses: 0, exit: 'none' }]);
    expect(found).toEqual([
      {
        name: BALANCER,
        isInternetFacing: false,
        securityGroups: [],
        entrances: [],
        exits: [],
        hasAccessLogs: false,
        listeners: [{ protocol: '', port: 0, isRedirecting: false, certificates: [] }],
        subnets: [],
      },
    ]);
    expect(targetGroups[0]?.found).toMatchObject({ isSticky: false, drainSeconds: 300 });
  });

  test('is read as sticky, and as cutting what is under way', async () => {
    balancers.on(DescribeTargetGroupAttributesCommand).resolves({
      Attributes: [
        { Key: 'stickiness.enabled', Value: 'true' },
        { Key: 'deregistration_delay.timeout_seconds', Value: '0' },
      ],
    });

    expect((await facts()).targetGroups[0]?.found).toMatchObject({
      isSticky: true,
      drainSeconds: 0,
    });
  });

  test('leaves certificates of IAM alone, and reads one that was never issued or is imported', async () => {
    balancers.on(DescribeListenerCertificatesCommand).resolves({
      Certificates: [
        { CertificateArn: 'arn:aws:iam::123456789012:server-certificate/old' },
        { CertificateArn: CERTIFICATE },
        {},
      ],
    });
    certificates.on(DescribeCertificateCommand).resolves({ Certificate: { Type: 'IMPORTED' } });

    expect((await facts()).certificates).toEqual([
      { arn: CERTIFICATE, domain: CERTIFICATE, isRenewed: false },
    ]);
    certificates.on(DescribeCertificateCommand).resolves({});
    expect((await facts()).certificates).toEqual([
      { arn: CERTIFICATE, domain: CERTIFICATE, isRenewed: false },
    ]);
  });

  test('names what it may not read, and reads the rest', async () => {
    const fault = (name: string) => Object.assign(new Error('no'), { name });
    ec2.on(DescribeSubnetsCommand).rejects(fault('UnauthorizedOperation'));
    const { unread, balancers: found } = await facts();

    expect(unread.map(({ what }) => what)).toEqual(['its subnets', 'its load balancers']);
    expect(found).toEqual([]);
    answerSoundly();
    certificates.on(DescribeCertificateCommand).rejects(fault('AccessDeniedException'));
    const second = await facts();
    expect(second.unread).toEqual([{ what: 'its certificates', why: 'AccessDeniedException: no' }]);
    expect(second.balancers).toHaveLength(1);
  });

  test('is a load balancer that does not exist', async () => {
    const missing = Object.assign(new Error('no'), { name: 'LoadBalancerNotFoundException' });
    balancers.on(DescribeLoadBalancersCommand).rejects(missing);

    expect((await facts()).balancers).toEqual([]);
  });

  test('is not asked for where nobody heals', async () => {
    const { health: _none, ...group } = soundGroup.group;
    const examination = { stack: 's', configuration, groups: [group], now: 0 };
    await connect().examine(examination);

    expect(balancers.calls()).toEqual([]);
    expect(groups.calls().length).toBeGreaterThan(0);
    expect(ec2.commandCalls(DescribeSecurityGroupsCommand)).toHaveLength(1);
  });
});
