import type { Group } from '#domain/configuration/configuration.ts';
import type { Metric } from '#domain/configuration/metric.ts';
import { factsOf, metricsOf } from '#domain/configuration/rule.ts';
import type { ScaleHead } from '#domain/ledger/head.ts';
import type { MetricDelay, MetricDelays } from '#domain/ledger/metric-delay.ts';
import { learnDelay } from '#domain/observed/learn-delay.ts';
import type { Observation } from './observation.ts';
import { withPeriod } from './rules/demand.ts';

type ReadMetric = Readonly<{ name: string; metric: Metric }>;

/** The metrics that rules of the group read, each once and as they read it: a forecast reads minutes. */
export const metricsRead = ({
  rules,
  metrics,
}: Pick<Group, 'rules' | 'metrics'>): readonly ReadMetric[] => {
  const forecast = new Set(rules.flatMap((rule) => factsOf(rule).demand ?? []));
  return [...new Set(rules.flatMap((rule) => metricsOf(rule)))].flatMap((name) => {
    const metric = metrics[name];
    if (metric === undefined) return [];
    return [{ name, metric: forecast.has(name) ? withPeriod(metric, 60) : metric }];
  });
};

/** The delays that count: those that were learned, of a group that is asked when its values are due. */
export const delaysOf = (
  { looksWhenDue }: Pick<Group, 'looksWhenDue'>,
  { delays = {} }: Pick<ScaleHead, 'delays'>,
): MetricDelays => (looksWhenDue === undefined ? {} : delays);

/** The delays of the group's metrics with what this look has learned of them; none of metrics that no rule reads. */
export const nextDelays = (observation: Observation): Pick<ScaleHead, 'delays'> => {
  const learned = learnedBy(observation);
  return learned.length === 0 ? {} : { delays: Object.fromEntries(learned) };
};

/** True when a look has learned something of a delay that later ones must know. */
export const isDelayNews = (observation: Observation): boolean => {
  const { delays = {} } = observation.head;
  const learned = learnedBy(observation);
  return (
    learned.length !== Object.keys(delays).length ||
    learned.some(([name, delay]) => delays[name] !== delay)
  );
};

/** A head is one item: the delays of more metrics than anybody reads in a group are not remembered. */
const MOST_METRICS = 20;

const learnedBy = ({
  group,
  head,
  newest = {},
  now,
}: Observation): readonly (readonly [name: string, delay: MetricDelay])[] => {
  if (group.looksWhenDue === undefined) return [];
  const { delays = {} } = head;
  return metricsRead(group)
    .slice(0, MOST_METRICS)
    .flatMap(({ name, metric }) => {
      const [before, seen] = [delays[name], newest[name]];
      const delay = seen === undefined ? before : learnDelay(before, { metric, newest: seen, now });
      return delay === undefined ? [] : [[name, delay] as const];
    });
};
