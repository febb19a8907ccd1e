import type { AlarmBinding, Band, OnMissing, Rule, StepRule } from '#domain/configuration/rule.ts';
import type { RuleInput, RuleInputs } from '#parse/configuration/schema/rule-schema.ts';
import { alarmNameOf } from './alarm-name.ts';
import { conditionOf } from './condition-of.ts';
import { windowOf } from './window-of.ts';

type RulePlace = Readonly<{
  prefix: string;
  group: string;
  rule: string;
  /** The length of a period of each metric of the group. */
  periodSeconds: (metric: string) => number;
  /** The group's default for rules without data, unless they say it themselves. */
  onMissing: OnMissing;
}>;

/** A rule as the engine knows it, bound to its alarm if it has one. */
export const ruleOf = (input: RuleInput, place: RulePlace): Rule => {
  const common = {
    name: place.rule,
    ...(input.mode === 'shadow' ? { isShadow: true as const } : {}),
    ...(input.ballot === undefined ? {} : { ballot: input.ballot }),
  };
  if ('schedule' in input) return { ...common, ...scheduleOf(input) };

  const { onMissing = place.onMissing } = input;
  if ('when' in input) {
    const alarm = bindingOf(input.when, place);
    return {
      ...common,
      kind: 'threshold',
      alarm,
      adjustment: input.then,
      onMissing: ofAlarm(onMissing),
    };
  }
  if ('step' in input) return { ...common, ...stepOf(input), onMissing };
  if ('track' in input) {
    const { value, isTotal } = input.target;
    return { ...common, kind: 'track', metric: input.track, target: value, isTotal, onMissing };
  }

  const { text, expression, names } = input.desired;
  const metrics = [...new Set(names.map(({ name }) => name))].filter((name) => name !== 'capacity');
  return { ...common, kind: 'expression', text, expression, metrics, onMissing };
};

/** An alarm has no value that could be replaced; what a group says of values does not concern it. */
const ofAlarm = (onMissing: OnMissing): OnMissing =>
  onMissing === 'zero' || (typeof onMissing === 'object' && 'last' in onMissing)
    ? 'hold'
    : onMissing;

const stepOf = ({
  step,
  bands,
  atLeast = 0,
}: RuleInputs['step']): Pick<StepRule, 'kind' | 'metric' | 'bands' | 'atLeast'> => ({
  kind: 'step',
  metric: step,
  atLeast,
  bands: bands.map(
    ({ above, below, then }): Band => ({
      side: above === undefined ? 'below' : 'above',
      bound: (above ?? below) as number,
      adjustment: then,
    }),
  ),
});

const scheduleOf = ({ schedule, min, max, capacity }: RuleInputs['schedule']) => ({
  kind: 'schedule' as const,
  window: windowOf(schedule),
  ...(min === undefined ? {} : { min }),
  ...(max === undefined ? {} : { max }),
  ...(capacity === undefined ? {} : { capacity }),
});

const bindingOf = (when: RuleInputs['threshold']['when'], place: RulePlace): AlarmBinding =>
  'alarm' in when
    ? { kind: 'existing', name: when.alarm }
    : {
        kind: 'generated',
        name: alarmNameOf(place),
        condition: conditionOf(when, place.periodSeconds(when.metric.value)),
      };
