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
  then: leaf(adjustment, 'The change: add N, add N%, remove N, remove N% or set N.'),
};

/** Keys that rules of every kind have. */
export const common = {
  mode: leaf(
    choice(['active', 'shadow']),
    'active, or shadow: the rule is evaluated and recorded, and never acts.',
  ).prefault('active'),
  ballot: leaf(
    ballotName,
    'Rules of one ballot count as one rule on scale-in: one that recommends the present capacity does not hold back another.',
  ).optional(),
};

/** Keys of every kind that may be without data. */
export const missing = {
  onMissing: leaf(
    onMissing,
    'What the rule does without data. hold: nothing, and it holds back scale-in. ignore: as if it were not there. zero: it takes 0. last 10m: it takes an older value. fallback 4: it recommends this capacity. fail: nothing changes. Default: behavior.onMissing.',
  ).optional(),
};
