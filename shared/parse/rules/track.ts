import * as z from 'zod';
import type { TrackRule } from '#domain/configuration/rule.ts';
import { countsWhatCame } from '#parse/configuration/check/counts-what-came.ts';
import { checkMetric } from '#parse/configuration/check/rule-metrics.ts';
import type { Fault } from '#parse/configuration/fault.ts';
import { leaf } from '#parse/configuration/schema/leaf.ts';
import { mapping } from '#parse/configuration/schema/mapping.ts';
import { type TargetInput, target } from '#parse/configuration/words/target.ts';
import { held } from '#parse/record/held.ts';
import { commonRecord, onMissingRecord } from '#parse/record/rule-parts.ts';
import { text } from '#parse/record/values.ts';
import { common, metric, missing } from './parts.ts';
import type { RuleForm, RulePlace, RuleSpot } from './rule-form.ts';

const schema = mapping(
  'A track rule: it recommends the capacity that brings the metric to its target.',
  {
    track: metric,
    target: leaf(
      target,
      'The target of the metric: N for a mean over instances, "N per unit" for a total that they share, "Nrps per unit" for a count of what came.',
    ),
    ...missing,
    ...common,
  },
);

type TrackInput = z.output<typeof schema>;

/** A rate is the share of a metric that counts: of others nobody knows what a second of them is. */
const check = (given: Partial<TrackInput>, spot: RuleSpot): readonly Fault[] => {
  const unknown = checkMetric(given.track, 'track', spot);
  const { target: wanted, track: name } = given;
  if (unknown.length > 0 || name === undefined || wanted?.per === undefined) return unknown;

  return countsWhatCame(name, spot.group) === false
    ? [
        {
          path: [...spot.path, 'target'],
          code: 'conflict',
          message: `${name} does not count what came within its period, so it has no share of a ${wanted.per}`,
          expected: 'N or "N per unit", in the unit of the metric; or a metric that is a Sum',
        },
      ]
    : [];
};

/** The target in the unit of the metric: of a count that is what comes within a period. */
const targetOf = ({ value, per }: TargetInput, seconds: number): number => {
  if (per === undefined) return value;
  return per === 'second' ? value * seconds : (value * seconds) / 60;
};

const normalise = (input: TrackInput, place: RulePlace) => ({
  kind: 'track' as const,
  metric: input.track,
  target: targetOf(input.target, place.periodSeconds(input.track)),
  isTotal: input.target.isTotal,
  onMissing: input.onMissing ?? place.onMissing,
});

/** `track: cpu`, `target: 60`. */
export const track: RuleForm<TrackRule, TrackInput> = {
  mark: 'track',
  schema,
  check,
  condition: () => undefined,
  normalise,
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
