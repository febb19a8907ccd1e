import type { RuleInputs } from '#parse/configuration/schema/rule-schema.ts';
import type { ConditionInput } from '#parse/configuration/words/when.ts';
import type { GroupDraft, RuleDraft } from '../draft.ts';
import type { Fault, Path } from '../fault.ts';
import { checkAdjustment } from './check-adjustment.ts';
import { checkDurations } from './check-durations.ts';
import { periodOf } from './check-metrics.ts';
import { checkSchedule } from './check-schedule.ts';
import { checkStep } from './check-step.ts';
import { checkFormula, checkMetric, unknownMetric } from './rule-metrics.ts';

/** Rules look at metrics that exist, for times that fit them, and set capacities within the bounds. */
export const checkRules = (group: GroupDraft): readonly Fault[] =>
  [...group.rules].flatMap(([name, rule]) =>
    checkRule(rule, { path: [...group.path, 'rules', name], group }),
  );

type RuleSpot = Readonly<{ path: Path; group: GroupDraft }>;

type RuleCheck<K extends keyof RuleInputs> = (
  given: Partial<RuleInputs[K]>,
  spot: RuleSpot,
) => readonly Fault[];

const checkRule = ({ kind, given }: RuleDraft, spot: RuleSpot): readonly Fault[] =>
  (CHECKS[kind] as (input: typeof given, spot: RuleSpot) => readonly Fault[])(given, spot);

const checkThreshold = (
  given: Partial<RuleInputs['threshold']>,
  { path, group }: RuleSpot,
): readonly Fault[] => {
  const { when, then, onMissing } = given;
  const isCondition = when !== undefined && 'metric' in when;
  const isOfMetric = onMissing === 'zero' || (typeof onMissing === 'object' && 'last' in onMissing);

  return [
    ...(isCondition ? checkCondition(when, [...path, 'when'], group) : []),
    ...checkAdjustment(then, [...path, 'then'], group),
    ...(isOfMetric
      ? [
          {
            path: [...path, 'onMissing'],
            code: 'conflict' as const,
            message: 'an alarm has a state and no value that could be replaced',
            expected: 'hold, ignore, fail or fallback N',
          },
        ]
      : []),
  ];
};

/** Checks of what no schema sees, by the kind of the rule; a kind without its check does not compile. */
const CHECKS: { readonly [K in keyof RuleInputs]: RuleCheck<K> } = {
  threshold: checkThreshold,
  step: checkStep,
  track: ({ track }, spot) => checkMetric(track, 'track', spot),
  expression: ({ desired }, spot) => checkFormula(desired, spot),
  schedule: checkSchedule,
};

/** A condition looks at a metric that exists, for times that fit it. */
export const checkCondition = (
  when: ConditionInput,
  path: Path,
  group: GroupDraft,
): readonly Fault[] => {
  const { value, span } = when.metric;
  const unknown = unknownMetric(value, group, { path, span });
  if (unknown) return [unknown];

  const metric = group.metrics.get(value);
  const period = metric && periodOf(metric, group);
  if (metric === undefined || period === undefined) return [];
  return checkDurations(when, { period, isQuery: 'query' in metric, path });
};
