import { isPresetName } from '#parse/configuration/schema/preset-schemas.ts';
import type { FormulaInput } from '#parse/configuration/words/formula.ts';
import { METRIC_NAMES, validNames } from '#parse/configuration/words/names.ts';
import { quote } from '../describe-value.ts';
import type { Fault, Path, Span } from '../fault.ts';
import type { GroupParts } from '../group-parts.ts';
import { didYouMean, nearest } from '../nearest.ts';

type MetricSpot = Readonly<{ path: Path; group: GroupParts }>;

/** A rule that reads a metric itself reads one that exists. */
export const checkMetric = (
  name: string | undefined,
  key: string,
  { path, group }: MetricSpot,
): readonly Fault[] => {
  if (name === undefined) return [];
  const fault = unknownMetric(name, group, { path: [...path, key] });
  return fault ? [fault] : [];
};

/** The name of the present capacity in an expression. */
const CAPACITY_NAME = 'capacity';

export const checkFormula = (
  formula: FormulaInput | undefined,
  { path, group }: MetricSpot,
): readonly Fault[] =>
  (formula?.names ?? []).flatMap(({ name, span }) => {
    if (name === CAPACITY_NAME) return [];
    const fault = unknownMetric(name, group, { path: [...path, 'desired'], span });
    return fault ? [fault] : [];
  });

/** The fault of a name that no metric of the group has, or nothing. */
export const unknownMetric = (
  name: string,
  { metricNames }: GroupParts,
  place: Readonly<{ path: Path; span?: Span }>,
): Fault | undefined =>
  metricNames.includes(name)
    ? undefined
    : {
        ...place,
        code: 'unknown-name',
        message: `no metric of this group is named ${quote(name)}`,
        expected:
          metricNames.length === 0
            ? 'a metric that is defined under metrics; there is none yet'
            : `one of ${metricNames.slice(0, MOST_NAMES).join(', ')}`,
        ...adviseOn(name, metricNames),
      };

const MOST_NAMES = 20;

const adviseOn = (name: string, names: readonly string[]): { suggestion?: string } => {
  if (isPresetName(name)) {
    return { suggestion: `${name} is a preset: add a metric such as cpu: { preset: ${name} }` };
  }

  const hyphened = names.find((each) => each.startsWith(`${name}-`));
  if (hyphened !== undefined) {
    return { suggestion: `${hyphened} reads as a subtraction here: name it without hyphens` };
  }
  return didYouMean(nearest(name, validNames(names, METRIC_NAMES)));
};
