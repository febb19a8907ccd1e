import type { Configuration, Fleet, Group } from './configuration.ts';
import type { Metric, StatMetric } from './metric.ts';
import type { Rule } from './rule.ts';
import type { AlarmBinding } from './rule-parts.ts';

/** The part of a value of a dimension, or of the name of an alarm or a peer, that stands for the name of the member's Auto Scaling group. */
export const MEMBER_PLACEHOLDER = '{autoScalingGroup}';

/**
 * The member's name for people, in messages and in the ledger. No key of `tidegate.yml` contains a slash, so it is
 * never the name of a group that the file names.
 */
export const memberName = (fleet: string, autoScalingGroup: string): string =>
  `${fleet}/${autoScalingGroup}`;

/** A member's name taken apart. */
export type MemberParts = Readonly<{ fleet: string; autoScalingGroup: string }>;

/** Takes a member's name apart; nothing of the name of a group that `tidegate.yml` names. */
export const partsOfMember = (name: string): MemberParts | undefined => {
  const slash = name.indexOf('/');
  return slash <= 0 || slash === name.length - 1
    ? undefined
    : { fleet: name.slice(0, slash), autoScalingGroup: name.slice(slash + 1) };
};

/** Says whether a name among groups means this one: its own, or that of the fleet that it is a member of. */
export const isMeantBy = (group: string, names: readonly string[]): boolean =>
  names.includes(group) || names.includes(partsOfMember(group)?.fleet ?? group);

/** The group that a fleet's template means for one member. */
export const memberOf = ({ name, tags, template }: Fleet, autoScalingGroup: string): Group => ({
  ...template,
  name: memberName(name, autoScalingGroup),
  autoScalingGroup,
  metrics: mapValues(template.metrics, (metric) => metricFor(metric, autoScalingGroup)),
  rules: template.rules.map((rule) => ruleFor(rule, autoScalingGroup)),
  ...standbyFor(template, autoScalingGroup),
  fleet: { name, tags },
});

/** The fleet's template as if it were a group, for whoever looks at rules and at no member. */
export const templateOf = ({ name, template }: Fleet): Group => ({
  ...template,
  name,
  autoScalingGroup: MEMBER_PLACEHOLDER,
});

/** The groups that the file names, and the templates of its fleets. */
export const groupsAndTemplates = ({
  groups,
  fleets = [],
}: Pick<Configuration, 'groups' | 'fleets'>): readonly Group[] => [
  ...groups,
  ...fleets.map(templateOf),
];

/** Says whether a fleet has the targets of its members looked after. */
export const hasHealth = ({ template }: Pick<Fleet, 'template'>): boolean =>
  template.health !== undefined;

/** Says whether the targets of any group are looked after, named or of a fleet. Where none are, heal has nothing to do. */
export const asksForHealing = (configuration: Pick<Configuration, 'groups' | 'fleets'>): boolean =>
  groupsAndTemplates(configuration).some(({ health }) => health !== undefined);

/** Says whether some fleet has the targets of its members looked after. */
export const hasHealedFleet = ({ fleets = [] }: Pick<Configuration, 'fleets'>): boolean =>
  fleets.some(hasHealth);

/** Says whether a group carries all tags of a fleet, with their exact values. */
export const isSelected = (
  { tags }: Pick<Fleet, 'tags'>,
  carried: Readonly<Record<string, string>>,
): boolean => Object.entries(tags).every(([key, value]) => carried[key] === value);

/** The keys of all tags that fleets select by, each once. */
export const tagKeysOf = (fleets: readonly Fleet[] = []): readonly string[] => [
  ...new Set(fleets.flatMap(({ tags }) => Object.keys(tags))),
];

/** The tags of a fleet for people: `tier=web, env=prod`. */
export const describeTags = (tags: Fleet['tags']): string =>
  Object.entries(tags)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');

/** The complaint about a group that has lost the tags of its fleet. */
export const describeTagLoss = ({ name, tags }: Pick<Fleet, 'name' | 'tags'>): string =>
  `the group no longer carries the tags of the fleet ${name} (${describeTags(tags)})`;

/**
 * The Auto Scaling group whose member an alarm belongs to, by the name of the alarm and the name that the file gives
 * the alarms of all members; nothing when the alarm is none of these.
 */
export const memberOfAlarm = (pattern: string, alarm: string): string | undefined => {
  const place = pattern.indexOf(MEMBER_PLACEHOLDER);
  const before = pattern.slice(0, place);
  const after = pattern.slice(place + MEMBER_PLACEHOLDER.length);
  const isLong = alarm.length > before.length + after.length;
  return isLong && alarm.startsWith(before) && alarm.endsWith(after)
    ? alarm.slice(before.length, alarm.length - after.length)
    : undefined;
};

/** A query is passed on untouched: a quote in the name of a group would end its text. */
const metricFor = (metric: Metric, autoScalingGroup: string): Metric => {
  if (metric.kind === 'query') return metric;
  if (metric.kind === 'stat') return statFor(metric, autoScalingGroup);
  return { ...metric, uses: mapValues(metric.uses, (each) => statFor(each, autoScalingGroup)) };
};

const statFor = (metric: StatMetric, autoScalingGroup: string): StatMetric => ({
  ...metric,
  dimensions: mapValues(metric.dimensions, (value) => filledIn(value, autoScalingGroup)),
});

const ruleFor = (rule: Rule, autoScalingGroup: string): Rule =>
  rule.kind === 'threshold' ? { ...rule, alarm: alarmFor(rule.alarm, autoScalingGroup) } : rule;

const standbyFor = (
  { standby }: Pick<Group, 'standby'>,
  autoScalingGroup: string,
): Pick<Group, 'standby'> => {
  if (standby === undefined) return {};
  const peer = filledIn(standby.of.autoScalingGroup, autoScalingGroup);
  return { standby: { ...standby, of: { ...standby.of, autoScalingGroup: peer } } };
};

const alarmFor = (alarm: AlarmBinding, autoScalingGroup: string): AlarmBinding =>
  alarm.kind === 'existing' ? { ...alarm, name: filledIn(alarm.name, autoScalingGroup) } : alarm;

/** By pieces, since a name may hold what a replacement takes for a pattern. */
const filledIn = (text: string, autoScalingGroup: string): string =>
  text.split(MEMBER_PLACEHOLDER).join(autoScalingGroup);

const mapValues = <T>(
  values: Readonly<Record<string, T>>,
  change: (value: T) => T,
): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
