import { ACMClient, DescribeCertificateCommand } from '@aws-sdk/client-acm';
import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribePoliciesCommand,
  DescribeScheduledActionsCommand,
} from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import {
  DescribeInstancesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  DescribeListenerCertificatesCommand,
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetKeyPolicyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { DescribeParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { TARGET_GROUP_ARN } from './builders.ts';
import { BALANCER, CERTIFICATE, letsIn, soundGroup, TOPIC } from './checkup.ts';
import { mockClient } from './mock-client.ts';

export const certificates = mockClient(ACMClient);
export const stacks = mockClient(CloudFormationClient);
export const sns = mockClient(SNSClient);
export const kms = mockClient(KMSClient);
export const ssm = mockClient(SSMClient);
export const groups = mockClient(AutoScalingClient);
export const alarms = mockClient(CloudWatchClient);
export const ec2 = mockClient(EC2Client);
export const balancers = mockClient(ElasticLoadBalancingV2Client);

/** From now on AWS answers as it does where everything is all right. */
export const answerSoundly = (): void => {
  for (const mock of [certificates, stacks, sns, kms, ssm, groups, alarms, ec2, balancers])
    mock.reset();
  stacks.on(DescribeStacksCommand).resolves({
    Stacks: [
      {
        StackName: 'tidegate-dev',
        CreationTime: new Date(0),
        StackStatus: 'CREATE_COMPLETE',
        Outputs: [{ OutputKey: 'AlarmTopicArn', OutputValue: TOPIC }],
        Tags: [{ Key: 'tidegate:version', Value: '0.1.0+817e7b4' }],
      },
    ],
  });
  sns.on(GetTopicAttributesCommand).resolves({
    Attributes: {
      KmsMasterKeyId: '0a1b',
      Policy: JSON.stringify(letsIn('cloudwatch.amazonaws.com', 'sns:Publish')),
    },
  });
  sns.on(ListSubscriptionsByTopicCommand).resolves({
    Subscriptions: [{ Endpoint: 'ops@example.com', SubscriptionArn: `${TOPIC}:1` }],
  });
  kms.on(GetKeyPolicyCommand).resolves({
    Policy: JSON.stringify(letsIn('cloudwatch.amazonaws.com', 'kms:*')),
  });
  ssm.on(DescribeParametersCommand).resolves({
    Parameters: [{ Name: '/hook', Type: 'SecureString' }],
  });
  groups.on(DescribeAutoScalingGroupsCommand).resolves({
    AutoScalingGroups: [
      {
        AutoScalingGroupARN:
          'arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:1:autoScalingGroupName/web-prod',
        AutoScalingGroupName: 'web-prod',
        MinSize: 2,
        MaxSize: 10,
        DesiredCapacity: 1,
        DefaultCooldown: 0,
        AvailabilityZones: [],
        HealthCheckType: 'EC2',
        CreatedTime: new Date(0),
        DefaultInstanceWarmup: 120,
        EnabledMetrics: [{ Metric: 'GroupMaxSize' }],
        VPCZoneIdentifier: 'subnet-a,subnet-b',
        Tags: [{ Key: 'tidegate:managed', Value: 'tidegate-dev' }],
        TargetGroupARNs: [TARGET_GROUP_ARN],
        Instances: [
          {
            InstanceId: 'i-1',
            AvailabilityZone: 'us-east-1a',
            LifecycleState: 'InService',
            HealthStatus: 'Healthy',
            ProtectedFromScaleIn: false,
          },
        ],
      },
    ],
  });
  groups.on(DescribePoliciesCommand).resolves({ ScalingPolicies: [] });
  groups.on(DescribeScheduledActionsCommand).resolves({ ScheduledUpdateGroupActions: [] });
  alarms.on(DescribeAlarmsCommand).resolves({
    MetricAlarms: soundGroup.alarms.map(({ name }) => ({
      AlarmName: name,
      StateValue: 'OK',
      ActionsEnabled: true,
      AlarmActions: [TOPIC],
      TreatMissingData: 'missing',
    })),
  });
  ec2.on(DescribeInstancesCommand).resolves({
    Reservations: [
      {
        Instances: [
          {
            InstanceId: 'i-1',
            Monitoring: { State: 'enabled' },
            MetadataOptions: { HttpTokens: 'required', HttpEndpoint: 'enabled' },
            SecurityGroups: [{ GroupId: 'sg-web' }],
          },
        ],
      },
    ],
  });
  ec2.on(DescribeSecurityGroupsCommand).resolves({
    SecurityGroups: [
      {
        GroupId: 'sg-web',
        IpPermissions: [
          {
            IpProtocol: 'tcp',
            FromPort: 8_080,
            ToPort: 8_080,
            UserIdGroupPairs: [{ GroupId: 'sg-lb' }],
          },
        ],
      },
    ],
  });
  balancers.on(DescribeTargetGroupsCommand).resolves({
    TargetGroups: [
      {
        TargetGroupArn: TARGET_GROUP_ARN,
        Port: 8_080,
        TargetType: 'instance',
        LoadBalancerArns: [
          `arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/${BALANCER}`,
        ],
        HealthCheckPort: 'traffic-port',
        HealthCheckPath: '/health',
        Matcher: { HttpCode: '200' },
        HealthCheckIntervalSeconds: 10,
        HealthCheckTimeoutSeconds: 4,
        HealthyThresholdCount: 3,
      },
    ],
  });
  balancers.on(DescribeTagsCommand).resolves({
    TagDescriptions: [{ Tags: [{ Key: 'tidegate:managed', Value: 'tidegate-dev' }] }],
  });
  balancers.on(DescribeTargetHealthCommand).resolves({
    TargetHealthDescriptions: [
      { Target: { Id: 'i-1', Port: 8_080 }, TargetHealth: { State: 'healthy' } },
    ],
  });
  balancers.on(DescribeTargetGroupAttributesCommand).resolves({
    Attributes: [
      { Key: 'stickiness.enabled', Value: 'false' },
      { Key: 'deregistration_delay.timeout_seconds', Value: '30' },
    ],
  });
  answerSoundlyOfTheWay();
};

/** The load balancer and what stands between it, the Internet and the instances. */
const answerSoundlyOfTheWay = (): void => {
  balancers.on(DescribeLoadBalancersCommand).resolves({
    LoadBalancers: [
      {
        AvailabilityZones: [{ ZoneName: 'us-east-1a', SubnetId: 'subnet-public' }],
        SecurityGroups: ['sg-lb'],
        Scheme: 'internet-facing',
      },
    ],
  });
  balancers.on(DescribeLoadBalancerAttributesCommand).resolves({
    Attributes: [{ Key: 'access_logs.s3.enabled', Value: 'true' }],
  });
  balancers.on(DescribeListenersCommand).resolves({
    Listeners: [
      { Protocol: 'HTTP', Port: 80, DefaultActions: [{ Type: 'redirect' }] },
      {
        ListenerArn: 'listener',
        Protocol: 'HTTPS',
        Port: 443,
        DefaultActions: [{ Type: 'forward' }],
      },
    ],
  });
  balancers.on(DescribeListenerCertificatesCommand).resolves({
    Certificates: [{ CertificateArn: CERTIFICATE, IsDefault: true }],
  });
  certificates.on(DescribeCertificateCommand).resolves({
    Certificate: {
      DomainName: 'example.com',
      Type: 'AMAZON_ISSUED',
      RenewalEligibility: 'ELIGIBLE',
      NotAfter: new Date('2026-12-29T12:00:00Z'),
    },
  });
  ec2.on(DescribeSecurityGroupsCommand, { GroupIds: ['sg-lb'] }).resolves({
    SecurityGroups: [
      {
        GroupId: 'sg-lb',
        IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
        IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      },
    ],
  });
  ec2.on(DescribeSubnetsCommand).callsFake(({ SubnetIds }: { SubnetIds: readonly string[] }) => ({
    Subnets: SubnetIds.map((SubnetId) => ({
      SubnetId,
      VpcId: 'vpc-1',
      AvailabilityZone: `us-east-1${SubnetId.endsWith('b') ? 'b' : 'a'}`,
      AvailableIpAddressCount: 200,
    })),
  }));
  ec2.on(DescribeRouteTablesCommand).resolves({
    RouteTables: [
      {
        VpcId: 'vpc-1',
        Associations: [{ Main: true }],
        Routes: [{ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1', State: 'active' }],
      },
      {
        VpcId: 'vpc-1',
        Associations: [{ SubnetId: 'subnet-public' }],
        Routes: [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1', State: 'active' }],
      },
    ],
  });
};
