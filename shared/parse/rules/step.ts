import * as z from 'zod';
import type { StepRule } from '#domain/configuration/rule.ts';
import { checkAdjustment } from '#parse/configuration/check/check-adjustment.ts';
import { checkMetric } from '#parse/configuration/check/rule-metrics.ts';
import type { Fault, Path } from '#parse/configuration/fault.ts';
import { leaf } from '#parse/configuration/schema/leaf.ts';
import { list, mapping } from '#parse/configuration/schema/mapping.ts';
import { anyNumber } from '#parse/configuration/words/number.ts';
import { held } from '#parse/record/held.ts';
import { adjustmentRecord, commonRecord, onMissingRecord } from '#parse/record/rule-parts.ts';
import { text } from '#parse/record/values.ts';
import { adjusting, capacity, common, metric, missing } from './parts.ts';
import type { RuleForm, RuleSpot } from './rule-form.ts';

const band = mapping('A band of the metric: it begins at its bound and ends at the next one.', {
  above: leaf(anyNumber, 'From this value on, up to the next band above.').optional(),
  below: leaf(anyNumber, 'From this value down, to the next band below.').optional(),
  ...adjusting,
});

const schema = mapping('A step rule: a change for each band of a metric.', {
  step: metric,
  bands: list(band, 'The bands of the metric, in any order.'),
  atLeast: leaf(
    capacity,
    'The least change of an adjustment in percent, in units of capacity.',
  ).optional(),
  ...missing,
  ...common,
});

type StepInput = z.output<typeof schema>;
type BandInput = z.output<typeof band>;

/** Each band has one bound of its own, and those above lie above those below. */
const check = (
  { step: name, bands = [] }: Partial<StepInput>,
  { path, group }: RuleSpot,
): readonly Fault[] => {
  const at = (index: number): Path => [...path, 'bands', index];

  return [
    ...checkMetric(name, 'step', { path, group }),
    ...checkCount(bands, [...path, 'bands']),
    ...bands.flatMap((band, index) => [
      ...checkSides(band, at(index)),
      ...checkAdjustment(band.then, [...at(index), 'then'], group),
    ]),
    ...checkOrder(bands, [...path, 'bands']),
  ];
};

/** As many as an AWS step scaling policy may have. */
const MOST_BANDS = 20;

const checkCount = (bands: readonly BandInput[], path: Path): readonly Fault[] =>
  bands.length <= MOST_BANDS
    ? []
    : [
        {
          path,
          at: 'key',
          code: 'out-of-range',
          message: `found ${bands.length} bands`,
          expected: `up to ${MOST_BANDS} bands`,
        },
      ];

const checkSides = ({ above, below }: BandInput, path: Path): readonly Fault[] =>
  (above === undefined) === (below === undefined)
    ? [
        {
          path,
          code: 'conflict',
          message: above === undefined ? 'the band has no bound' : 'the band has two bounds',
          expected: 'either above or below, such as { above: 70, then: add 2 }',
        },
      ]
    : [];

const checkOrder = (bands: readonly BandInput[], path: Path): readonly Fault[] => {
  const above = bands.flatMap(({ above: bound }) => bound ?? []);
  const below = bands.flatMap(({ below: bound }) => bound ?? []);
  const twice = [above, below].flatMap((bounds) =>
    bounds.filter((bound, index) => bounds.indexOf(bound) !== index),
  );
  const fault = { path, at: 'key', code: 'conflict' } as const;
  if (twice.length > 0) {
    return [
      { ...fault, message: `two bands begin at ${twice[0]}`, expected: 'one band for each bound' },
    ];
  }

  const [highest, lowest] = [Math.max(...below), Math.min(...above)];
  if (highest < lowest) return [];
  const message = `a band below ${highest} and one above ${lowest} overlap`;
  return [{ ...fault, message, expected: 'every bound of above larger than every bound of below' }];
};

/** `step: cpu`, with a list of bands. */
export const step: RuleForm<StepRule, StepInput> = {
  mark: 'step',
  schema,
  check,
  condition: () => undefined,
  normalise: (input, place) => ({
    kind: 'step',
    metric: input.step,
    atLeast: input.atLeast ?? 0,
    bands: input.bands.map(({ above, below, then: adjustment }) => ({
      side: above === undefined ? 'below' : 'above',
      bound: (above ?? below) as number,
      adjustment,
    })),
    onMissing: input.onMissing ?? place.onMissing,
  }),
  record: held<StepRule>()(
    z.object({
      kind: z.literal('step'),
      ...commonRecord,
      metric: text,
      atLeast: z.number(),
      onMissing: onMissingRecord,
      bands: z.array(
        z.object({
          side: z.enum(['above', 'below']),
          bound: z.number(),
          adjustment: adjustmentRecord,
        }),
      ),
    }),
  ),
};
