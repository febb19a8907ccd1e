import type { ConditionInput } from '#parse/configuration/words/when.ts';
import type { Fault, Path } from '../fault.ts';
import type { GroupParts } from '../group-parts.ts';
import { checkDurations } from './check-durations.ts';
import { periodOf } from './period-of.ts';
import { unknownMetric } from './rule-metrics.ts';

/** A condition looks at a metric that exists, for times that fit it. */
export const checkCondition = (
  when: ConditionInput,
  path: Path,
  group: GroupParts,
): readonly Fault[] => {
  const { value, span } = when.metric;
  const unknown = unknownMetric(value, group, { path, span });
  if (unknown) return [unknown];

  const metric = group.metrics.get(value);
  const period = metric && periodOf(metric, group);
  if (metric === undefined || period === undefined) return [];
  return checkDurations(when, { period, isQuery: 'query' in metric, path });
};
