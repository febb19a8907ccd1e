import type { Group } from '#domain/configuration/configuration.ts';
import { isSparse, sourcesOf, unfilledOf } from '#domain/configuration/metric-nature.ts';
import type { Rule } from '#domain/configuration/rule.ts';
import { active, canShrink, namesOf } from './directions.ts';
import type { Finding } from './finding.ts';
import { metricNamesOf } from './metrics-behind.ts';

/** Rules that cannot see hold back every removal, and some cannot see just when there is nothing to do. */
export const findBlindWhenIdle = (group: Group): readonly Finding[] => {
  const rules = active(group);
  const shrinks = rules.some((rule) => canShrink(rule));
  const blind = rules.filter(
    (rule) => 'onMissing' in rule && rule.onMissing === 'hold' && readsSparsely(rule, group),
  );
  if (!shrinks || blind.length === 0) return [];

  const names = [...new Set(blind.flatMap((rule) => sparseMetricsOf(rule, group)))];
  return [
    {
      code: 'blind-when-idle',
      group: group.name,
      rules: namesOf(blind),
      message: `${names.join(' and ')} ${names.length === 1 ? 'has' : 'have'} data only while requests come, and without data nothing is removed`,
      why: 'a load balancer reports nothing in a minute without requests; a rule without data holds back every scale-in, so a group without load stays as large as it was',
      example: `in a night without a request ${blind[0]?.name} has no data, and no rule removes anything until the next request`,
      fix: 'say onMissing: ignore for these rules, and let the group shrink by a metric that is always there, such as asg-cpu; in an expression, FILL(requests, 0)',
    },
  ];
};

const readsSparsely = (rule: Rule, group: Group): boolean =>
  sparseMetricsOf(rule, group).length > 0;

/** FILL gives an expression a value where there is none. */
const sparseMetricsOf = (rule: Rule, { metrics }: Group): readonly string[] =>
  metricNamesOf(rule).filter((name) => {
    const metric = metrics[name];
    const needed = metric?.kind === 'math' ? unfilledOf(metric) : sourcesOf(metric);
    return needed.some(isSparse);
  });
