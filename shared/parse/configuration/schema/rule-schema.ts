import type * as z from 'zod';
import { isMapping } from '../mapping.ts';
import { choice } from '../words/choice.ts';
import { alarmName } from '../words/text.ts';
import { adjustment } from '../words/then.ts';
import { condition } from '../words/when.ts';
import { leaf } from './leaf.ts';
import { mapping } from './mapping.ts';
import { oneOf } from './one-of.ts';

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

/** One rule: while this alarm fires, that change is wanted. */
export const ruleSchema = mapping('A rule: while its alarm fires, the change is wanted.', {
  when,
  // biome-ignore lint/suspicious/noThenProperty: the word that operators write; it is never awaited.
  then: leaf(adjustment, 'What to do: add N, add N%, remove N, remove N% or set N.'),
  onMissing: leaf(
    choice(['hold', 'ignore']),
    'What a rule without data does: hold (the default) forbids to scale in, ignore leaves the rule out.',
  ).prefault('hold'),
});

export type RuleInput = z.output<typeof ruleSchema>;
