import type { Alert } from '#domain/configuration/alert.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { Metric } from '#domain/configuration/metric.ts';
import { conditionOf, factsOf, type Rule } from '#domain/configuration/rule.ts';
import type { Condition } from '#domain/configuration/rule-parts.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import type { AlarmNews, News } from './news.ts';

/** A metric that tells why, and where its threshold or target is. */
export type Charted = Readonly<{ title: string; metric: Metric; threshold?: number }>;

/** The metric behind a piece of news: of the rule that was followed, or of the alert. */
export const chartedOf = (news: News, groups: readonly Group[]): Charted | undefined => {
  if (news.kind === 'channel' || news.kind === 'drill' || news.kind === 'report') return undefined;

  const { alert, isOf } = news.kind === 'alarm' ? ofAlarm(news) : ofOutcome(news);
  const group = groups.find(({ name }) => name === alert?.group);
  if (group !== undefined && alert !== undefined) return chartedBy(group, alert.condition);

  const found = groups.flatMap((each) =>
    each.rules.filter((rule) => isOf(each, rule)).map((rule) => chartedByRule(each, rule)),
  );
  return found[0];
};

type Search = Readonly<{ alert?: Alert; isOf: (group: Group, rule: Rule) => boolean }>;

const ofOutcome = (outcome: Outcome): Search => ({
  isOf: ({ name }, rule) => name === outcome.group && rule.name === outcome.rule,
});

/** An alarm is of an alert, or of the rule that it was made for. */
const ofAlarm = ({ alert, name }: AlarmNews): Search => ({
  ...(alert === undefined ? {} : { alert }),
  isOf: (_, rule) => factsOf(rule).alarm?.name === name,
});

const chartedByRule = (group: Group, rule: Rule): Charted | undefined => {
  const condition = conditionOf(rule);
  if (condition !== undefined) return chartedBy(group, condition);

  const { metrics, target } = factsOf(rule);
  const [metric] = metrics;
  if (metric === undefined) return undefined;
  return chartedBy(group, {
    metric,
    ...(target === undefined ? {} : { threshold: target.value }),
  });
};

const chartedBy = (
  { metrics }: Group,
  { metric: title, threshold }: Readonly<{ metric: string; threshold?: Condition['threshold'] }>,
): Charted | undefined => {
  const metric = metrics[title];
  return metric && { title, metric, ...(threshold === undefined ? {} : { threshold }) };
};
