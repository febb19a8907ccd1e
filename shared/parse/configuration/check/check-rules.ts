import { quote } from '../describe-value.ts';
import type { GroupDraft } from '../draft.ts';
import type { Fault, Path } from '../fault.ts';
import { nearest } from '../nearest.ts';
import { isPresetName } from '../schema/preset-schemas.ts';
import type { RuleInput } from '../schema/rule-schema.ts';
import type { ConditionInput } from '../words/when.ts';
import { checkDurations } from './check-durations.ts';
import { periodOf } from './check-metrics.ts';

/** Rules look at metrics that exist, for times that fit them, and set capacities within the bounds. */
export const checkRules = (group: GroupDraft): readonly Fault[] =>
  [...group.rules].flatMap(([name, rule]) => {
    const path = [...group.path, 'rules', name];
    const { when } = rule;
    const isCondition = when !== undefined && 'metric' in when;

    return [
      ...(isCondition ? checkCondition(when, [...path, 'when'], group) : []),
      ...checkCapacity(rule, [...path, 'then'], group),
    ];
  });

const checkCondition = (when: ConditionInput, path: Path, group: GroupDraft): readonly Fault[] => {
  const { value, span } = when.metric;
  if (!group.metricNames.includes(value)) {
    return [
      {
        path,
        span,
        code: 'unknown-name',
        message: `no metric of this group is named ${quote(value)}`,
        expected:
          group.metricNames.length === 0
            ? 'a metric that is defined under metrics; there is none yet'
            : `one of ${group.metricNames.slice(0, MOST_NAMES).join(', ')}`,
        ...adviseOn(value, group.metricNames),
      },
    ];
  }

  const metric = group.metrics.get(value);
  const period = metric && periodOf(metric, group);
  return period === undefined ? [] : checkDurations(when, period, path);
};

const MOST_NAMES = 20;

const adviseOn = (name: string, names: readonly string[]): { suggestion?: string } => {
  if (isPresetName(name)) {
    return { suggestion: `${name} is a preset: add a metric such as cpu: { preset: ${name} }` };
  }

  const near = nearest(name, names);
  return near === undefined ? {} : { suggestion: `did you mean "${near}"?` };
};

const checkCapacity = (
  { then }: Partial<RuleInput>,
  path: Path,
  { given: { capacity } }: GroupDraft,
): readonly Fault[] => {
  if (then?.kind !== 'set') return [];

  const { min = 0, max = Number.POSITIVE_INFINITY } = capacity ?? {};
  if (then.capacity >= min && then.capacity <= max) return [];
  const limit = then.capacity < min ? `below the minimum of ${min}` : `above the maximum of ${max}`;
  return [
    {
      path,
      code: 'conflict',
      message: `set ${then.capacity} is ${limit} of this group`,
      expected: 'a capacity within capacity.min and capacity.max',
    },
  ];
};
