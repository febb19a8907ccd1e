import * as z from 'zod';
import { MEMBER_PLACEHOLDER } from '#domain/configuration/fleet.ts';
import type { ThresholdRule } from '#domain/configuration/rule.ts';
import type { AlarmBinding, OnMissing } from '#domain/configuration/rule-parts.ts';
import { checkAdjustment } from '#parse/configuration/check/check-adjustment.ts';
import { checkCondition } from '#parse/configuration/check/check-condition.ts';
import type { Fault, Path } from '#parse/configuration/fault.ts';
import { isMapping } from '#parse/configuration/mapping.ts';
import { alarmNameOf } from '#parse/configuration/normalise/alarm-name.ts';
import { conditionOf } from '#parse/configuration/normalise/condition-of.ts';
import { leaf } from '#parse/configuration/schema/leaf.ts';
import { mapping } from '#parse/configuration/schema/mapping.ts';
import { oneOf } from '#parse/configuration/schema/one-of.ts';
import { alarmName } from '#parse/configuration/words/text.ts';
import { type ConditionInput, condition } from '#parse/configuration/words/when.ts';
import { held } from '#parse/record/held.ts';
import { adjustmentRecord, commonRecord, onMissingRecord } from '#parse/record/rule-parts.ts';
import { text } from '#parse/record/values.ts';
import { adjusting, common, missing } from './parts.ts';
import type { RuleForm, RulePlace, RuleSpot } from './rule-form.ts';

const existing = mapping('An alarm that you already have.', {
  alarm: leaf(
    alarmName,
    'The name of an alarm that you already have. It must publish to the alarm topic of Tidegate.',
  ),
});

const when = oneOf(
  'A condition, from which Tidegate makes an alarm, or an alarm that you have.',
  {
    condition: leaf(
      condition,
      'METRIC > NUMBER, with >, >=, < or <=; then optionally "for 5m", or "for 3m of 5m". Tidegate makes a CloudWatch alarm from it.',
    ),
    existing,
  },
  (value) => (isMapping(value) ? 'existing' : 'condition'),
);

const schema = mapping('A threshold rule: it recommends a change while its alarm fires.', {
  when,
  ...adjusting,
  ...missing,
  ...common,
});

type ThresholdInput = z.output<typeof schema>;

const check = (given: Partial<ThresholdInput>, { path, group }: RuleSpot): readonly Fault[] => {
  const { onMissing } = given;
  const when = conditionIn(given);
  const isOfMetric = onMissing === 'zero' || (typeof onMissing === 'object' && 'last' in onMissing);

  return [
    ...(when === undefined ? [] : checkCondition(when, [...path, 'when'], group)),
    ...(group.isFleet ? checkAlarmOfMembers(given.when, [...path, 'when', 'alarm']) : []),
    ...checkAdjustment(given.then, [...path, 'then'], group),
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

/** An alarm of a fleet stands for one alarm of each member; one alarm for all would move them all at once. */
const checkAlarmOfMembers = (
  when: ThresholdInput['when'] | undefined,
  path: Path,
): readonly Fault[] =>
  when === undefined || !('alarm' in when) || when.alarm.split(MEMBER_PLACEHOLDER).length === 2
    ? []
    : [
        {
          path,
          code: 'bad-value',
          message: 'in a fleet, the name of an alarm must say whose it is',
          expected: `a name with ${MEMBER_PLACEHOLDER} in it once, such as "${MEMBER_PLACEHOLDER}-latency-high"`,
        },
      ];

const conditionIn = ({ when }: Partial<ThresholdInput>): ConditionInput | undefined =>
  when !== undefined && 'metric' in when ? when : undefined;

/** An alarm has no value that could be replaced; what a group says of values does not concern it. */
const ofAlarm = (onMissing: OnMissing): OnMissing =>
  onMissing === 'zero' || (typeof onMissing === 'object' && 'last' in onMissing)
    ? 'hold'
    : onMissing;

const bindingOf = (when: ThresholdInput['when'], place: RulePlace): AlarmBinding => {
  if ('alarm' in when) return { kind: 'existing', name: when.alarm };
  const condition = conditionOf(when, place.periodSeconds(when.metric.value));
  return place.isOfFleet
    ? { kind: 'watched', name: condition.text, condition }
    : { kind: 'generated', name: alarmNameOf(place), condition };
};

const conditionRecord = z.object({
  text,
  metric: text,
  comparison: z.enum(['>', '>=', '<', '<=']),
  threshold: z.number(),
  datapoints: z.number(),
  periods: z.number(),
});

const alarmRecord = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('generated'), name: text, condition: conditionRecord }),
  z.object({ kind: z.literal('existing'), name: text }),
  z.object({ kind: z.literal('watched'), name: text, condition: conditionRecord }),
]);

/** `when: cpu > 70 for 5m`, `then: add 2`. */
export const threshold: RuleForm<ThresholdRule, ThresholdInput> = {
  mark: 'when',
  schema,
  check,
  condition: conditionIn,
  normalise: (input, place) => ({
    kind: 'threshold',
    alarm: bindingOf(input.when, place),
    adjustment: input.then,
    onMissing: ofAlarm(input.onMissing ?? place.onMissing),
  }),
  record: held<ThresholdRule>()(
    z.object({
      kind: z.literal('threshold'),
      ...commonRecord,
      alarm: alarmRecord,
      adjustment: adjustmentRecord,
      onMissing: onMissingRecord,
    }),
  ),
};
