import type { Fleet, Group } from '#domain/configuration/configuration.ts';
import type { LearnedFacts } from '#domain/configuration/learned.ts';
import type { Target } from '#domain/health/health-observation.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import type { OptIn } from '#domain/observed/opt-in.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { MailFacts, WebhookFacts } from './channel-facts.ts';
import type { ShardFacts } from './shard-facts.ts';

/** Everything that is looked at to find what is wrong with a deployment and its groups. */
export type Checkup = Readonly<{
  deployment: DeploymentFacts;
  groups: readonly GroupFacts[];
  /** The fleets that were asked for; absent when there are none. */
  fleets?: readonly FleetFacts[];
}>;

/** A fleet, and what the last sweep wrote down of it. */
export type FleetFacts = Readonly<{
  fleet: Fleet;
  /** The name of the deployment, which the opt-in tag carries. */
  deployment: string;
  /** Auto Scaling groups that belong to it; absent when the table could not be asked. */
  members?: readonly string[];
  /** Auto Scaling groups that another fleet selects, too. */
  contested?: readonly string[];
}>;

export type DeploymentFacts = Readonly<{
  /** The name of the CloudFormation stack. */
  stack: string;
  /** The Region that was asked. */
  region?: string;
  /** The version of Tidegate that deployed it; absent when the stack does not say. */
  version?: string;
  /** As the topic or a group names it in its ARN; absent when there is neither. */
  account?: string;
  /** The status that CloudFormation gives the stack; absent when there is none, or nobody asked. */
  status?: string;
  /** Absent when there is no such stack, or it has no alarm topic. */
  topic?: TopicFacts;
  /** Count of channels that are addresses which must confirm. */
  mailboxes: number;
  mail: readonly MailFacts[];
  webhooks: readonly WebhookFacts[];
  /** The names of secrets in Secrets Manager, which are not read. */
  secrets: readonly string[];
  /** Absent when its sweep never needs shards, or they could not be read. */
  shards?: ShardFacts;
  unread: readonly Unread[];
}>;

export type TopicFacts = Readonly<{
  arn: string;
  /** The parsed policy; nothing can be said when it is absent. */
  policy?: unknown;
  /** As the topic names it: an id, an ARN or an alias. Absent when the topic is not encrypted. */
  keyId?: string;
  keyPolicy?: unknown;
}>;

/** An area that could not be looked at, and AWS's own words for why. */
export type Unread = Readonly<{ what: Area; why: string }>;

/** An area of questions that go to AWS together, as people call it. */
export type Area =
  | 'the alarm topic'
  | 'the subscriptions'
  | 'the parameters'
  | 'the shards of its sweep'
  | 'the Auto Scaling group'
  | 'its scaling policies'
  | 'its scheduled actions'
  | 'its alarms'
  | 'its instances'
  | 'its target groups'
  | 'its security groups'
  | 'its subnets'
  | 'its load balancers'
  | 'its certificates';

/** A configured group, and all that AWS knows about it. */
export type GroupFacts = Readonly<{
  group: Group;
  /** The time of the examination. */
  at: Instant;
  /** Of the Auto Scaling group; absent when it could not be read. */
  arn?: string;
  state?: GroupState;
  settings?: GroupSettings;
  /** AWS's own dynamic scaling policies. */
  policies: readonly PolicyFacts[];
  /** The names of AWS's own scheduled actions. */
  scheduledActions: readonly string[];
  alarms: readonly AlarmFacts[];
  instances: readonly InstanceFacts[];
  targetGroups: readonly TargetGroupFacts[];
  /** The subnets that it launches into. */
  subnets: readonly SubnetFacts[];
  /** The load balancers that tidegate.yml names and AWS knows. */
  balancers: readonly BalancerDetails[];
  certificates: readonly CertificateFacts[];
  /** The learned values of its forecasts beside its history; absent where the file has none. */
  learned?: LearnedFacts;
  unread: readonly Unread[];
}>;

/** A group that is there. */
export type PresentGroup = GroupFacts &
  Readonly<{
    state: GroupState;
    settings: GroupSettings;
    /** The deployment's alarm topic; absent when there is none. */
    topicArn: string | undefined;
  }>;

export type GroupSettings = Readonly<{
  /** DefaultInstanceWarmup; absent when it was never set. */
  warmupSeconds?: number;
  /** The group metrics that are collected. */
  metrics: readonly string[];
  /** The ids of the subnets that it launches into. */
  subnets: readonly string[];
}>;

export type PolicyFacts = Readonly<{ name: string; type: string; isEnabled: boolean }>;

export type AlarmFacts = Readonly<{
  name: string;
  state: string;
  actionsEnabled: boolean;
  alarmActions: readonly string[];
  /** `missing`, `ignore`, `breaching` or `notBreaching`; absent for composite alarms. */
  missing?: string;
}>;

export type InstanceFacts = Readonly<{
  id: string;
  isMonitored: boolean;
  /** True when credentials can be read without a session token: IMDSv1 is on. */
  isMetadataOpen: boolean;
  securityGroups: readonly string[];
}>;

/** A target group that is watched. */
export type TargetGroupFacts = Readonly<{
  /** `targetgroup/NAME/ID`. */
  name: string;
  /** The load balancer that tidegate.yml names, or of a member the first that sends it traffic: `app/NAME/ID`; empty when there is none. */
  configuredBalancer: string;
  /** Absent when AWS knows no such target group. */
  found?: FoundTargetGroup;
  targets: readonly Target[];
  /** Of the load balancer that tidegate.yml names, if it is there. */
  balancer?: BalancerFacts;
  /** Ports that the security groups of the instances let in, by id. */
  openings: Readonly<Record<string, readonly PortOpening[]>>;
}>;

export type FoundTargetGroup = Readonly<{
  arn: string;
  isManaged: boolean;
  /** The opt-in tag; absent when it was not read. */
  optIn?: OptIn;
  targetType: string;
  port: number;
  /** `app/NAME/ID` of each load balancer that sends it traffic. */
  balancers: readonly string[];
  /** True when clients are bound to a target by a cookie or by their address. */
  isSticky: boolean;
  /** The deregistration delay, in seconds; 0 cuts what is under way. */
  drainSeconds: number;
  check: Readonly<{
    /** A number, or `traffic-port`. */
    port: string;
    path: string;
    codes: string;
    intervalSeconds: number;
    timeoutSeconds: number;
    healthyCount: number;
  }>;
}>;

export type BalancerFacts = Readonly<{
  zones: readonly string[];
  securityGroups: readonly string[];
}>;

/** Ports that a security group lets in, and from where: security groups, or ranges of addresses. */
export type PortOpening = Readonly<{
  protocol: string;
  from: number;
  to: number;
  groups: readonly string[];
  hasRanges: boolean;
  /** True when one of the ranges is all addresses. */
  isForAll: boolean;
}>;

/** A subnet, and where it sends what is for the Internet. */
export type SubnetFacts = Readonly<{
  id: string;
  zone: string;
  freeAddresses: number;
  exit: SubnetExit;
}>;

/**
 * The way out of a subnet: an Internet gateway, some other way such as a NAT gateway, gateway endpoints alone,
 * a route whose gateway is gone, or none.
 */
export type SubnetExit = 'internet' | 'other' | 'endpoints' | 'blackhole' | 'none';

/** A load balancer, its listeners, and what its security groups let in and out. */
export type BalancerDetails = Readonly<{
  /** `app/NAME/ID`. */
  name: string;
  isInternetFacing: boolean;
  securityGroups: readonly string[];
  entrances: readonly PortOpening[];
  exits: readonly PortOpening[];
  hasAccessLogs: boolean;
  listeners: readonly ListenerFacts[];
  subnets: readonly SubnetFacts[];
}>;

export type ListenerFacts = Readonly<{
  protocol: string;
  port: number;
  /** True when it answers with a redirect unless a rule says otherwise. */
  isRedirecting: boolean;
  /** The ARNs of its certificates. */
  certificates: readonly string[];
}>;

/** A certificate of ACM that a listener serves. */
export type CertificateFacts = Readonly<{
  arn: string;
  domain: string;
  /** Absent when it was never issued. */
  expiresAt?: Instant;
  /** True when ACM renews it by itself. */
  isRenewed: boolean;
}>;
