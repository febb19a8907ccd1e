import { describeUnlearned } from '#domain/capacity/rules/describe-forecast.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { isLearned } from '#domain/configuration/learned.ts';
import { natureOf, sourcesOf } from '#domain/configuration/metric-nature.ts';
import type { ForecastRule } from '#domain/configuration/rule.ts';
import type { Finding } from './finding.ts';

/**
 * Forecasts of a metric that falls when capacity is added: a share of each instance, or a backlog. The forecast takes
 * its own success for less demand. Rules in shadow are looked at as well, since their trace would mislead.
 */
export const findForecastsOfNoDemand = (group: Group): readonly Finding[] =>
  group.rules.flatMap((rule) => (rule.kind === 'forecast' ? ofNoDemand(rule, group) : []));

/** Forecasts that wait for what they are to learn, and hold back scale-in meanwhile. */
export const findUnlearned = ({ name, rules }: Group): readonly Finding[] =>
  rules.flatMap((rule) =>
    rule.kind !== 'forecast' || isLearned(rule)
      ? []
      : [
          {
            code: 'not-learned',
            group: name,
            rules: [rule.name],
            message: `${rule.name}: ${describeUnlearned(rule)}`,
            why: 'nothing is learned while the group runs: what a decision goes by stands in the file, with its date; without it the rule asks for nothing, and unless it is in shadow the group does not shrink',
            example: `the group grows by its other rules and stays there, since ${rule.name} cannot say what is enough`,
            fix: `npx tidegate record --group ${name}, then npx tidegate learn --group ${name} --write; or write what an instance carries`,
          },
        ],
  );

const ofNoDemand = (rule: ForecastRule, group: Group): readonly Finding[] => {
  const sources = sourcesOf(group.metrics[rule.metric]);
  const isShared = sources.some((source) => natureOf(source).isShared);
  const isBacklog = sources.some(({ metricName }) => BACKLOGS.includes(metricName));
  if (!isShared && !isBacklog) return [];

  return [
    {
      code: 'forecast-of-no-demand',
      group: group.name,
      rules: [rule.name],
      message: `${rule.name} forecasts ${rule.metric}, which falls when capacity is added`,
      why: 'demand must not depend on the capacity: the forecast would take its own success for less demand, and what an instance carries would mean something else at each capacity',
      example: isBacklog
        ? `twice the workers empty the queue, ${rule.metric} falls to 0, and the forecast asks for none of them`
        : `twice the instances halve ${rule.metric}, and the forecast asks for half of them`,
      fix: 'forecast what arrives: the requests of the load balancer as a Sum, the messages sent to a queue, the jobs started. Where only a share of each instance is known, track it',
    },
  ];
};

/** Metrics of a queue that workers bring down. */
const BACKLOGS = [
  'ApproximateNumberOfMessagesVisible',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateAgeOfOldestMessage',
];
