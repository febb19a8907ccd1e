import { durationText } from '#parse/configuration/words/duration.ts';
import { plainName } from '../names.ts';
import type { ImportedMetric, Written } from '../translation.ts';
import type { AwsMetricQuery, AwsMetricSource } from './schemas.ts';

/** The metric that an alarm or a target goes by; nothing when it names none. */
export const metricOf = (
  source: AwsMetricSource,
  autoScalingGroup: string,
): ImportedMetric | undefined => {
  if (source.Metrics.length > 0) return ofQueries(source.Metrics, autoScalingGroup);
  const { Namespace: namespace, MetricName: metric, Dimensions, Period: period } = source;
  if (namespace === undefined || metric === undefined) return undefined;
  return plainMetric(
    {
      namespace,
      metric,
      dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])),
      statistic: source.ExtendedStatistic ?? source.Statistic ?? 'Average',
      ...(period === undefined ? {} : { period }),
    },
    autoScalingGroup,
  );
};

/** A metric of CloudWatch; its period is in seconds, 60 when absent. */
export type PlainMetric = Readonly<{
  namespace: string;
  metric: string;
  dimensions: Readonly<Record<string, string>>;
  statistic: string;
  period?: number;
  account?: string;
}>;

/** A metric by its preset if there is one, else as it is. */
export const plainMetric = (given: PlainMetric, autoScalingGroup: string): ImportedMetric => {
  const { namespace, metric, dimensions, statistic, period = 60, account } = given;
  const preset =
    account === undefined && period % 60 === 0 ? presetOf(given, autoScalingGroup) : undefined;
  const often = period === 60 ? {} : { period: durationText(period) };
  if (preset !== undefined) {
    return { name: preset.name, definition: { ...preset.definition, ...often } };
  }
  return {
    name: plainName(metric),
    definition: {
      namespace,
      metric,
      ...(Object.keys(dimensions).length === 0 ? {} : { dimensions }),
      statistic,
      ...often,
      ...(account === undefined ? {} : { account }),
    },
  };
};

const presetOf = (
  { namespace, metric, dimensions, statistic }: PlainMetric,
  autoScalingGroup: string,
): ImportedMetric | undefined => {
  const names = Object.keys(dimensions).join(' ');
  const { AutoScalingGroupName, QueueName = '', TargetGroup = '' } = dimensions;
  switch (`${namespace} ${metric} by ${names}`) {
    case 'AWS/EC2 CPUUtilization by AutoScalingGroupName':
      return AutoScalingGroupName === autoScalingGroup
        ? { name: 'cpu', definition: { preset: 'asg-cpu', ...unless('Average', statistic) } }
        : undefined;
    case 'AWS/SQS ApproximateNumberOfMessagesVisible by QueueName':
      return {
        name: 'backlog',
        definition: { preset: 'sqs-backlog', queue: QueueName, ...unless('Maximum', statistic) },
      };
    case 'AWS/ApplicationELB RequestCountPerTarget by TargetGroup':
      return statistic === 'Sum' ? requestsOf(TargetGroup) : undefined;
    default:
      return undefined;
  }
};

/** The requests for each target of a group. */
export const requestsOf = (targetGroup: string): ImportedMetric => ({
  name: 'requests',
  definition: { preset: 'alb-requests-per-target', targetGroup },
});

/** A load balancer reports nothing while nothing comes: a rule by it must not hold back the others then. */
export const isSparse = ({ definition }: ImportedMetric): boolean =>
  definition.preset === 'alb-requests-per-target' || definition.namespace === 'AWS/ApplicationELB';

const unless = (usual: string, statistic: string): Written =>
  statistic === usual ? {} : { statistic };

/** Metric math of which one query is returned; expressions within it are written out. */
const ofQueries = (
  queries: readonly AwsMetricQuery[],
  autoScalingGroup: string,
): ImportedMetric | undefined => {
  const returned = queries.find(({ ReturnData }) => ReturnData);
  if (returned === undefined) return undefined;
  const own = statOf(returned, autoScalingGroup);
  if (own !== undefined) return own;

  const expression = writtenOut(returned.Expression ?? '', queries);
  if (/^\s*SELECT\s/i.test(expression)) {
    const often = returned.Period === undefined ? {} : { period: durationText(returned.Period) };
    return { name: plainName(returned.Id), definition: { query: expression, ...often } };
  }
  const ids = new Set(idsIn(expression));
  const uses = queries.flatMap((query) => {
    const stat = ids.has(query.Id) ? statOf(query, autoScalingGroup) : undefined;
    return stat === undefined ? [] : [[query.Id, stat.definition] as const];
  });
  return {
    name: plainName(returned.Id),
    definition: { expression, uses: Object.fromEntries(uses) },
  };
};

const statOf = (
  { MetricStat: stat, AccountId: account }: AwsMetricQuery,
  autoScalingGroup: string,
): ImportedMetric | undefined =>
  stat &&
  plainMetric(
    {
      namespace: stat.Metric.Namespace,
      metric: stat.Metric.MetricName,
      dimensions: Object.fromEntries(
        stat.Metric.Dimensions.map(({ Name, Value }) => [Name, Value]),
      ),
      statistic: stat.Stat,
      ...(stat.Period === undefined ? {} : { period: stat.Period }),
      ...(account === undefined ? {} : { account }),
    },
    autoScalingGroup,
  );

/** Ids begin in lower case and nothing else in an expression does, but for what is quoted. */
const QUOTED_OR_ID = /"[^"]*"|'[^']*'|\b([a-z]\w*)\b/g;

const idsIn = (expression: string): readonly string[] =>
  [...expression.matchAll(QUOTED_OR_ID)].flatMap(([, id]) => id ?? []);

/** An expression of many ids that stand for each other grows quickly; none that is real gets so long. */
const LONGEST = 4_096;

/** Puts expressions in the place of their ids; each may stand for those before it. */
const writtenOut = (expression: string, queries: readonly AwsMetricQuery[]): string => {
  const within = new Map(queries.map(({ Id, Expression }) => [Id, Expression]));
  let text = expression;
  for (const _ of queries) {
    if (text.length > LONGEST) break;
    text = text.replace(QUOTED_OR_ID, (word, id?: string) => {
      const inner = id === undefined ? undefined : within.get(id);
      return inner === undefined ? word : `(${inner})`;
    });
  }
  return text;
};
