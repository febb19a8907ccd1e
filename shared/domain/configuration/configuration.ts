import type { Alert, Severity } from './alert.ts';
import type { Behavior } from './behavior.ts';
import type { Channel } from './channel.ts';
import type { Metric } from './metric.ts';
import type { ReportSchedule } from './report-schedule.ts';
import type { Rule } from './rule.ts';
import type { StandbySettings } from './standby.ts';
import type { WarmPoolSettings } from './warm-pool.ts';

/**
 * The configuration is `tidegate.yml` after validation: defaults filled in, durations in seconds,
 * presets expanded, every name resolved. It is computed at deploy time and travels in the bundle.
 */
export type Configuration = Readonly<{
  groups: readonly Group[];
  /** The fleets, whose groups are found by their tags; absent when there is none. */
  fleets?: readonly Fleet[];
  alerts: readonly Alert[];
  channels: readonly Channel[];
  routes: readonly Route[];
  /** Absent when no report is told by itself. */
  report?: ReportSchedule;
  /** The event bus of EventBridge on which outcomes appear as events; absent when they appear on none. */
  events?: Events;
  /** Set when the deployment makes no CloudWatch dashboard. */
  dashboard?: 'off';
  /** Set when the functions leave traces in X-Ray, with each recorded decision in them. */
  tracing?: 'xray';
  /** Set when the roles name each group besides its tag; absent when the tag alone says which groups are meant. */
  permissions?: 'named';
}>;

/** An Auto Scaling group under our care. */
export type Group = Readonly<{
  /** The key in `tidegate.yml`: the name that people read in messages. */
  name: string;
  /** The name that AWS knows. */
  autoScalingGroup: string;
  /** Bounds of our own, kept within the group's MinSize and MaxSize. */
  capacity: Readonly<{ min?: number; max?: number }>;
  metrics: Readonly<Record<string, Metric>>;
  rules: readonly Rule[];
  behavior: Behavior;
  /** Seconds between two looks at a group whose rules go by metrics or the clock: 15, 20 or 30; absent when it is a minute. */
  everySeconds?: number;
  /** The group is looked at once a minute, and once more when the newest value of a metric should be there. */
  looksWhenDue?: true;
  /** Absent when the group has no warm pool, or when its pool is none of our business. */
  warmPool?: WarmPoolSettings;
  /** Absent when the group stands in for no other one. */
  standby?: StandbySettings;
  health?: Health;
  /** Address of the page where people have written down what to do. */
  runbook?: string;
  dashboard?: string;
  /** The price of one instance in an hour, in the operators' currency. */
  instanceHour?: number;
  /** The fleet that the group is a member of; absent when `tidegate.yml` names the group itself. */
  fleet?: FleetOfMember;
}>;

/** One set of rules for every Auto Scaling group that carries the tags. */
export type Fleet = Readonly<{
  /** The key in `tidegate.yml`. */
  name: string;
  /** Tags that a group must all carry, by key; one at least. */
  tags: Readonly<Record<string, string>>;
  template: GroupTemplate;
}>;

/** A group that lacks what differs from member to member. `{autoScalingGroup}` stands for the member's own name. */
export type GroupTemplate = Readonly<Omit<Group, 'name' | 'autoScalingGroup' | 'fleet'>>;

/** The fleet of a member, and the tags by which it was chosen. */
export type FleetOfMember = Readonly<{ name: string; tags: Readonly<Record<string, string>> }>;

/** The treatment of targets that fail their load balancer's health checks. */
export type Health = Readonly<{
  /**
   * The target groups that the file names, one at least. None of a fleet: those of a member are the ones that its Auto
   * Scaling group is attached to when it is looked at.
   */
  watched: readonly WatchedTargetGroup[];
  /** Target groups in which a member must fail: all of those that it is registered in, or any. */
  unhealthyIn: 'all' | 'any';
  unhealthyForSeconds: number;
  /** `auto` replaces, and leaves groups alone that replace by their own ELB health checks. */
  action: 'auto' | 'replace' | 'deregister' | 'quarantine' | 'notify';
  /** Healthy targets that must remain, in percent of all registered ones (1 to 100). */
  floorPercent: number;
  /** Healthy targets that must remain, however few are registered. */
  floorCount: number;
  /** The unhealthy share, in percent, above which the cause is common and nothing is touched. */
  ceilingPercent: number;
  pace: Pace;
  /** Time that a target stays out before it is tried again; absent when it never is. */
  probationSeconds?: number;
  quarantine: Quarantine;
}>;

export type WatchedTargetGroup = Readonly<{
  /** The generated alarm on UnHealthyHostCount. */
  alarm: string;
  /** `targetgroup/NAME/ID`, the value of CloudWatch's TargetGroup dimension. */
  targetGroup: string;
  /** `app/NAME/ID` or `net/NAME/ID`, the value of CloudWatch's LoadBalancer dimension. */
  loadBalancer: string;
}>;

/** At most so many removals in a window: the larger of a count and a share of the targets. */
export type Pace = Readonly<{ targets: number; percent: number; perSeconds: number }>;

/** An instance stands by for so long to be looked at, and another one may take its place. */
export type Quarantine = Readonly<{ seconds: number; isReplaced: boolean }>;

/** A route sends some news to some channels. */
export type Route = Readonly<{
  on: readonly NewsKind[];
  /** Only what matters so much; all when absent. */
  severities?: readonly Severity[];
  /** Only of these groups; of all when absent. */
  groups?: readonly string[];
  /** Gathered into one message for each window of so many seconds; told at once when absent. */
  digestSeconds?: number;
  to: readonly string[];
}>;

/** Every kind of news that a route can name. */
export const NEWS_KINDS = [
  'scaled',
  'replaced',
  'held',
  'blocked',
  'at-max',
  'failed',
  'override',
  'foreign',
  'flapping',
  'membership',
  'alert',
  'alarm',
] as const;
export type NewsKind = (typeof NEWS_KINDS)[number];

/** The buses of EventBridge on which outcomes appear as events. */
export type Events = Readonly<{
  /** The name of an event bus in the deployment's account and Region. */
  bus: string;
  /** The ARN of an event bus of another account or Region, to which a rule on `bus` forwards them; absent when nothing is forwarded. */
  hub?: string;
}>;
