import { asError } from '#domain/basics/as-error.ts';
import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import type { Metric, StatMetric } from '#domain/configuration/metric.ts';
import { sourcesOf } from '#domain/configuration/metric-nature.ts';
import { factsOf } from '#domain/configuration/rule.ts';
import { metricNamesOf } from '#domain/lint/metrics-behind.ts';
import { datapointsOf, type Minute, sizesOf } from '#simulator/fleet/emit.ts';
import { evaluateMath } from '#simulator/services/cloud-watch/metric-math.ts';
import { namesOf } from './names-of.ts';

/** Something that rules or alerts go by and that the simulated day has no source for. */
export type Unmodelled = Readonly<{
  group: string;
  /** The metric or the alarm, by its name. */
  subject: string;
  /** The reason for which there is none. */
  detail: string;
  /** The rules and alerts that never see anything. */
  readers: readonly string[];
}>;

/** Everything in a configuration that would be silent all day, as if nothing ever happened. */
export const unmodelledIn = ({ groups, alerts }: Configuration): readonly Unmodelled[] =>
  groups.flatMap((group) => {
    const readers = [
      ...group.rules.map((rule) => ({ reader: rule.name, reads: metricNamesOf(rule) })),
      ...alerts
        .filter((alert) => alert.group === group.name)
        .map(({ name, condition }) => ({ reader: `alert ${name}`, reads: [condition.metric] })),
    ];
    const metrics = Object.entries(group.metrics).flatMap(([subject, metric]) => {
      const names = readers.filter(({ reads }) => reads.includes(subject));
      const detail = names.length === 0 ? undefined : whyMissing(metric, group);
      if (detail === undefined) return [];
      return [{ group: group.name, subject, detail, readers: names.map(({ reader }) => reader) }];
    });
    return [...metrics, ...ownAlarmsOf(group)];
  });

const ownAlarmsOf = ({ name, rules }: Group): readonly Unmodelled[] =>
  rules.flatMap((rule) => {
    const { alarm } = factsOf(rule);
    return alarm?.kind === 'existing'
      ? [
          {
            group: name,
            subject: alarm.name,
            detail: 'an alarm of your own: its condition is not in the file',
            readers: [rule.name],
          },
        ]
      : [];
  });

const whyMissing = (metric: Metric, group: Group): string | undefined => {
  if (metric.kind === 'query') return 'the simulated CloudWatch runs no Metrics Insights queries';
  const unknown = sourcesOf(metric).find((source) => !isEmitted(source, group));
  if (unknown !== undefined) return `nothing in the simulated day makes ${describe(unknown)}`;
  return metric.kind === 'math' ? whyNotComputed(metric) : undefined;
};

const whyNotComputed = ({
  expression,
  uses,
}: Extract<Metric, { kind: 'math' }>): string | undefined => {
  try {
    evaluateMath(expression, Object.fromEntries(Object.keys(uses).map((id) => [id, 1])));
    return undefined;
  } catch (thrown) {
    return `the simulated CloudWatch cannot compute it (${asError(thrown).message})`;
  }
};

const describe = ({
  namespace,
  metricName,
  dimensions,
  statistic,
  account,
}: StatMetric): string => {
  const of = Object.entries(dimensions).map(([name, value]) => `${name} ${value}`);
  return `${[namespace, metricName, statistic].join(' ')}${of.length === 0 ? '' : ` of ${of.join(', ')}`}${account === undefined ? '' : ` in the account ${account}`}`;
};

const isEmitted = (metric: StatMetric, group: Group): boolean =>
  metric.account === undefined &&
  datapointsOf(namesOf(group), A_MINUTE).some(
    ({ series, datapoint }) =>
      keyOf(series) === keyOf(metric) && Object.hasOwn(datapoint, metric.statistic),
  );

const keyOf = ({
  namespace,
  metricName,
  dimensions,
}: Pick<StatMetric, 'namespace' | 'metricName' | 'dimensions'>): string =>
  [
    namespace,
    metricName,
    ...Object.entries(dimensions)
      .map((pair) => pair.join('='))
      .toSorted(),
  ].join('|');

/** A minute in which everything is measured. */
const A_MINUTE: Minute = {
  at: 0,
  requests: 1,
  lost: 1,
  cpu: 1,
  meanLatencyMs: 1,
  p95LatencyMs: 1,
  serving: 1,
  healthy: 1,
  unhealthy: 0,
  group: sizesOf(undefined),
};

/** The same for people, a line each. */
export const unmodelledLines = (all: readonly Unmodelled[]): readonly string[] =>
  all.map(
    ({ group, subject, detail, readers }) =>
      `not simulated: ${group}: ${subject}, which ${readers.join(', ')} ${readers.length === 1 ? 'goes' : 'go'} by: ${detail}`,
  );
