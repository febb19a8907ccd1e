import { leaf } from '#parse/configuration/schema/leaf.ts';
import { choice } from '#parse/configuration/words/choice.ts';
import { onMissing } from '#parse/configuration/words/on-missing.ts';
import { ballotName, ruleMetric } from '#parse/configuration/words/text.ts';
import { adjustment } from '#parse/configuration/words/then.ts';
import { LARGEST_CAPACITY, wholeNumber } from '#parse/configuration/words/whole-number.ts';

/** A count of units of capacity in a rule. */
export const capacity = wholeNumber({ min: 0, max: LARGEST_CAPACITY });

/** The key of a rule that reads a metric itself. */
export const metric = leaf(ruleMetric, 'The name of a metric of the group.');

/** The key of rules, and of their bands, that adjust the capacity. */
export const adjusting = {
  // biome-ignore lint/suspicious/noThenProperty: a key of the file; it is never awaited.
  then: leaf(adjustment, 'What to do: add N, add N%, remove N, remove N% or set N.'),
};

/** Keys that rules of every kind have. */
export const common = {
  mode: leaf(
    choice(['active', 'shadow']),
    'A rule in shadow is evaluated and recorded, and never acts.',
  ).prefault('active'),
  ballot: leaf(
    ballotName,
    'Rules of one ballot vote as one: who wants to stay does not hold back who wants to go.',
  ).optional(),
};

/** Keys of every kind that may be without data. */
export const missing = {
  onMissing: leaf(
    onMissing,
    'Without data: hold forbids to scale in, ignore leaves the rule out, zero takes 0, last 10m an older value, fallback 4 asks for a capacity, fail lets nothing move. hold unless behavior.onMissing says otherwise.',
  ).optional(),
};
