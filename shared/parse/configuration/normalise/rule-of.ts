import type { AlarmBinding, Condition, Rule } from '../../../domain/configuration.ts';
import type { RuleInput } from '../schema/rule-schema.ts';
import type { ConditionInput } from '../words/when.ts';
import { alarmNameOf } from './alarm-name.ts';

type Place = Readonly<{
  prefix: string;
  group: string;
  rule: string;
  /** The length of a period of each metric of the group. */
  periodSeconds: (metric: string) => number;
}>;

/** A rule, bound to its alarm. */
export const ruleOf = (input: RuleInput, place: Place): Rule => ({
  kind: 'threshold',
  name: place.rule,
  alarm: bindingOf(input.when, place),
  adjustment: input.then,
  onMissing: input.onMissing,
});

const bindingOf = (when: RuleInput['when'], place: Place): AlarmBinding =>
  'alarm' in when
    ? { kind: 'existing', name: when.alarm }
    : {
        kind: 'generated',
        name: alarmNameOf(place),
        condition: conditionOf(when, place.periodSeconds(when.metric.value)),
      };

const conditionOf = (input: ConditionInput, periodSeconds: number): Condition => ({
  text: input.text,
  metric: input.metric.value,
  comparison: input.comparison,
  threshold: input.threshold,
  ...countsOf(input, periodSeconds),
});

/** `for 3m of 5m` as 3 datapoints of 5 periods; without `for` it is one of one. */
const countsOf = ({ hold, window }: ConditionInput, periodSeconds: number) => {
  const held = hold?.value ?? periodSeconds;
  return { datapoints: held / periodSeconds, periods: (window?.value ?? held) / periodSeconds };
};
