import * as z from 'zod';
import type { TrackRule } from '#domain/configuration/rule.ts';
import { checkMetric } from '#parse/configuration/check/rule-metrics.ts';
import { leaf } from '#parse/configuration/schema/leaf.ts';
import { mapping } from '#parse/configuration/schema/mapping.ts';
import { target } from '#parse/configuration/words/target.ts';
import { held } from '#parse/record/held.ts';
import { commonRecord, onMissingRecord } from '#parse/record/rule-parts.ts';
import { text } from '#parse/record/values.ts';
import { common, metric, missing } from './parts.ts';
import type { RuleForm } from './rule-form.ts';

const schema = mapping(
  'A track rule: it recommends the capacity that brings the metric to its target.',
  {
    track: metric,
    target: leaf(
      target,
      'The target of the metric: N for a mean over instances, "N per unit" for a total that they share.',
    ),
    ...missing,
    ...common,
  },
);

/** `track: cpu`, `target: 60`. */
export const track: RuleForm<TrackRule, z.output<typeof schema>> = {
  mark: 'track',
  schema,
  check: (given, spot) => checkMetric(given.track, 'track', spot),
  condition: () => undefined,
  normalise: (input, place) => ({
    kind: 'track',
    metric: input.track,
    target: input.target.value,
    isTotal: input.target.isTotal,
    onMissing: input.onMissing ?? place.onMissing,
  }),
  record: held<TrackRule>()(
    z.object({
      kind: z.literal('track'),
      ...commonRecord,
      metric: text,
      onMissing: onMissingRecord,
      target: z.number().positive(),
      isTotal: z.boolean(),
    }),
  ),
};
