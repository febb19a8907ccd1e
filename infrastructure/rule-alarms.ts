import type { Group } from '#domain/configuration/configuration.ts';
import { describeAdjustment } from '#domain/configuration/describe-adjustment.ts';
import type { MathMetric, Metric, QueryMetric, StatMetric } from '#domain/configuration/metric.ts';
import { factsOf, type Rule } from '#domain/configuration/rule.ts';
import type { Condition } from '#domain/configuration/rule-parts.ts';
import { type AlarmSource, alarm, dimensionList, statisticSource } from './alarm.ts';
import { logicalId } from './logical-id.ts';
import { merge, type Resources, type Value } from './template.ts';

/** The alarms of a group's rules, but for those that operators already have. */
export const ruleAlarms = (group: Group): Resources =>
  merge(group.rules.map((rule) => ruleAlarm(group, rule)));

const ruleAlarm = (group: Group, rule: Rule): Resources => {
  const { alarm: binding, adjustments } = factsOf(rule);
  if (binding === undefined || binding.kind !== 'generated') return {};
  const { name } = rule;

  const { text } = binding.condition;
  return conditionAlarm(['RuleAlarm', group.name, name], {
    group,
    name: binding.name,
    condition: binding.condition,
    description: `While ${text}, the rule ${name} of the group ${group.name} wants: ${adjustments.map(describeAdjustment).join(', ')}. Tidegate manages this alarm; edit tidegate.yml instead.`,
  });
};

type ConditionAlarm = Readonly<{
  group: Group;
  name: string;
  condition: Condition;
  description: string;
}>;

/** The alarm that watches a condition over a metric of a group. */
export const conditionAlarm = (
  [kind, ...names]: readonly [string, ...string[]],
  { group, name, condition, description }: ConditionAlarm,
): Resources => {
  const { comparison, datapoints, metric, periods, threshold } = condition;
  return alarm(logicalId(kind, ...names), {
    name,
    description,
    comparison,
    threshold,
    datapoints,
    periods,
    source: sourceOf(metricNamed(metric, group)),
    // Tidegate itself says, rule by rule, what missing data does; the alarm must not hide it.
    missing: 'missing',
    topicId: 'AlarmTopic',
  });
};

const metricNamed = (name: string, { name: group, metrics }: Group): Metric => {
  const metric = metrics[name];
  if (metric === undefined) throw new Error(`the group ${group} has no metric named ${name}`);
  return metric;
};

const sourceOf = (metric: Metric): AlarmSource => {
  if (metric.kind === 'math') return mathSource(metric);
  if (metric.kind === 'query') return querySource(metric);
  return metric.account === undefined
    ? statisticSource(metric)
    : { Metrics: [statQuery(RESULT, metric, true)] };
};

/** Alarms on a query of Metrics Insights have it for their one expression, with a period. */
const querySource = ({ query, periodSeconds }: QueryMetric): AlarmSource => ({
  Metrics: [{ Id: RESULT, Expression: query, Period: periodSeconds, ReturnData: true }],
});

const mathSource = ({ expression, uses }: MathMetric): AlarmSource => ({
  Metrics: [
    ...Object.entries(uses).map(([id, used]) => statQuery(id, used, false)),
    { Id: freeId(Object.keys(uses)), Expression: expression, ReturnData: true },
  ],
});

const statQuery = (id: string, metric: StatMetric, isResult: boolean): Value => ({
  Id: id,
  ...(metric.account === undefined ? {} : { AccountId: metric.account }),
  MetricStat: {
    Metric: {
      Namespace: metric.namespace,
      MetricName: metric.metricName,
      Dimensions: dimensionList(metric.dimensions),
    },
    Period: metric.periodSeconds,
    Stat: metric.statistic,
  },
  ReturnData: isResult,
});

const RESULT = 'result';

/** An id for the result that no metric of the expression has. */
const freeId = (taken: readonly string[], id = RESULT): string =>
  taken.includes(id) ? freeId(taken, `${id}_`) : id;
