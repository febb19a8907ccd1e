import type { MathInput } from '#parse/configuration/schema/metric-schema.ts';
import { durationText } from '#parse/configuration/words/duration.ts';
import { MATH_IDS, METRIC_NAMES, validNames } from '#parse/configuration/words/names.ts';
import { quote } from '../describe-value.ts';
import type { GroupDraft } from '../draft.ts';
import type { Fault, Path } from '../fault.ts';
import { didYouMean, nearest } from '../nearest.ts';
import { isExpression, periodOf, usedPeriod } from './period-of.ts';

/** Checks that metrics of expressions exist, are no expressions, and have one period and defined ids. */
export const checkMetrics = (group: GroupDraft): readonly Fault[] =>
  [...group.metrics].flatMap(([name, metric]) =>
    'expression' in metric ? checkMath(metric, [...group.path, 'metrics', name], group) : [],
  );

const checkMath = (math: MathInput, path: Path, group: GroupDraft): readonly Fault[] => [
  ...Object.entries(math.uses).flatMap(([id, used]) =>
    typeof used === 'string' ? checkReference(used, [...path, 'uses', id], group) : [],
  ),
  ...checkPeriods(math, path, group),
  ...checkIds(math, path),
];

const checkReference = (name: string, path: Path, group: GroupDraft): readonly Fault[] => {
  if (!group.metricNames.includes(name)) {
    const message = `no metric of this group is named ${quote(name)}`;
    return [
      {
        path,
        code: 'unknown-name',
        message,
        ...didYouMean(nearest(name, validNames(group.metricNames, METRIC_NAMES))),
      },
    ];
  }

  const metric = group.metrics.get(name);
  if (metric === undefined || !isExpression(metric)) return [];
  const message = `${quote(name)} is ${'query' in metric ? 'a query' : 'an expression itself'}`;
  return [
    {
      path,
      code: 'bad-value',
      message,
      expected: 'the name of a metric that is no expression and no query',
    },
  ];
};

const checkPeriods = (math: MathInput, path: Path, group: GroupDraft): readonly Fault[] => {
  const common = periodOf(math, group);

  return Object.entries(math.uses).flatMap(([id, used]) => {
    const period = usedPeriod(used, group);
    if (period === undefined || common === undefined || period === common) return [];

    const periods = `${quote(id)} has a period of ${durationText(period)}`;
    return [
      {
        path: [...path, 'uses', id],
        code: 'conflict' as const,
        message: `${periods}, others one of ${durationText(common)}`,
        expected: 'the same period for everything that an expression uses',
      },
    ];
  });
};

/** Ids begin in lower case and nothing else in an expression does, but for what is quoted. */
const checkIds = ({ expression, uses }: MathInput, path: Path): readonly Fault[] => {
  const known = Object.keys(uses);
  if (known.length === 0) return [];

  return [...expression.matchAll(QUOTED_OR_ID)]
    .filter(([, id]) => id !== undefined && !known.includes(id))
    .map((match) => ({
      path: [...path, 'expression'],
      code: 'unknown-name',
      message: `${quote(match[0])} is not defined under uses`,
      expected: `one of ${known.join(', ')}`,
      span: { start: match.index, length: match[0].length },
      ...didYouMean(nearest(match[0], validNames(known, MATH_IDS))),
    }));
};

const QUOTED_OR_ID = /"[^"]*"|'[^']*'|\b([a-z]\w*)\b/g;
