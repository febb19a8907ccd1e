import type { RuleInputs } from '#parse/configuration/schema/rule-schema.ts';
import type { GroupDraft } from '../draft.ts';
import type { Fault, Path } from '../fault.ts';
import { checkAdjustment } from './check-adjustment.ts';
import { checkMetric } from './rule-metrics.ts';

type StepSpot = Readonly<{ path: Path; group: GroupDraft }>;
type BandInput = RuleInputs['step']['bands'][number];

/** Each band has one bound of its own, and those above lie above those below. */
export const checkStep = (
  { step, bands = [] }: Partial<RuleInputs['step']>,
  { path, group }: StepSpot,
): readonly Fault[] => {
  const at = (index: number): Path => [...path, 'bands', index];

  return [
    ...checkMetric(step, 'step', { path, group }),
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
