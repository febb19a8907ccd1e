import type { Fleet } from '#domain/configuration/configuration.ts';
import { MEMBER_PLACEHOLDER } from '#domain/configuration/fleet.ts';
import type { Metric } from '#domain/configuration/metric.ts';
import { sourcesOf } from '#domain/configuration/metric-nature.ts';
import { conditionOf, metricsOf } from '#domain/configuration/rule.ts';
import type { Finding } from './finding.ts';

/** Rules of a fleet whose metric is one and the same for all members: each of them answers to all of the load. */
export const findShared = ({ name, template: { rules, metrics } }: Fleet): readonly Finding[] =>
  rules.flatMap((rule) => {
    const condition = conditionOf(rule)?.metric;
    const read = [
      ...new Set([...metricsOf(rule), ...(condition === undefined ? [] : [condition])]),
    ];
    const [shared] = read.filter((metric) => isShared(metrics[metric]));
    if (shared === undefined) return [];
    return [
      {
        code: 'shared-by-members' as const,
        group: name,
        rules: [rule.name],
        message: `${rule.name} reads ${shared}, which is the same for every member of the fleet`,
        why: 'each member answers to the whole of it as if it were alone',
        example: `of 20 members each adds 2 units for the same backlog, which is 40 units`,
        fix: `give the metric a dimension that differs from member to member: "${MEMBER_PLACEHOLDER}" stands for the name of the Auto Scaling group`,
      },
    ];
  });

const isShared = (metric: Metric | undefined): boolean =>
  metric !== undefined &&
  (metric.kind === 'query' ||
    !sourcesOf(metric).some(({ dimensions }) =>
      Object.values(dimensions).some((value) => value.includes(MEMBER_PLACEHOLDER)),
    ));
