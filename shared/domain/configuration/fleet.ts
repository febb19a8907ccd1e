import type { Group } from './configuration.ts';
import type { Metric, StatMetric } from './metric.ts';
import type { Rule, ThresholdRule } from './rule.ts';

/** One set of rules for every Auto Scaling group that carries the tags. */
export type Fleet = Readonly<{
  /** The key in `tidegate.yml`. */
  name: string;
  /** Tags that a group must all carry, by key; one at least. */
  tags: Readonly<Record<string, string>>;
  template: GroupTemplate;
}>;

/** A group that lacks what differs from member to member. An alarm belongs to one group, so no rule waits for one. */
export type GroupTemplate = Readonly<
  Omit<Group, 'name' | 'autoScalingGroup' | 'rules' | 'health'> & {
    rules: readonly Exclude<Rule, ThresholdRule>[];
  }
>;

/** The value of a dimension that stands for the name of the member's Auto Scaling group. */
export const MEMBER_PLACEHOLDER = '{autoScalingGroup}';

/**
 * The member's name for people, in messages and in the ledger. No key of `tidegate.yml` contains a slash, so it is
 * never the name of a group that the file names.
 */
const memberName = (fleet: string, autoScalingGroup: string): string =>
  `${fleet}/${autoScalingGroup}`;

/** The group that a fleet's template means for one member. */
export const memberOf = ({ name, template }: Fleet, autoScalingGroup: string): Group => ({
  ...template,
  name: memberName(name, autoScalingGroup),
  autoScalingGroup,
  metrics: mapValues(template.metrics, (metric) => metricFor(metric, autoScalingGroup)),
});

/** Says whether a group carries all tags of a fleet, with their exact values. */
export const isSelected = ({ tags }: Fleet, carried: ReadonlyMap<string, string>): boolean =>
  Object.entries(tags).every(([key, value]) => carried.get(key) === value);

/** A query is passed on untouched: a quote in the name of a group would end its text. */
const metricFor = (metric: Metric, autoScalingGroup: string): Metric => {
  if (metric.kind === 'query') return metric;
  if (metric.kind === 'stat') return statFor(metric, autoScalingGroup);
  return { ...metric, uses: mapValues(metric.uses, (each) => statFor(each, autoScalingGroup)) };
};

const statFor = (metric: StatMetric, autoScalingGroup: string): StatMetric => ({
  ...metric,
  dimensions: mapValues(metric.dimensions, (value) =>
    value === MEMBER_PLACEHOLDER ? autoScalingGroup : value,
  ),
});

const mapValues = <T>(
  values: Readonly<Record<string, T>>,
  change: (value: T) => T,
): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
