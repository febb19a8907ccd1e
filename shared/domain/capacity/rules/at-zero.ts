import type { Metric } from '#domain/configuration/metric.ts';
import { needsInstances, unfilledOf } from '#domain/configuration/metric-nature.ts';
import { metricsOf, type Rule } from '#domain/configuration/rule.ts';
import type { Adjustment } from '#domain/configuration/rule-parts.ts';
import type { GroupObservation } from '../observation.ts';

/** The first metric of a rule that has no data and cannot have any without instances, in words. */
export const followsNothing = (
  rule: Rule,
  { group, readings }: GroupObservation,
): string | undefined => {
  const missing = metricsOf(rule).find(
    (name) => readings[name] === undefined && isOfInstances(group.metrics[name]),
  );
  return missing === undefined ? undefined : describeNothing(missing);
};

export const describeNothing = (metric: string): string =>
  `follows ${metric}, which does not exist without instances`;

export const SHARE_OF_NOTHING = 'adds a share of nothing';

/** Metric math has no value when any of its metrics has none, unless it fills what is missing. */
export const isOfInstances = (metric: Metric | undefined): boolean => {
  if (metric === undefined) return false;
  if (metric.kind === 'stat') return needsInstances(metric);
  if (metric.kind === 'query') return /\bFROM\b[^']*\b(?:AWS\/EC2|CWAgent)\b/i.test(metric.query);
  return unfilledOf(metric).some((each) => needsInstances(each));
};

/** An adjustment that leaves 0 units as they are. */
export const isNothingOfZero = (adjustment: Adjustment): boolean =>
  adjustment.kind === 'set'
    ? adjustment.capacity === 0
    : adjustment.kind === 'remove' || adjustment.unit === 'percent';
