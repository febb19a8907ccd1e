import type * as z from 'zod';
import { SEVERITIES } from '#domain/configuration/alert.ts';
import { choice } from '#parse/configuration/words/choice.ts';
import { groupReference, httpsUrl } from '#parse/configuration/words/text.ts';
import { condition } from '#parse/configuration/words/when.ts';
import { leaf } from './leaf.ts';
import { mapping } from './mapping.ts';

/** A condition that people want to hear of, and that scales nothing. */
export const alertSchema = mapping('What people want to hear of, and that scales nothing.', {
  group: leaf(groupReference, 'The group whose metric it looks at.'),
  when: leaf(
    condition,
    'METRIC > NUMBER, with >, >=, < or <=; then optionally "for 5m", or "for 3m of 5m". Tidegate makes a CloudWatch alarm from it.',
  ),
  severity: leaf(
    choice(SEVERITIES),
    'How much it matters: info, warning or critical. warning unless said otherwise.',
  ).prefault('warning'),
  runbook: leaf(
    httpsUrl,
    'Where people have written down what to do; messages link to it.',
  ).optional(),
});

export type AlertInput = z.output<typeof alertSchema>;
