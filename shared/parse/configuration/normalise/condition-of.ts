import type { Condition } from '#domain/configuration/rule-parts.ts';
import type { ConditionInput } from '#parse/configuration/words/when.ts';

/** A condition with its times counted in periods of its metric. */
export const conditionOf = (input: ConditionInput, periodSeconds: number): Condition => ({
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
