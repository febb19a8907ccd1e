import type * as z from 'zod';
import type { Rule } from '#domain/configuration/rule.ts';
import { choice } from '#parse/configuration/words/choice.ts';
import { formula } from '#parse/configuration/words/formula.ts';
import { anyNumber } from '#parse/configuration/words/number.ts';
import { onMissing } from '#parse/configuration/words/on-missing.ts';
import { target } from '#parse/configuration/words/target.ts';
import { alarmName, ballotName, ruleMetric } from '#parse/configuration/words/text.ts';
import { adjustment } from '#parse/configuration/words/then.ts';
import { condition } from '#parse/configuration/words/when.ts';
import { LARGEST_CAPACITY, wholeNumber } from '#parse/configuration/words/whole-number.ts';
import { describeValue } from '../describe-value.ts';
import type { Complaint } from '../fault.ts';
import { isMapping } from '../mapping.ts';
import { nearest } from '../nearest.ts';
import { leaf } from './leaf.ts';
import { list, mapping } from './mapping.ts';
import { oneOf } from './one-of.ts';
import { window } from './window-schema.ts';

const capacity = wholeNumber({ min: 0, max: LARGEST_CAPACITY });
const metric = leaf(ruleMetric, 'The name of a metric of the group.');

const common = {
  mode: leaf(
    choice(['active', 'shadow']),
    'A rule in shadow is evaluated and recorded, and never acts.',
  ).prefault('active'),
  ballot: leaf(
    ballotName,
    'Rules of one ballot vote as one: who wants to stay does not hold back who wants to go.',
  ).optional(),
};
const missing = {
  onMissing: leaf(
    onMissing,
    'Without data: hold forbids to scale in, ignore leaves the rule out, zero takes 0, last 10m an older value, fallback 4 asks for a capacity, fail lets nothing move. hold unless behavior.onMissing says otherwise.',
  ).optional(),
};

const existing = mapping('An alarm that you already have.', {
  alarm: leaf(
    alarmName,
    'The name of an alarm that you already have. It must publish to the alarm topic of Tidegate.',
  ),
});

const when = oneOf(
  'The alarm: a condition from which Tidegate makes one, or one that you already have.',
  {
    condition: leaf(
      condition,
      'METRIC > NUMBER, with >, >=, < or <=; then optionally "for 5m", or "for 3m of 5m". Tidegate makes a CloudWatch alarm from it.',
    ),
    existing,
  },
  (value) => (isMapping(value) ? 'existing' : 'condition'),
);

const then = leaf(adjustment, 'What to do: add N, add N%, remove N, remove N% or set N.');

const threshold = mapping('A rule: while its alarm fires, the change is wanted.', {
  when,
  then,
  ...missing,
  ...common,
});

const band = mapping('A band of the metric: it begins at its bound and ends at the next one.', {
  above: leaf(anyNumber, 'From this value on, up to the next band above.').optional(),
  below: leaf(anyNumber, 'From this value down, to the next band below.').optional(),
  then,
});

const step = mapping('A rule with an adjustment for each band of a metric.', {
  step: metric,
  bands: list(band, 'The bands, in any order.'),
  atLeast: leaf(
    capacity,
    'The least change of an adjustment in percent, in units of capacity.',
  ).optional(),
  ...missing,
  ...common,
});

const track = mapping('A rule that keeps a metric at its target.', {
  track: metric,
  target: leaf(target, 'What the metric should be: N, or "N per unit" when it is a total.'),
  ...missing,
  ...common,
});

const expression = mapping('A rule that computes the capacity.', {
  desired: leaf(formula, 'An expression of CEL over metrics and capacity, the present one.'),
  ...missing,
  ...common,
});

const schedule = mapping('A rule by the clock: bounds or a capacity for some time.', {
  schedule: window,
  min: leaf(capacity, 'At least so many while it holds.').optional(),
  max: leaf(capacity, 'At most so many while it holds.').optional(),
  capacity: leaf(
    capacity,
    'So many while it holds; a wish beside those of other rules.',
  ).optional(),
  ...common,
});

/** The schemas of the kinds of rules; a kind without its schema does not compile. */
export const RULE_SCHEMAS = {
  threshold,
  step,
  track,
  expression,
  schedule,
} as const satisfies { readonly [K in Rule['kind']]: z.ZodType };

/** The key by which a rule says of which kind it is. */
const MARKS: Readonly<Record<Rule['kind'], string>> = {
  threshold: 'when',
  step: 'step',
  track: 'track',
  expression: 'desired',
  schedule: 'schedule',
};

/** The kind of a rule as it is written, well-formed or not. */
export const kindOfRule = (value: unknown): Rule['kind'] | Complaint => {
  const marks = Object.entries(MARKS) as [Rule['kind'], string][];
  const found = isMapping(value) ? marks.filter(([, mark]) => Object.hasOwn(value, mark)) : [];
  const [first, second] = found;
  if (first && second === undefined) return first[0];
  if (isMapping(value) && first === undefined) return meantBy(value);

  return {
    code: second ? 'conflict' : 'wrong-type',
    message: second
      ? `found ${found.map(([, mark]) => mark).join(' and ')} in one rule`
      : `found ${describeValue(value)}`,
    expected: `a mapping with one of ${marks.map(([, mark]) => mark).join(', ')}`,
  };
};

/** The kind whose mark a misspelt key is nearest to; most rules have a condition. */
const meantBy = (value: Readonly<Record<string, unknown>>): Rule['kind'] => {
  const marks = Object.values(MARKS);
  const meant = Object.keys(value).flatMap((key) => nearest(key, marks) ?? [])[0];
  const kinds = Object.keys(MARKS) as Rule['kind'][];
  return kinds.find((kind) => MARKS[kind] === meant) ?? 'threshold';
};

/** One rule, of one of five kinds. */
export const ruleSchema = oneOf('A rule, of one of five kinds.', RULE_SCHEMAS, kindOfRule);

export type RuleInput = z.output<typeof ruleSchema>;
export type RuleInputs = { [K in Rule['kind']]: z.output<(typeof RULE_SCHEMAS)[K]> };
