import type * as z from 'zod';
import { SEVERITIES } from '#domain/configuration/alert.ts';
import { choice } from '#parse/configuration/words/choice.ts';
import { groupReference, httpsUrl } from '#parse/configuration/words/text.ts';
import { condition } from '#parse/configuration/words/when.ts';
import { leaf } from './leaf.ts';
import { mapping } from './mapping.ts';

/** A condition that people want to hear of, and that scales nothing. */
export const alertSchema = mapping('An alert: it tells people and changes nothing.', {
  group: leaf(groupReference, 'The group that has the metric.'),
  when: leaf(
    condition,
    'METRIC > NUMBER, with >, >=, < or <=; then optionally "for 5m", or "for 3m of 5m". Tidegate makes a CloudWatch alarm from it.',
  ),
  severity: leaf(
    choice(SEVERITIES),
    'The severity: info, warning or critical. Default: warning.',
  ).prefault('warning'),
  runbook: leaf(httpsUrl, 'The address of your instructions; messages link to it.').optional(),
});

export type AlertInput = z.output<typeof alertSchema>;
