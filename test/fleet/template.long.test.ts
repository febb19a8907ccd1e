import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';

type Properties = Readonly<Record<string, unknown>>;
type Resource = Readonly<{ Type: string; Condition?: string; Properties?: Properties }>;
type Template = Readonly<{
  Parameters: Readonly<Record<string, Readonly<{ Default?: unknown; Description?: string }>>>;
  Resources: Readonly<Record<string, Resource>>;
}>;

const packaged = (): Template => {
  const directory = mkdtempSync(join(tmpdir(), 'tidegate-fleet-'));
  try {
    const serverless = resolve('node_modules/serverless/bin/serverless.js');
    execFileSync(process.execPath, [serverless, 'package', '--package', directory], {
      cwd: resolve('fleet'),
      env: {
        PATH: process.env.PATH,
        HOME: directory,
        AWS_REGION: 'eu-central-1',
        AWS_ACCESS_KEY_ID: 'offline',
        AWS_SECRET_ACCESS_KEY: 'offline',
        NODE_NO_WARNINGS: '1',
        SLS_NOTIFICATIONS_MODE: 'off',
        SLS_TELEMETRY_DISABLED: '1',
      },
      stdio: 'pipe',
      timeout: 60_000,
    });
    const file = join(directory, 'cloudformation-template-update-stack.json');
    return JSON.parse(readFileSync(file, 'utf8')) as Template;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

const { Parameters, Resources } = packaged();

const of = (type: string): readonly (readonly [string, Properties])[] =>
  Object.entries(Resources)
    .filter(([, { Type }]) => Type === type)
    .map(([id, { Properties: properties = {} }]) => [id, properties]);

const GROUPS = ['Web', 'Api', 'Admin', 'Static'];

describe('the reference fleet', () => {
  test('explains each choice, and has a default for it', () => {
    const unexplained = Object.entries(Parameters).filter(
      ([, { Default, Description = '' }]) => Default === undefined || Description.length < 30,
    );

    expect(unexplained).toEqual([]);
  });

  test('has four groups of two to ten instances in private subnets, handed over to Tidegate', () => {
    const groups = of('AWS::AutoScaling::AutoScalingGroup');

    expect(groups.map(([id]) => id)).toEqual(GROUPS.map((name) => `${name}Group`));
    for (const [id, group] of groups) {
      expect(group).toMatchObject({
        MinSize: '2',
        MaxSize: '10',
        HealthCheckType: 'EC2',
        DefaultInstanceWarmup: 120,
        MetricsCollection: [{ Granularity: '1Minute' }],
        TargetGroupARNs: [{ Ref: id.replace('Group', 'Targets') }],
        VPCZoneIdentifier: {
          'Fn::If': [
            'ThreeZones',
            ['A', 'B', 'C'].map((zone) => ({ Ref: `PrivateSubnet${zone}` })),
            ['A', 'B'].map((zone) => ({ Ref: `PrivateSubnet${zone}` })),
          ],
        },
      });
      expect(group.Tags).toContainEqual({
        Key: 'tidegate:managed',
        Value: 'tidegate-dev',
        PropagateAtLaunch: false,
      });
      // A deployment would reset what Tidegate has set.
      expect(group).not.toHaveProperty('DesiredCapacity');
    }
  });

  test('runs the static group on Spot with several types, and replaces ahead of an interruption', () => {
    const { CapacityRebalance, MixedInstancesPolicy } = Resources.StaticGroup?.Properties ?? {};

    expect(CapacityRebalance).toBe(true);
    expect(MixedInstancesPolicy).toMatchObject({
      InstancesDistribution: { OnDemandBaseCapacity: 2 },
      LaunchTemplate: { Overrides: { length: 5 } },
    });
  });

  test('checks health as taught, drains for a while, and sticks to nobody', () => {
    const targets = of('AWS::ElasticLoadBalancingV2::TargetGroup').filter(
      ([, { TargetType }]) => TargetType === 'instance',
    );

    expect(targets.map(([id]) => id)).toEqual(GROUPS.map((name) => `${name}Targets`));
    for (const [, group] of targets) {
      expect(group).toMatchObject({
        HealthCheckPath: '/health',
        HealthCheckIntervalSeconds: 30,
        HealthyThresholdCount: 2,
        UnhealthyThresholdCount: 5,
        Tags: [{ Key: 'tidegate:managed', Value: 'tidegate-dev' }],
      });
      expect(group.TargetGroupAttributes).toEqual(
        expect.arrayContaining([
          { Key: 'deregistration_delay.timeout_seconds', Value: { Ref: 'DrainSeconds' } },
          { Key: 'stickiness.enabled', Value: 'false' },
        ]),
      );
    }
  });

  test('forwards every target group from a listener', () => {
    const forwarding = JSON.stringify([
      ...of('AWS::ElasticLoadBalancingV2::Listener'),
      ...of('AWS::ElasticLoadBalancingV2::ListenerRule'),
    ]);

    for (const [id] of of('AWS::ElasticLoadBalancingV2::TargetGroup')) {
      expect(forwarding).toContain(`"TargetGroupArn":{"Ref":"${id}"}`);
    }
  });

  test('redirects HTTP when there is a certificate, and logs accesses', () => {
    const [redirect] = (Resources.HttpListener?.Properties?.DefaultActions ?? []) as unknown[];

    expect(redirect).toMatchObject({ 'Fn::If': ['HasCertificate', { Type: 'redirect' }, {}] });
    expect(Resources.Balancer?.Properties?.LoadBalancerAttributes).toContainEqual({
      Key: 'access_logs.s3.enabled',
      Value: 'true',
    });
  });

  test('lets only the load balancer in to instances', () => {
    const toInstances = of('AWS::EC2::SecurityGroupIngress').filter(([, { GroupId }]) =>
      JSON.stringify(GroupId).includes('InstanceSecurityGroup'),
    );

    expect(Resources.InstanceSecurityGroup?.Properties).not.toHaveProperty('SecurityGroupIngress');
    expect(toInstances.map(([, rule]) => [rule.FromPort, rule.SourceSecurityGroupId])).toEqual([
      [8_080, { Ref: 'BalancerSecurityGroup' }],
    ]);
  });

  test('launches instances with IMDSv2, an encrypted disk, detailed monitoring and Session Manager', () => {
    expect(Resources.Instances?.Properties?.LaunchTemplateData).toMatchObject({
      MetadataOptions: { HttpTokens: 'required' },
      Monitoring: { Enabled: true },
      BlockDeviceMappings: [{ Ebs: { Encrypted: true } }],
    });
    expect(Resources.InstanceRole?.Properties).not.toHaveProperty('Policies');
    expect(JSON.stringify(Resources.InstanceRole?.Properties?.ManagedPolicyArns)).toMatch(
      /^[^,]*,\[[^\]]*AmazonSSMManagedInstanceCore"\]\]\}\]$/,
    );
  });

  test('carries the application in user data, within its 16 KB', () => {
    const { UserData } = (Resources.Instances?.Properties?.LaunchTemplateData ?? {}) as Properties;
    const text = JSON.stringify(UserData);
    const [, code = ''] = /APPLICATION='([^']+)'/.exec(text) ?? [];

    expect(text.length).toBeLessThan(16_384);
    expect(gunzipSync(Buffer.from(code, 'base64')).toString()).toContain('cannot be reached');
    expect(text).toContain('ExecStart=/usr/bin/node-$NODE_VERSION /opt/application/server.mjs');
  });

  test('has a VPC of three zones of which the third is a choice', () => {
    const subnets = Object.entries(Resources).filter(([, { Type }]) => Type === 'AWS::EC2::Subnet');

    expect(subnets.map(([id, { Condition }]) => [id, Condition])).toEqual(
      ['A', 'B', 'C'].flatMap((zone) =>
        ['Public', 'Private'].map((kind) => [
          `${kind}Subnet${zone}`,
          zone === 'C' ? 'ThreeZones' : undefined,
        ]),
      ),
    );
  });

  test('publishes demand by choice only, with a permission for its own log', () => {
    const byChoice = Object.entries(Resources).filter(([, { Condition }]) =>
      /^Publishes/.test(Condition ?? ''),
    );

    expect(byChoice.map(([id, { Condition }]) => [id, Condition])).toEqual([
      ['DemandLog', 'PublishesDemand'],
      ['DemandPolicy', 'PublishesDemand'],
      ['LogsEndpoint', 'PublishesThroughEndpoint'],
    ]);
    expect(Parameters.Demand?.Default).toBe('no');
    expect(Resources.DemandPolicy?.Properties?.PolicyDocument).toMatchObject({
      Statement: [
        {
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: { 'Fn::GetAtt': ['DemandLog', 'Arn'] },
        },
      ],
    });
    const data = (Resources.Instances?.Properties?.LaunchTemplateData ?? {}) as Properties;
    expect(data.MetadataOptions).toMatchObject({ InstanceMetadataTags: 'enabled' });
    expect(JSON.stringify(data.UserData)).toContain('"PublishesDemand",{"Ref":"DemandLog"},""');
  });
});
