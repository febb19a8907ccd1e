import type {
  BalancerDetails,
  CertificateFacts,
  Checkup,
  DeploymentFacts,
  FoundTargetGroup,
  GroupFacts,
  SubnetExit,
  SubnetFacts,
  TargetGroupFacts,
} from '#domain/doctor/checkup.ts';
import type { ShardFacts } from '#domain/doctor/shard-facts.ts';
import {
  aGroupState,
  aHealedGroup,
  anInstance,
  aTarget,
  CPU_HIGH,
  CPU_LOW,
  HEALTH_ALARM,
  TARGET_GROUP,
  TARGET_GROUP_ARN,
} from './builders.ts';

export const TOPIC = 'arn:aws:sns:us-east-1:123456789012:tidegate-dev-alarms';
export const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/1';
export const BALANCER = 'app/web/50dc6c495c0c9188';

export const letsIn = (service: string, ...actions: readonly string[]) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: actions, Resource: '*' }],
});

/** A deployment that is all right. */
export const soundDeployment: DeploymentFacts = {
  stack: 'tidegate-dev',
  topic: {
    arn: TOPIC,
    policy: letsIn('cloudwatch.amazonaws.com', 'sns:Publish'),
    keyId: '0a1b',
    keyPolicy: letsIn('cloudwatch.amazonaws.com', 'kms:Decrypt', 'kms:GenerateDataKey*'),
  },
  region: 'eu-central-1',
  account: '123456789012',
  mailboxes: 1,
  secrets: [],
  mail: [{ channel: 'mail', address: 'ops@example.com', status: 'confirmed' }],
  webhooks: [{ channel: 'ops', parameter: '/hook', type: 'SecureString' }],
  unread: [],
};

/** The shards of a sweep that looked at each of them. */
export const soundShards: ShardFacts = {
  dropped: 0,
  deadLetters: 0,
  deadLetterQueue: 'tidegate-dev-sweep-dead-letters',
};

const found: FoundTargetGroup = {
  arn: TARGET_GROUP_ARN,
  isManaged: true,
  targetType: 'instance',
  port: 8_080,
  balancers: [BALANCER],
  isSticky: false,
  drainSeconds: 30,
  check: {
    port: 'traffic-port',
    path: '/health',
    codes: '200-299',
    intervalSeconds: 30,
    timeoutSeconds: 5,
    healthyCount: 5,
  },
};

const soundTargetGroup: TargetGroupFacts = {
  name: TARGET_GROUP,
  configuredBalancer: BALANCER,
  found,
  targets: [aTarget({ id: 'i-1' }), aTarget({ id: 'i-2' })],
  balancer: { zones: ['us-east-1a', 'us-east-1b'], securityGroups: ['sg-lb'] },
  openings: {
    'sg-web': [
      {
        protocol: 'tcp',
        from: 8_080,
        to: 8_081,
        groups: ['sg-lb'],
        hasRanges: false,
        isForAll: false,
      },
    ],
  },
};

const subnetsWith = (exit: SubnetExit): readonly SubnetFacts[] =>
  ['a', 'b'].map((zone) => ({
    id: `subnet-${zone}`,
    zone: `us-east-1${zone}`,
    freeAddresses: 4_000,
    exit,
  }));

/** A load balancer that is all right. */
export const soundBalancer: BalancerDetails = {
  name: BALANCER,
  isInternetFacing: true,
  securityGroups: ['sg-lb'],
  entrances: [80, 443].map((port) => ({
    protocol: 'tcp',
    from: port,
    to: port,
    groups: [],
    hasRanges: true,
    isForAll: true,
  })),
  exits: [
    {
      protocol: 'tcp',
      from: 8_080,
      to: 9_000,
      groups: ['sg-web'],
      hasRanges: false,
      isForAll: false,
    },
  ],
  hasAccessLogs: true,
  listeners: [
    { protocol: 'HTTP', port: 80, isRedirecting: true, certificates: [] },
    { protocol: 'HTTPS', port: 443, isRedirecting: false, certificates: [CERTIFICATE] },
  ],
  subnets: subnetsWith('internet'),
};

/** A certificate that is good for a month and a day at the time of the checkup. */
export const soundCertificate: CertificateFacts = {
  arn: CERTIFICATE,
  domain: 'example.com',
  expiresAt: Date.parse('2026-12-29T12:00:00Z'),
  isRenewed: true,
};

/** A group that is all right. */
export const soundGroup: GroupFacts = {
  group: {
    ...aHealedGroup({ action: 'auto' }),
    metrics: {
      cpu: {
        kind: 'stat',
        namespace: 'AWS/EC2',
        metricName: 'CPUUtilization',
        dimensions: {},
        statistic: 'Average',
        periodSeconds: 60,
      },
    },
  },
  state: aGroupState({
    capacityDesired: 2,
    capacityMin: 2,
    capacityMax: 10,
    graceSeconds: 300,
    instances: [anInstance({ id: 'i-1' }), anInstance({ id: 'i-2' })],
  }),
  settings: {
    warmupSeconds: 120,
    metrics: ['GroupDesiredCapacity'],
    subnets: ['subnet-a', 'subnet-b'],
  },
  policies: [],
  scheduledActions: [],
  unread: [],
  alarms: [CPU_HIGH.alarm.name, CPU_LOW.alarm.name, HEALTH_ALARM].map((name) => ({
    name,
    state: 'OK',
    actionsEnabled: true,
    alarmActions: [TOPIC],
    missing: 'missing',
  })),
  instances: ['i-1', 'i-2'].map((id) => ({
    id,
    isMonitored: true,
    isMetadataOpen: false,
    securityGroups: ['sg-web'],
  })),
  targetGroups: [soundTargetGroup],
  at: Date.parse('2026-11-28T12:00:00Z'),
  subnets: subnetsWith('other'),
  balancers: [soundBalancer],
  certificates: [soundCertificate],
};

export const aCheckup = (
  deployment: Partial<DeploymentFacts> = {},
  group: Partial<GroupFacts> = {},
): Checkup => ({
  deployment: { ...soundDeployment, ...deployment },
  groups: [{ ...soundGroup, ...group }],
});

/** The sound group with something else about its target group. */
export const withTargetGroup = (
  change: Partial<Omit<TargetGroupFacts, 'found'>>,
  foundChange: Partial<FoundTargetGroup> = {},
): Partial<GroupFacts> => ({
  targetGroups: [{ ...soundTargetGroup, ...change, found: { ...found, ...foundChange } }],
});

export const withoutTargetGroup = (): Partial<GroupFacts> => {
  const { found: _gone, ...rest } = soundTargetGroup;
  return { targetGroups: [{ ...rest, targets: [] }] };
};
