import { describeValue } from '#domain/capacity/rules/newest-value.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { Metric } from '#domain/configuration/metric.ts';
import { natureOf } from '#domain/configuration/metric-nature.ts';
import type { TrackRule } from '#domain/configuration/rule.ts';
import type { Finding } from './finding.ts';

/**
 * Rules that take a share of each instance for a total, or a total for a share. Rules in shadow are looked at as well,
 * since their trace would mislead. Of expressions nobody knows whether they have divided already.
 */
export const findMistakenShapes = (group: Group): readonly Finding[] =>
  group.rules.flatMap((rule) => {
    if (rule.kind !== 'track') return [];
    const metric = group.metrics[rule.metric];
    if (rule.isTotal) return natureOf(metric).isShared ? [shareFinding(group.name, rule)] : [];
    return isDemand(metric) ? [totalFinding(group.name, rule)] : [];
  });

const shareFinding = (group: string, { name, metric, target }: TrackRule): Finding => ({
  code: 'share-taken-for-total',
  group,
  rules: [name],
  message: `${name} takes ${metric} for a total, and it is a share of each instance`,
  why: 'per unit divides a total by what one unit carries; a share is as large for two instances as for twenty, so the rule asks for the same few whatever comes',
  example: `while ${metric} is ${describeValue(target)} on each instance the rule asks for 1 unit, of 2 and of 20 alike`,
  fix: `leave per unit out: { track: ${metric}, target: ${describeValue(target)} }`,
});

const totalFinding = (group: string, { name, metric, target }: TrackRule): Finding => ({
  code: 'total-taken-for-share',
  group,
  rules: [name],
  message: `${name} takes ${metric} for a share of each instance, and it is a total`,
  why: 'a total stays as it is when capacity is added, so the rule multiplies the capacity at each look: above the target to the maximum, below it to the minimum',
  example: `while ${metric} is ${describeValue(2 * target)} for a target of ${describeValue(target)}, 2 units become 4, then 8, then 16`,
  fix: `say what one unit carries: { track: ${metric}, target: 80rps per unit }, or forecast it; npx tidegate backtest compares both`,
});

/** Sums of AWS that count what comes, however many instances there are. */
const isDemand = (metric: Metric | undefined): boolean =>
  metric?.kind === 'stat' &&
  metric.namespace.startsWith('AWS/') &&
  metric.statistic === 'Sum' &&
  DEMANDS.includes(metric.metricName);

const DEMANDS = ['RequestCount', 'NewFlowCount', 'ProcessedBytes', 'NumberOfMessagesSent'];
