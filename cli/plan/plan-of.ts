import { describeRule } from '#cli/validation/describe-rule.ts';
import type { Alert } from '#domain/configuration/alert.ts';
import type { Configuration, Fleet, Group } from '#domain/configuration/configuration.ts';
import { describeTags, memberName, templateOf } from '#domain/configuration/fleet.ts';
import { describeReportTime } from '#domain/configuration/report-schedule.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { resourcesFor } from '#infrastructure/resources-for.ts';
import { type Deployment, prefixOf, type Resource, type Value } from '#infrastructure/template.ts';
import { changesBetween, fieldsBetween, type PlannedChange, settingsBetween } from './changes.ts';

/** The changes that a deployment of another file makes. */
export type Plan = Readonly<{
  groups: readonly PlannedChange[];
  fleets: readonly PlannedChange[];
  /** The way of each group that leaves the file and that a fleet could have, in sentences. */
  moves: readonly string[];
  alerts: readonly PlannedChange[];
  alarms: readonly PlannedChange[];
  permissions: readonly PlannedChange[];
  channels: readonly PlannedChange[];
  routes: readonly string[];
  /** Addresses to which AWS sends a mail that somebody must confirm. */
  toConfirm: readonly string[];
  /** Other resources of the stack. */
  resources: readonly PlannedChange[];
}>;

/** Compares what is deployed with what a file would deploy; nothing is asked of AWS. */
export const planOf = (before: Configuration, after: Configuration, at: Deployment): Plan => {
  const old = Object.entries(resourcesFor(before, at).Resources);
  const next = Object.entries(resourcesFor(after, at).Resources);
  const compare = (namesIn: Naming): readonly PlannedChange[] =>
    changesBetween(new Map(old.flatMap(namesIn)), new Map(next.flatMap(namesIn)), fieldsBetween);
  const known = new Set(old.flatMap(mailboxes).map(([address]) => address));

  return {
    groups: changesBetween(byName(before.groups), byName(after.groups), groupDifferences),
    fleets: changesBetween(
      byName(before.fleets ?? []),
      byName(after.fleets ?? []),
      fleetDifferences,
    ),
    moves: movesBetween(before, after, at),
    alerts: changesBetween(byName(before.alerts), byName(after.alerts), (was, is) =>
      settingsBetween(alertInFile(was), alertInFile(is)),
    ),
    alarms: compare(alarms),
    permissions: compare(statements),
    channels: changesBetween(byName(before.channels), byName(after.channels), settingsBetween),
    routes: settingsBetween(toldBy(before), toldBy(after)),
    toConfirm: [...new Set(next.flatMap(mailboxes).map(([address]) => address))].filter(
      (address) => !known.has(address),
    ),
    resources: compare(others),
  };
};

/** Everything that says who is told what: the routes by their places, and the report if there is one. */
const toldBy = ({ routes, report }: Configuration): object => ({
  ...routes,
  ...(report === undefined
    ? {}
    : { report: { ...report, every: describeReportTime(report.every) } }),
});

/** The condition of an alert stands in the file as it is written. */
const alertInFile = ({ condition, ...alert }: Alert): object => ({
  ...alert,
  when: condition.text,
});

/** The looks at a group, of which the file says one word. */
const groupInFile = ({
  everySeconds = 60,
  looksWhenDue,
  ...group
}: Omit<Group, 'rules'>): object => ({
  ...group,
  every: looksWhenDue ? 'auto' : describeSeconds(everySeconds),
});

/** True when a deployment would change nothing. */
export const isEmpty = (plan: Plan): boolean =>
  Object.values(plan).every((part) => part.length === 0);

type Entry = readonly [id: string, resource: Resource];
type Naming = (entry: Entry) => readonly (readonly [name: string, value: unknown])[];

const byName = <T extends Readonly<{ name: string }>>(all: readonly T[]): ReadonlyMap<string, T> =>
  new Map(all.map((each) => [each.name, each]));

/** Rules in their own words, and every other field of a group. */
const groupDifferences = (before: Group, after: Group): readonly string[] => {
  const { rules: oldRules, ...old } = before;
  const { rules: newRules, ...next } = after;
  const rules = changesBetween(byName(oldRules), byName(newRules), (was, is) => {
    const words =
      describeRule(was) === describeRule(is) ? [] : [wordsOf(describeRule(was), describeRule(is))];
    return words.length > 0 ? words : settingsBetween(was, is);
  });
  const textOf = new Map([...oldRules, ...newRules].map((rule) => [rule.name, describeRule(rule)]));
  return [
    ...rules.map(({ kind, name, details }) =>
      kind === 'changed'
        ? `rule ${name}: ${details.join('; ')}`
        : `rule ${name} is ${kind}: ${textOf.get(name)}`,
    ),
    ...settingsBetween(groupInFile(old), groupInFile(next)),
  ];
};

/** A fleet differs by its tags, and as groups do. */
const fleetDifferences = (before: Fleet, after: Fleet): readonly string[] => [
  ...fieldsBetween({ tags: before.tags }, { tags: after.tags }),
  ...groupDifferences(templateOf(before), templateOf(after)),
];

/** A group that is named no more has a new name as a member, under which nothing is remembered. */
const movesBetween = (
  before: Configuration,
  after: Configuration,
  at: Deployment,
): readonly string[] => {
  const { fleets = [] } = after;
  const [fleet] = fleets;
  if (fleet === undefined) return [];
  const named = new Set(after.groups.map(({ autoScalingGroup }) => autoScalingGroup));
  const choice = fleets.length === 1 ? '' : ' (or those of another fleet)';
  return before.groups
    .filter(({ autoScalingGroup }) => !named.has(autoScalingGroup))
    .map(
      ({ name, autoScalingGroup }) =>
        `${name}: nobody scales ${autoScalingGroup} from the deployment on, until it carries ${describeTags(fleet.tags)}${choice} beside tidegate:managed=${prefixOf(at)}; tag it before, and it is ${memberName(fleet.name, autoScalingGroup)} within a minute. Cooldowns and overrides begin anew under the new name.`,
    );
};

const wordsOf = (was: string, is: string): string => `${was} → ${is}`;

const alarms: Naming = ([id, { Type, Properties }]) =>
  Type === 'AWS::CloudWatch::Alarm' ? [[textIn(Properties.AlarmName, id), Properties]] : [];

/** The statements of the functions' roles, each by its role and its name. */
const statements: Naming = ([id, { Type, Properties }]) => {
  if (Type !== 'AWS::IAM::Role') return [];
  return partsOf(Properties.Policies).flatMap((policy) =>
    partsOf(partOf(partOf(policy, 'PolicyDocument'), 'Statement')).map(
      (statement) => [`${id} ${textIn(partOf(statement, 'Sid'), '')}`, statement] as const,
    ),
  );
};

const mailboxes: Naming = ([, { Type, Properties }]) =>
  Type === 'AWS::SNS::Subscription' && Properties.Protocol === 'email'
    ? [[textIn(Properties.Endpoint, ''), Properties]]
    : [];

const others: Naming = ([id, resource]) =>
  ['AWS::CloudWatch::Alarm', 'AWS::IAM::Role'].includes(resource.Type)
    ? []
    : [[`${resource.Type} ${id}`, resource]];

const textIn = (value: Value | undefined, otherwise: string): string =>
  typeof value === 'string' ? value : otherwise;

const partsOf = (value: Value | undefined): readonly Value[] => (Array.isArray(value) ? value : []);

const partOf = (value: Value | undefined, key: string): Value | undefined =>
  typeof value === 'object' && !Array.isArray(value)
    ? (value as Readonly<Record<string, Value>>)[key]
    : undefined;
