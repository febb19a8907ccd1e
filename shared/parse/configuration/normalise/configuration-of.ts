import type {
  Configuration,
  Events,
  Fleet,
  Group,
  NewsKind,
  Route,
} from '#domain/configuration/configuration.ts';
import { MEMBER_PLACEHOLDER } from '#domain/configuration/fleet.ts';
import type { Metric } from '#domain/configuration/metric.ts';
import { isCount } from '#domain/configuration/reading-window.ts';
import type { Rule } from '#domain/configuration/rule.ts';
import type { StandbySettings } from '#domain/configuration/standby.ts';
import { UNLEARNED_WAKE_SECONDS, type WarmPoolSettings } from '#domain/configuration/warm-pool.ts';
import type { ConfigurationInput } from '#parse/configuration/schema/configuration-schema.ts';
import type { FleetInput } from '#parse/configuration/schema/fleet-schema.ts';
import type { GroupInput } from '#parse/configuration/schema/group-schema.ts';
import type { NotifyInput } from '#parse/configuration/schema/notify-schema.ts';
import { AUTO } from '#parse/configuration/words/or-auto.ts';
import { ruleOf } from '#parse/rules/rule-of.ts';
import { alertOf } from './alert-of.ts';
import { behaviorOf } from './behavior-of.ts';
import { channelOf } from './channel-of.ts';
import { fleetHealthOf, healthOf } from './health-of.ts';
import { metricOf } from './metric-of.ts';

/** The configuration that a file without mistakes means. The prefix begins the names of alarms. */
export const configurationOf = (input: ConfigurationInput, prefix: string): Configuration => {
  const { alerts, notify, events, dashboard, tracing, permissions } = input;
  const groups = Object.entries(input.groups).map(([name, each]) =>
    groupOf({ name, input: each, prefix }),
  );
  const fleets = Object.entries(input.fleets ?? {}).map(([name, each]) =>
    fleetOf({ name, input: each, prefix }),
  );

  return {
    groups,
    ...(fleets.length === 0 ? {} : { fleets }),
    alerts: Object.entries(alerts).map(([name, input]) => alertOf({ name, input, prefix }, groups)),
    channels: Object.entries(notify.channels).map(([name, each]) => channelOf(name, each)),
    routes: routesOf(notify),
    ...(notify.report === undefined ? {} : { report: notify.report }),
    ...(events === undefined ? {} : { events: eventsOf(events.bus, events.hub) }),
    ...(dashboard === 'off' ? { dashboard } : {}),
    ...(tracing === 'xray' ? { tracing } : {}),
    ...(permissions === 'named' ? { permissions } : {}),
  };
};

type NamedItem = Readonly<{
  name: string;
  input: GroupInput;
  prefix: string;
  isOfFleet?: true;
}>;

/** A fleet is read as a group whose name in AWS is still to be filled in. */
const fleetOf = ({
  name,
  input: { select, health, ...common },
  prefix,
}: Readonly<{ name: string; input: FleetInput; prefix: string }>): Fleet => {
  const input = { ...common, autoScalingGroup: MEMBER_PLACEHOLDER };
  const {
    name: _name,
    autoScalingGroup: _group,
    ...template
  } = groupOf({
    name,
    input,
    prefix,
    isOfFleet: true,
  });
  const care = health === undefined ? {} : { health: fleetHealthOf(health) };
  return { name, tags: select.tags, template: { ...template, ...care } };
};

const groupOf = ({ name, input, prefix, isOfFleet }: NamedItem): Group => {
  const { autoScalingGroup, behavior, capacity, every, warmPool, standby, health } = input;
  const context = { autoScalingGroup, metrics: new Map(Object.entries(input.metrics)) };
  const metrics = new Map(
    [...context.metrics].map(([key, each]) => [key, metricOf(each, context)]),
  );
  const periodSeconds = (metric: string) => metrics.get(metric)?.periodSeconds as number;

  const rules = Object.entries(input.rules).map(([rule, each]) =>
    ruleOf(each, {
      prefix,
      group: name,
      rule,
      periodSeconds,
      isCount: (metric) => isCount(metrics.get(metric) as Metric),
      onMissing: behavior.onMissing,
      ...(isOfFleet ? { isOfFleet } : {}),
    }),
  );

  return {
    name,
    autoScalingGroup,
    capacity: {
      ...(capacity.min === undefined ? {} : { min: capacity.min }),
      ...(capacity.max === undefined ? {} : { max: capacity.max }),
    },
    metrics: Object.fromEntries(metrics),
    rules,
    behavior: behaviorOf(behavior, rules, (each) => isByDemand(each, metrics)),
    ...looksOf(every),
    ...(warmPool === undefined ? {} : { warmPool: warmPoolOf(warmPool) }),
    ...(standby === undefined ? {} : { standby: standbyOf(standby) }),
    ...(health === undefined ? {} : { health: healthOf(health, { prefix, group: name }) }),
    ...placesOf(input),
  };
};

const looksOf = (every: GroupInput['every']): Pick<Group, 'everySeconds' | 'looksWhenDue'> => {
  if (every === AUTO) return { looksWhenDue: true };
  return every === undefined || every === 60 ? {} : { everySeconds: every };
};

const warmPoolOf = ({
  wake,
  learned,
  reuse,
}: NonNullable<GroupInput['warmPool']>): WarmPoolSettings => ({
  wakeSeconds: wake === AUTO ? (learned?.wake ?? UNLEARNED_WAKE_SECONDS) : wake,
  ...(wake === AUTO && learned !== undefined ? { learnedOn: learned.on } : {}),
  isReused: reuse !== 'off',
});

const standbyOf = ({ of, min }: NonNullable<GroupInput['standby']>): StandbySettings => ({
  of,
  minPercent: min,
});

/** Says whether a rule goes by demand alone: a forecast, or the share of a count that each unit takes. */
const isByDemand = (rule: Rule, metrics: ReadonlyMap<string, Metric>): boolean =>
  rule.kind === 'forecast' ||
  (rule.kind === 'track' && rule.isTotal && isCount(metrics.get(rule.metric) as Metric));

/** Reads the addresses where people read on, and what they pay. */
const placesOf = ({
  runbook,
  dashboard,
  instanceHour,
}: GroupInput): Pick<Group, 'runbook' | 'dashboard' | 'instanceHour'> => ({
  ...(runbook === undefined ? {} : { runbook }),
  ...(dashboard === undefined ? {} : { dashboard }),
  ...(instanceHour === undefined ? {} : { instanceHour }),
});

const routesOf = ({ channels, routes }: NotifyInput): readonly Route[] => {
  const names = Object.keys(channels);
  if (routes) {
    return routes.map(({ on, severity, groups, digest, to }) => ({
      on,
      to,
      ...(severity === undefined ? {} : { severities: severity }),
      ...(groups === undefined ? {} : { groups }),
      ...(digest === undefined ? {} : { digestSeconds: digest }),
    }));
  }
  return names.length === 0 ? [] : [{ on: USUAL_NEWS, to: names }];
};

/** All that people must know or will want to know; not the holds, which pass by themselves. */
const USUAL_NEWS: readonly NewsKind[] = [
  ...(['scaled', 'replaced', 'blocked', 'at-max', 'failed'] as const),
  ...(['override', 'foreign', 'flapping', 'membership', 'alert'] as const),
];

const eventsOf = (bus: string, hub: string | undefined): Events =>
  hub === undefined ? { bus } : { bus, hub };
